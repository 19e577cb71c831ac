/** Shares and bars of what agents said, and their lines. */
import type { Agent } from "./kinds";

export const BIASES = ["bullish", "neutral", "bearish"] as const;
export type Bias = (typeof BIASES)[number];

export interface SayingLine extends Record<Bias, number> {
  agent: string;
  /** Opinions by fifths of confidence. */
  fifths: readonly number[];
}

/** Where each bias begins on a strip of 100, and how much of it it takes. */
export function sharesOf(biases: Agent["biases"]): { bias: Bias; from: number; width: number }[] {
  const all = BIASES.reduce((sum, bias) => sum + biases[bias], 0);
  let from = 0;
  return BIASES.map((bias) => {
    const width = all === 0 ? 0 : (biases[bias] / all) * 100;
    const share = { bias, from, width };
    from += width;
    return share;
  });
}

/** The opinions of the fullest fifth; at least one, since bars are parts of it. */
export function tallest(bins: Agent["confidences"]): number {
  return Math.max(1, ...bins.map((bin) => bin.opinions));
}

export function sayingLines(agents: readonly Agent[]): SayingLine[] {
  return agents.map(({ agent, biases, confidences }) => ({
    agent, ...biases, fifths: confidences.map((bin) => bin.opinions),
  }));
}
