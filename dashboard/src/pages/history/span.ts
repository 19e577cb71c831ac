/** Which days are shown: the last so many, or from one date to another. */

export interface Span {
  /** Dates `2026-11-28`; the API ends with today where `to` is absent. */
  from: string;
  to: string | null;
}

export const SPANS = [30, 90, 365] as const;
export const USUAL_DAYS = "90";
/** The API answers less than this. */
const DAYS_MAX = 731;
const DAY_MS = 86_400_000;

const DATE = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/New_York",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** New York's date `2026-11-28`. */
export function easternDate(ms: number): string {
  return DATE.format(ms);
}

/** So many days before a date. */
export function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}

/** What the address asks for; what it can't mean is the usual. */
export function spanOf(query: { days: string; from: string; to: string }, today: string): Span {
  if (query.days === "own" && spanProblem(query.from, query.to) === null) {
    return { from: query.from, to: query.to };
  }
  const days = SPANS.find((one) => String(one) === query.days) ?? Number(USUAL_DAYS);
  return { from: daysBefore(today, days), to: null };
}

/** What is wrong with two dates; null if they can be asked for. */
export function spanProblem(from: string, to: string): string | null {
  const [fromMs, toMs] = [from, to].map((date) => Date.parse(`${date}T00:00:00Z`)) as [number, number];
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return "Give both dates.";
  if (fromMs > toMs) return "The first date is after the last.";
  if ((toMs - fromMs) / DAY_MS >= DAYS_MAX) return "At most two years can be shown.";
  return null;
}

export function statsUrl({ from, to }: Span): string {
  return to === null ? `/api/history/stats?from=${from}` : `/api/history/stats?from=${from}&to=${to}`;
}
