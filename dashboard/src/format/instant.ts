/** Instants in New York's time, whatever zone this machine is in; and how long things took. */
import { ABSENT } from "./money";

const ZONE = "America/New_York";

function clockOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", { timeZone: ZONE, hourCycle: "h23", ...options });
}

const TIME = clockOf({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const MINUTE = clockOf({ hour: "2-digit", minute: "2-digit" });
const DAY = clockOf({ month: "short", day: "numeric" });
const DAY_OF_YEAR = clockOf({ month: "short", day: "numeric", year: "numeric" });
const DATE = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  month: "short",
  day: "numeric",
  year: "numeric",
});

/** `14:03:22`, New York's time. */
export function easternTime(ms: number): string {
  return TIME.format(ms);
}

/** `Nov 28`, New York's date. */
export function easternDay(ms: number): string {
  return DAY.format(ms);
}

/** The time alone on the day of `nowMs`, else the day before it. */
export function easternInstant(ms: number, nowMs: number): string {
  if (!Number.isFinite(ms)) return ABSENT;
  if (DAY_OF_YEAR.format(ms) === DAY_OF_YEAR.format(nowMs)) return TIME.format(ms);
  const isThisYear = DAY_OF_YEAR.format(ms).slice(-4) === DAY_OF_YEAR.format(nowMs).slice(-4);
  return `${(isThisYear ? DAY : DAY_OF_YEAR).format(ms)} ${MINUTE.format(ms)}`;
}

/** `2026-11-28 19:03:22 UTC`, for the hover. */
export function utcInstant(ms: number): string {
  if (!Number.isFinite(ms)) return ABSENT;
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** `Nov 28, 2026` from `2026-11-28`. */
export function dateOf(date: string): string {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(ms) ? DATE.format(ms) : ABSENT;
}

const STEPS: readonly [name: string, ms: number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
];

/** `1 d 4 h`, `3 m 5 s`, `12 ms`: the two largest units. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return ABSENT;
  const whole = Math.max(0, ms);
  if (whole < 1_000) return `${Math.round(whole)} ms`;
  if (whole < 10_000) return `${(whole / 1_000).toFixed(1)} s`;
  const first = STEPS.findIndex(([, step]) => whole >= step);
  return twoUnits(whole, first);
}

function twoUnits(ms: number, first: number): string {
  const [name, step] = STEPS[first] ?? ["s", 1_000];
  const count = Math.floor(ms / step);
  const next = STEPS[first + 1];
  const rest = next ? Math.floor((ms - count * step) / next[1]) : 0;
  return next && rest > 0 ? `${count} ${name} ${rest} ${next[0]}` : `${count} ${name}`;
}

/** An age in one unit: `3 s`, `12 m`, `2 h`, `5 d`. */
export function age(ms: number): string {
  if (!Number.isFinite(ms)) return ABSENT;
  const whole = Math.max(0, ms);
  const found = STEPS.find(([, step]) => whole >= step);
  const [name, step] = found ?? ["s", 1_000];
  return `${Math.floor(whole / step)} ${name}`;
}
