/** A list that is read page by page: the first page stays fresh, the others are read on demand. */
import { useState } from "preact/hooks";
import { tell } from "../app/toasts";
import { usePoll } from "./poll";
import { asProblem } from "./problem";
import type { Shown } from "./resource";
import { api } from "./session";

export interface ListPage<Row> {
  items: Row[];
  next_cursor: string | null;
}

interface Further<Row> {
  url: string;
  items: Row[];
  nextCursor: string | null;
}

export interface Listing<Row> {
  shown: Shown<ListPage<Row>>;
  rows: Row[] | undefined;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}

/**
 * The fresh first page, then what was loaded before and isn't in it. Without an overlap there is
 * a gap between the two, and only the first page is true.
 */
export function joined<Row>(first: Row[], loaded: Row[], keyOf: (row: Row) => string): Row[] {
  const fresh = new Set(first.map(keyOf));
  const rest = loaded.filter((row) => !fresh.has(keyOf(row)));
  const overlaps = rest.length < loaded.length;
  return overlaps ? [...first, ...rest] : first;
}

/** The address with one more query parameter. */
export function withParameter(url: string, name: string, value: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(value)}`;
}

export function useList<Row>(
  url: string,
  everyMs: number,
  keyOf: (row: Row) => string,
): Listing<Row> {
  const shown = usePoll<ListPage<Row>>(url, everyMs);
  const [further, setFurther] = useState<Further<Row> | null>(null);
  const [isLoadingMore, setLoading] = useState(false);
  const first = shown.answer;
  const loaded = further?.url === url ? further : null;
  const rows = first && (loaded ? joined(first.items, loaded.items, keyOf) : first.items);
  const isJoined = loaded !== null && rows !== first?.items;
  const cursor = (isJoined ? loaded?.nextCursor : first?.next_cursor) ?? null;
  const loadMore = async () => {
    if (cursor === null || rows === undefined || isLoadingMore) return;
    setLoading(true);
    try {
      const page = await api.read<ListPage<Row>>(withParameter(url, "cursor", cursor));
      setFurther({ url, items: [...rows, ...page.items], nextCursor: page.next_cursor });
    } catch (cause) {
      tell("loss", `Loading more failed: ${asProblem(cause).message}`);
    } finally {
      setLoading(false);
    }
  };
  return { shown, rows, hasMore: cursor !== null, isLoadingMore, loadMore: () => void loadMore() };
}
