/** Which contracts are in no exposure, and why. */
import type { Exposure } from "./kinds";

type Exclusions = Exposure["exclusions"];

const WHY: Readonly<Record<keyof Exclusions, string>> = {
  zero_open_interest: "of which none are held",
  no_open_interest: "of which it isn’t known how many are held",
  no_implied_volatility: "whose volatility isn’t known, nor to be had from the price",
  adjusted: "that deliver something other than 100 shares",
  impossible: "with a figure that no contract can have",
  duplicate: "that were there twice",
  expired: "that have expired",
  other_right_missing: "not left out: their other right isn’t listed",
};

/** The most frequent reason first; what didn't happen isn't told. */
export function exclusionLines(of: Exclusions): [why: string, count: number][] {
  const names = Object.keys(WHY) as (keyof Exclusions)[];
  const lines = names.filter((name) => of[name] > 0).map((name): [string, number] => [WHY[name], of[name]]);
  return lines.sort(([, one], [, other]) => other - one);
}
