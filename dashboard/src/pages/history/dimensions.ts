/** Results by what they belong to. */
import { numberOf } from "../../format/money";
import type { HistoryStats, Slice } from "./types";

export const DIMENSIONS = [
  { value: "symbol", title: "Symbol", key: "by_symbol" },
  { value: "strategy", title: "Strategy", key: "by_strategy" },
  { value: "source", title: "Source", key: "by_source" },
  { value: "hour", title: "Hour", key: "by_hour" },
  { value: "dte", title: "DTE", key: "by_dte" },
  { value: "engine", title: "Engine", key: "total" },
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

export function dimensionOf(value: string): Dimension {
  return DIMENSIONS.find((one) => one.value === value) ?? DIMENSIONS[0];
}

export function slicesOf(stats: HistoryStats, { key }: Dimension): Slice[] {
  return stats[key];
}

/** A slice's name, as the dimension says it. */
export function sliceWords(dimension: Dimension["value"], { name, engine }: Slice): string {
  if (dimension === "engine") return engine === "A" ? "Rules" : "Committee";
  if (name === "-") return "not told";
  return dimension === "hour" && /^\d{1,2}$/.test(name) ? `${name.padStart(2, "0")}:00` : name;
}

export interface NamedSum {
  name: string;
  netUsd: number;
}

/** What each name brought with both engines together, the most first. */
export function sums(slices: readonly Slice[]): NamedSum[] {
  const cents = new Map<string, number>();
  for (const { name, net_usd } of slices) {
    cents.set(name, (cents.get(name) ?? 0) + Math.round((numberOf(net_usd) ?? 0) * 100));
  }
  const named = [...cents].map(([name, sum]) => ({ name, netUsd: sum / 100 }));
  return named.sort((one, other) => other.netUsd - one.netUsd);
}
