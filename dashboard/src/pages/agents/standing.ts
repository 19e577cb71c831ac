/** What the figures of the agents come to. */
import { numberOf } from "../../format/money";
import { counted } from "../../format/words";
import type { Agent, LeftOut, Veto } from "./kinds";

/** Fewer sides than this say nothing of an agent. */
export const SIDES_MIN = 20;

/** The heard agent that was right most often, of those that took enough sides. */
export function mostOftenRight(agents: readonly Agent[]): Agent | undefined {
  const judged = agents.filter((agent) => agent.on && agent.sides >= SIDES_MIN);
  return judged.sort((one, other) => shareRight(other) - shareRight(one))[0];
}

function shareRight({ right, sides }: Agent): number {
  return sides > 0 ? right / sides : 0;
}

/** What Engine B's net result would change by without the agent. */
export function changeWithout(leftOut: LeftOut | null): number | null {
  if (!leftOut) return null;
  const gained = numberOf(leftOut.new_entries_net_usd) ?? 0;
  const lost = numberOf(leftOut.lost_entries_net_usd) ?? 0;
  return Math.round((gained - lost) * 100) / 100;
}

export function withoutWords(leftOut: LeftOut): string {
  const { changed, lost_entries, new_entries } = leftOut;
  return `${counted(changed, "vote")} changed: ${lost_entries} fewer entries, ${new_entries} more`;
}

/** The share of all weight that is heard. */
export function shareOfWeight(agent: Agent, agents: readonly Agent[]): number | null {
  const whole = agents.filter((one) => one.on).reduce((sum, one) => sum + one.weight, 0);
  return agent.on && whole > 0 ? (agent.weight / whole) * 100 : null;
}

export interface VetoSum {
  traded: number;
  netUsd: number;
}

/** What Engine A made on the signals that were refused, where it traded them. */
export function vetoSum(vetoes: readonly Veto[]): VetoSum {
  const nets = vetoes.map((veto) => numberOf(veto.engine_a_net_usd)).filter((net) => net !== null);
  return { traded: nets.length, netUsd: nets.reduce((sum, net) => sum + Math.round(net * 100), 0) / 100 };
}

