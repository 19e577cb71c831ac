/** The dealers' position in words. */
import { words } from "../../format/words";
import type { Exposure } from "./kinds";

type Dealers = NonNullable<Exposure["dealers"]>;

export function sideTold({ side, strength }: Dealers): string {
  if (side === "neutral") return "Neutral";
  return strength ? `${words(side)}, ${strength}` : words(side);
}

const EXPECTED: Readonly<Record<Dealers["volatility_expectation"], string>> = {
  compressed: "They hedge against the move: small moves, back to the mean, and a pin to the walls are expected.",
  expanded: "They hedge with the move: large moves that go on are expected.",
  no_statement: "They push neither way to speak of.",
};

export function volatilityTold({ volatility_expectation }: Dealers): string {
  return EXPECTED[volatility_expectation];
}

export function againstFlip({ spot_against_flip }: Dealers): string {
  if (!spot_against_flip) return "There is no flip near the spot.";
  return `The spot is ${spot_against_flip === "above" ? "above the flip" : "below the flip, or on it"}.`;
}

/** The page's question in one sentence. */
export function answerTold({ symbol, walls, flip, spot }: Exposure, write: (price: string | null | undefined) => string): string {
  const call = walls.call ? `the call wall at ${write(walls.call)}` : "no call wall";
  const put = walls.put ? `the put wall at ${write(walls.put)}` : "no put wall";
  const turn = flip ? `; net exposure changes its sign at ${write(flip.price)}` : "; it changes its sign nowhere near";
  return `${symbol} at ${write(spot)} has ${call} and ${put}${turn}.`;
}
