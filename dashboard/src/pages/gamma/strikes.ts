/** Exposure by strike, near the spot or all of it. */
import { numberOf } from "../../format/money";
import type { Exposure } from "./kinds";

export interface StrikeLine {
  strike: number;
  call: number;
  put: number;
  net: number;
}

/** How many strikes near the spot are shown at first. */
const NEAR = 50;

export function strikeLines({ by_strike }: Exposure): StrikeLine[] {
  return by_strike.strike.map((strike, index) => {
    const call = by_strike.call[index] ?? 0;
    const put = by_strike.put[index] ?? 0;
    return { strike: Number(strike), call, put, net: call + put };
  });
}

/** Those nearest to the spot, as far as to each of what has to be seen: the walls, the flip. */
export function nearLines(lines: readonly StrikeLine[], spot: number, musts: readonly number[]): StrikeLine[] {
  const nearest = [...lines].sort((one, other) => Math.abs(one.strike - spot) - Math.abs(other.strike - spot)).slice(0, NEAR);
  const seen = [...nearest.map((line) => line.strike), ...musts];
  const low = Math.min(...seen);
  const high = Math.max(...seen);
  return lines.filter((line) => line.strike >= low && line.strike <= high);
}

/** The walls and the flip as numbers, where there are any. */
export function mustBeSeen({ walls, flip }: Exposure): number[] {
  return [walls.call, walls.put, flip?.price].map(numberOf).filter((price) => price !== null);
}
