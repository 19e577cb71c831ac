/** The plan of a new experiment: what is typed, what is wrong with it, and what is sent. */
import type { Mode, StartRequest } from "./kinds";

export interface Plan {
  experiment_id: string;
  hypothesis: string;
  mode: Mode;
  split_percentage: string;
  expected_effect_percent: string;
  signals_per_engine: string;
  sessions: string;
}

export type PlanField = keyof Plan;
export type Problems = Partial<Record<PlanField, string>>;

export const FIRST_PLAN: Plan = {
  experiment_id: "",
  hypothesis: "",
  mode: "paired",
  split_percentage: "50",
  expected_effect_percent: "5",
  signals_per_engine: "100",
  sessions: "20",
};

const ID = /^[a-z0-9-]{1,40}$/;

/** What is wrong before it is sent; the API checks again. */
export function planProblems(plan: Plan, taken: readonly string[]): Problems {
  const found: Problems = {};
  if (!ID.test(plan.experiment_id)) found.experiment_id = "1 to 40 of a-z, 0-9 and -";
  else if (taken.includes(plan.experiment_id)) found.experiment_id = "An experiment had this name; it shares signals out, so take another.";
  if (plan.hypothesis.trim() === "") found.hypothesis = "Say what you expect.";
  const effect = Number(plan.expected_effect_percent);
  if (!(effect > 0 && effect <= 100)) found.expected_effect_percent = "Above 0 and at most 100.";
  if (plan.mode === "split" && !isWhole(plan.split_percentage, 0, 100)) found.split_percentage = "A whole number, 0 to 100.";
  if (!isWhole(plan.signals_per_engine, 20, 1_000_000)) found.signals_per_engine = "A whole number, 20 to 1,000,000.";
  if (!isWhole(plan.sessions, 1, 2_000)) found.sessions = "A whole number, 1 to 2,000.";
  return found;
}

function isWhole(text: string, least: number, most: number): boolean {
  const number = Number(text);
  return text.trim() !== "" && Number.isInteger(number) && number >= least && number <= most;
}

export function requestOf(plan: Plan): StartRequest {
  return {
    experiment_id: plan.experiment_id,
    hypothesis: plan.hypothesis.trim(),
    mode: plan.mode,
    ...(plan.mode === "split" ? { split_percentage: Number(plan.split_percentage) } : {}),
    expected_effect_percent: plan.expected_effect_percent.trim(),
    signals_per_engine: Number(plan.signals_per_engine),
    sessions: Number(plan.sessions),
  };
}
