/** What is wrong, since when, and whose fault it is: drawn from what the platform tells of itself. */
import { counted, words } from "../../format/words";
import type { CountedByFunction, LastPass, Monitoring, ProviderHealth, QueueDepth } from "./types";

export interface Finding {
  what: string;
  /** Whose fault it is. */
  whose: string;
  /** Since when, as far as that is known. */
  since: string | null;
  /** Trading itself suffers. */
  isGrave: boolean;
}

/** A scheduled function runs every minute; after three it is late. */
export const LATE_PASS_MS = 180_000;
/** Work is taken up within seconds. */
const LATE_WORK_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Below this many fills a share says little. */
const FILLS_MIN = 10;
const FILLED_PERCENT_MIN = 90;

/** What needs a look, the gravest first. `isOpen`: whether the market is, as far as is known. */
export function findingsOf(told: Monitoring, isOpen: boolean | null, nowMs: number): Finding[] {
  const found = [
    ...told.queues.flatMap(ofQueue),
    ...told.passes.filter((pass) => isOpen === true && isLate(pass, nowMs)).map(ofPass),
    ...ofOldestWork(told.oldest_work_due_at, nowMs),
    ...told.providers.filter(({ breaker }) => breaker !== "closed").map(ofProvider),
    ...told.function_errors.filter((one) => isRecent(one, nowMs)).map(ofFailure),
    ...told.errors.filter((one) => isRecent(one, nowMs)).map(ofError),
    ...ofFills(told.shadow_execution),
  ];
  return found.sort((one, other) => Number(other.isGrave) - Number(one.isGrave));
}

export function functionWords(name: string): string {
  return name.replaceAll("-", " ").replace(/ ([ab])$/, (_, engine: string) => ` ${engine.toUpperCase()}`);
}

export function isLate({ at }: LastPass, nowMs: number): boolean {
  return at === null || nowMs - Date.parse(at) > LATE_PASS_MS;
}

/** Counts are by the hour: this hour's and the last one's tell of now. */
function isRecent({ last_hour }: CountedByFunction, nowMs: number): boolean {
  return nowMs - Date.parse(last_hour) < 2 * HOUR_MS;
}

function ofQueue({ queue, dead_letters }: QueueDepth): Finding[] {
  const whose = `what reads the queue ${words(queue)}`;
  if (dead_letters === null) {
    return [{ what: `The queue ${words(queue)} can’t be read`, whose: "the queue service", since: null, isGrave: true }];
  }
  if (dead_letters === 0) return [];
  return [{ what: `${counted(dead_letters, "dead letter")} of ${words(queue)}`, whose, since: null, isGrave: true }];
}

function ofPass({ function: name, at }: LastPass): Finding {
  const whose = functionWords(name);
  if (at === null) return { what: "No pass in the last day, and the market is open", whose, since: null, isGrave: true };
  return { what: "A pass is late", whose, since: at, isGrave: true };
}

function ofOldestWork(dueAt: string | null, nowMs: number): Finding[] {
  if (dueAt === null || nowMs - Date.parse(dueAt) < LATE_WORK_MS) return [];
  return [{ what: "Unfinished work is overdue", whose: "an engine or the executor", since: dueAt, isGrave: true }];
}

function ofProvider({ provider, breaker, failures }: ProviderHealth): Finding {
  const told = breaker === "open" ? "A provider isn’t asked" : "A provider is asked once, to see";
  return { what: `${told}: ${counted(failures, "failure")} in a row`, whose: provider, since: null, isGrave: breaker === "open" };
}

function ofFailure({ function: name, count, last_hour }: CountedByFunction): Finding {
  return { what: `${counted(count, "invocation")} failed as a whole, lately too`, whose: functionWords(name), since: last_hour, isGrave: true };
}

function ofError({ function: name, what, count, last_hour }: CountedByFunction): Finding {
  const told = `${counted(count, "error")} “${words(what)}”, lately too`;
  return { what: told, whose: functionWords(name), since: last_hour, isGrave: false };
}

function ofFills({ filled, failed, success_percent }: Monitoring["shadow_execution"]): Finding[] {
  const percent = Number(success_percent ?? 100);
  if (filled + failed < FILLS_MIN || percent >= FILLED_PERCENT_MIN) return [];
  const what = `${failed} of Engine B’s last ${filled + failed} orders failed`;
  return [{ what, whose: "quotes, or the executor", since: null, isGrave: false }];
}
