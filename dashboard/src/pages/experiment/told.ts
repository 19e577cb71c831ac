/** The report's verdicts, lacks and obstacles in words. */
import { counted, words } from "../../format/words";
import { METRICS, pWords } from "./figures";
import type { Guardrail, Lack, Outlook, Report, SampleRatio, Withholding } from "./kinds";
import { plain } from "../../format/money";
import type { BadgeTone } from "../../components/Badge";

const VERDICTS: Readonly<Record<string, string>> = {
  b_is_better: "Engine B is better",
  a_is_better: "Engine A is better",
  no_difference_shown: "No difference shown",
};

export interface Verdict {
  words: string;
  tone: BadgeTone;
}

export function verdictOf({ comparison }: Report): Verdict {
  if (comparison.state === "withheld") return { words: "Withheld", tone: "loss" };
  if (comparison.state === "not_enough_data") return { words: "Not enough data", tone: "warn" };
  const isOpen = comparison.verdict === "no_difference_shown";
  return { words: VERDICTS[comparison.verdict] ?? words(comparison.verdict), tone: isOpen ? "plain" : "accent" };
}

export function lackWords(lack: Lack): string {
  const [a, b] = lack.compared ?? [];
  switch (lack.lack) {
    case "no_experiment":
      return "These signals are of no experiment: nothing was planned, so nothing is tested.";
    case "few_signals":
      return `Each engine needs ${counted(lack.needed ?? 0, "finished signal")}; A has ${a}, B has ${b}.`;
    case "below_planned_signals":
      return `${counted(lack.planned ?? 0, "signal")} were planned for each engine; A has ${a}, B has ${b}.`;
    case "below_planned_sessions":
      return `${counted(lack.planned ?? 0, "trading day")} were planned; there were ${lack.sessions}.`;
    case "no_sequential_test":
      return `The test that may be read at any time can't be made yet: ${lack.why}.`;
  }
}

export function withholdingWords(why: Withholding): string {
  if (why.reason === "exposure") {
    return `${counted(why.signals as number, "signal")} went astray: ${words(String(why.kind))}.`;
  }
  return `The engines' shares of the signals are off (p ${pWords(why.p)}): ${sharesWords(why)}.`;
}

interface Shares {
  signals?: unknown;
  expected?: readonly number[] | undefined;
}

/** `A 62, B 38, of 50.0 and 50.0 expected`. */
function sharesWords({ signals, expected = [] }: Shares): string {
  const [a, b] = Array.isArray(signals) ? signals : [];
  return `A ${a}, B ${b}, of ${expected.map((count) => plain(count, 1)).join(" and ")} expected`;
}

export function ratioWords(check: SampleRatio): string {
  if (check.state === "not_applicable") return `Doesn't apply: ${check.why}.`;
  const verdict = check.is_mismatch ? "Off" : "As it should be";
  return `${verdict}: ${sharesWords(check)} (p ${pWords(check.p)}).`;
}

/** How much longer it takes until the expected difference would show. */
export function waitWords({ more_sessions, more_signals_per_engine }: Outlook): string {
  const days = more_sessions ?? null;
  const signals = more_signals_per_engine ?? null;
  if (days === 0 && signals === 0) return "The sample is large enough for the expected difference.";
  const told = signals === null ? "" : `${counted(signals, "signal")} for each engine`;
  if (days === null) return told ? `About ${told} more.` : "It can't be told yet how long it takes.";
  return `About ${counted(days, "trading day")} more${told && `, with ${told}`}.`;
}

const IN_THE_WAY: Readonly<Record<string, string>> = {
  no_experiment: "outside an experiment there is nothing to promote",
  too_few_signals: "an engine has fewer signals than planned",
  too_few_sessions: "it has lasted fewer trading days than planned",
  sample_ratio: "the engines' shares of the signals aren't known to be right",
  not_significant: "the sequential test shows no difference",
  not_better: "B isn't the better one",
  drawdown: "B's equity fell too deep, or nobody knows how deep",
  capacity_rejections: "circumstances rejected too much of B's, or nobody knows how much",
  decision_latency: "B takes too long to decide, or nobody knows how long",
};

export function obstacleWords(name: string): string {
  return IN_THE_WAY[name] ?? words(name);
}

const GUARDRAILS: Readonly<Record<Guardrail["name"], string>> = {
  drawdown: "Maximum drawdown",
  capacity_rejections: "Rejected by circumstances",
  decision_latency: "Alert to decision, 95th percentile",
};

export function guardrailTitle(name: Guardrail["name"]): string {
  return GUARDRAILS[name];
}

export function guardrailValue(name: Guardrail["name"], value: number | null | undefined): string {
  if (name !== "decision_latency") return METRICS.win_rate.write(value);
  return value === null || value === undefined ? "–" : `${plain(value, 0)} ms`;
}
