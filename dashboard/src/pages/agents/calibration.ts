/** The bars of a calibration, and its lines. */
import { numberOf } from "../../format/money";
import type { Agent, Bin } from "./kinds";

export interface BinLine extends Bin {
  agent: string;
}

/** Of a field so high; what has no position has no bar, what never won a thin one. */
export function heightOf(bin: Bin, field: number): number {
  const rate = numberOf(bin.win_rate_percent);
  if (rate === null || bin.positions === 0) return 0;
  return Math.max(1, (rate / 100) * field);
}

export function binLines(agents: readonly Agent[]): BinLine[] {
  return agents.flatMap((agent) => agent.calibration.map((bin) => ({ ...bin, agent: agent.agent })));
}
