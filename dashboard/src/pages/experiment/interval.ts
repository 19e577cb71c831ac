/** Where an interval lies on a field of 200 with zero in the middle. */
import type { Range } from "./kinds";

export const FIELD = 200;
const MIDDLE = FIELD / 2;

export interface Placed {
  from: number;
  to: number;
  at: number;
  /** The whole interval is on one side of zero. */
  isApart: boolean;
}

/** The largest distance from zero: the half of the field stands for it. */
export function spanOf(ranges: readonly (Range | null | undefined)[]): number {
  const ends = ranges.flatMap((range) => (range ? [Math.abs(range.low), Math.abs(range.high)] : []));
  return Math.max(0, ...ends);
}

export function placed(difference: number, range: Range, span: number): Placed {
  const x = (value: number) => (span > 0 ? MIDDLE + (clamped(value / span)) * MIDDLE : MIDDLE);
  const isApart = range.low > 0 || range.high < 0;
  return { from: x(range.low), to: x(range.high), at: x(difference), isApart };
}

function clamped(share: number): number {
  return Math.max(-1, Math.min(1, share));
}
