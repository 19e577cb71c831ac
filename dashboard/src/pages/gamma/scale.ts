/** Where strikes and amounts lie in the drawing: per cent across, pixels down. */
import type { StrikeLine } from "./strikes";

export interface Scale {
  low: number;
  high: number;
  /** The largest amount of either side. */
  largest: number;
  /** A bar's width in per cent. */
  barWidth: number;
}

export function scaleOf(lines: readonly StrikeLine[]): Scale {
  const strikes = lines.map((line) => line.strike);
  const gap = smallestGap(strikes);
  const low = Math.min(...strikes) - gap;
  const high = Math.max(...strikes) + gap;
  const largest = Math.max(0, ...lines.flatMap((line) => [line.call, -line.put]));
  return { low, high, largest, barWidth: (gap / (high - low)) * 100 * 0.72 };
}

function smallestGap(strikes: readonly number[]): number {
  const gaps = strikes.slice(1).map((strike, index) => strike - (strikes[index] ?? strike));
  return Math.min(...gaps.filter((gap) => gap > 0), Math.max(1, (strikes[0] ?? 1) * 0.01));
}

/** In per cent of the width. */
export function acrossOf(price: number, { low, high }: Scale): number {
  return ((price - low) / (high - low)) * 100;
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Round prices for the axis, about so many. */
export function ticksOf({ low, high }: Scale, wanted: number): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}
