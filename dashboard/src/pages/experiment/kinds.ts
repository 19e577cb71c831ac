/** What the experiment's report is made of, by the names of the API's document. */
import type { Loose } from "../../api/types";
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type Shown = Schemas["ExperimentShown"];
export type Report = Schemas["Report"];
export type Reading = Schemas["Reading"];
export type Experiment = Schemas["Experiment"];
export type Checks = Schemas["Checks"];
export type SampleRatio = Loose<Schemas["SampleRatioCheck"]>;
export type Lack = Loose<Schemas["Lack"]>;
export type Withholding = Loose<Schemas["Withholding"]>;
export type Difference = Schemas["Difference"];
export type Secondary = Schemas["Secondary"];
export type Guardrail = Schemas["Guardrail"];
export type Performance = Schemas["Performance"];
export type Activity = Schemas["Activity"];
export type Outlook = Schemas["Outlook"];
export type Metric = Schemas["Metric"];
export type Range = Schemas["Range"];
export type StartRequest = Schemas["StartRequest"];
export type StopRequest = Schemas["StopRequest"];
export type Mode = Schemas["Mode"];

/** The numbers of a comparison; none while it is withheld. */
export function readingOf({ comparison }: Report): Reading | null {
  return comparison.state === "withheld" ? null : comparison.reading;
}

/** A figure, or none where the API says why there is none. */
export function found<T extends object>(figure: T | { absent: string }): Exclude<T, { absent: string }> | null {
  return "absent" in figure ? null : (figure as Exclude<T, { absent: string }>);
}

/** Why there is no figure. */
export function whyAbsent(figure: object): string | null {
  return "absent" in figure ? String(figure.absent) : null;
}

export function running(experiments: readonly Experiment[]): Experiment | undefined {
  return experiments.find((one) => !one.stopped_at);
}
