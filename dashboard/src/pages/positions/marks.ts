/** Marks seen while the site is open: the API tells the newest one only. */
import type { ChartPoint } from "../../chart/kinds";
import { numberOf } from "../../format/money";

/** More than a day of marks, one a minute. */
const KEPT_MAX = 2_000;

const seen = new Map<string, readonly ChartPoint[]>();

/** Adds a mark if it is a new one; answers all that were seen of the contract, in order. */
export function noteMark(contract: string, at: string | undefined, price: string | null): readonly ChartPoint[] {
  const before = seen.get(contract) ?? [];
  const value = numberOf(price);
  const ms = at === undefined ? Number.NaN : Date.parse(at);
  const last = before.at(-1);
  const isNew = value !== null && Number.isFinite(ms) && (last === undefined || Number(last.at) < ms);
  if (!isNew) return before;
  const after = [...before, { at: ms, value }].slice(-KEPT_MAX);
  seen.set(contract, after);
  return after;
}
