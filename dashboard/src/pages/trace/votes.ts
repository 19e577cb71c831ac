/** What each agent adds to a vote, so that the parts add up to the confidence. */
import type { Heard, Vote } from "../../api/types";
import { words } from "../../format/words";

export interface AgentLine {
  agent: string;
  /** What it adds to the confidence, for or against; 50 is neither. */
  points: number;
  weight: number;
  /** The longest bar of the vote, for the scale. */
  span: number;
  isAbsent: boolean;
  /** Its bias and how sure it is, or why it is absent. */
  word: string;
  heard: Heard | undefined;
}

/** The confidence in points; none where nobody with a weight had an opinion. */
export function confidencePoints(vote: Vote): number | null {
  const { confidence } = vote;
  return confidence ? confidence.halves / (2 * confidence.weight) : null;
}

export function agentLines(vote: Vote, heard: readonly Heard[]): AgentLine[] {
  const whole = vote.contributions.reduce((sum, one) => sum + one.weight, 0);
  const pointsOf = (agent: string): number => {
    const found = vote.contributions.find((one) => one.agent === agent);
    return found && whole > 0 ? (found.weight * (found.support_halves / 2 - 50)) / whole : 0;
  };
  const agents = agentsOf(vote, heard);
  const span = Math.max(1, ...agents.map((agent) => Math.abs(pointsOf(agent))));
  return agents.map((agent) => lineOf(agent, pointsOf(agent), span, vote, heard));
}

/** Everybody who voted or was heard, in the order in which the committee sits. */
function agentsOf(vote: Vote, heard: readonly Heard[]): string[] {
  const names = [...heard.map((it) => it.agent), ...vote.contributions.map((it) => it.agent)];
  return [...new Set(names)];
}

function lineOf(
  agent: string,
  points: number,
  span: number,
  vote: Vote,
  all: readonly Heard[],
): AgentLine {
  const heard = all.find((it) => it.agent === agent);
  const contribution = vote.contributions.find((one) => one.agent === agent);
  const weight = contribution?.weight ?? 0;
  return { agent, points, span, heard, weight, isAbsent: !contribution, word: wordOf(heard) };
}

function wordOf(heard: Heard | undefined): string {
  if (!heard) return "";
  if (heard.answer === "absent") return words(heard.absence ?? "absent");
  return `${heard.bias ?? ""} ${heard.confidence ?? ""}`.trim();
}
