/** A calendar of days, month by month, a line for each week. */
import { signedUsd } from "../../format/money";
import type { Day } from "./days";

export interface Cell {
  date: string;
  /** 1 to 31. */
  dayOfMonth: number;
  /** Absent where nothing was closed. */
  day: Day | undefined;
}

export interface Month {
  /** `2026-11`. */
  key: string;
  title: string;
  /** A week is as long as the weekdays that are shown; null outside the month. */
  weeks: (Cell | null)[][];
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const TITLE = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "long", year: "numeric" });

function msOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** 0 for Monday. */
function weekdayOf(date: string): number {
  return (new Date(msOf(date)).getUTCDay() + 6) % 7;
}

/** Weekends are shown only where something was closed on one. */
export function weekdaysOf(days: readonly Day[]): readonly string[] {
  return days.some(({ date }) => weekdayOf(date) > 4) ? WEEKDAYS : WEEKDAYS.slice(0, 5);
}

/** The months from one date to another, both included. */
export function monthsOf(days: readonly Day[], from: string, to: string): Month[] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const width = weekdaysOf(days).length;
  const months = new Map<string, Month>();
  for (let ms = msOf(from); ms <= msOf(to); ms += DAY_MS) {
    const date = new Date(ms).toISOString().slice(0, 10);
    const key = date.slice(0, 7);
    const month = months.get(key) ?? { key, title: TITLE.format(ms), weeks: [] };
    months.set(key, month);
    place(month, { date, dayOfMonth: Number(date.slice(8)), day: byDate.get(date) }, width);
  }
  return [...months.values()].filter(({ weeks }) => weeks.length > 0);
}

/** A Monday begins a week, and so does the first day that is shown. */
function place({ weeks }: Month, cell: Cell, width: number): void {
  const weekday = weekdayOf(cell.date);
  if (weekday >= width) return;
  const isNew = weekday === 0 || weeks.length === 0;
  if (isNew) weeks.push(Array.from({ length: width }, () => null));
  const week = weeks.at(-1);
  if (week) week[weekday] = cell;
}

/** How strong a result is beside the strongest: 1 to 3; 0 for none. */
export function strengthOf(netUsd: number, strongestUsd: number): 0 | 1 | 2 | 3 {
  if (netUsd === 0 || strongestUsd === 0) return 0;
  const share = Math.abs(netUsd) / strongestUsd;
  return share > 0.6 ? 3 : share > 0.25 ? 2 : 1;
}

/** `+$120`, `−$1.2k`: an amount that fits a cell. */
export function shortUsd(amount: number): string {
  const size = Math.abs(amount);
  if (size >= 10_000) return `${signedUsd(Math.sign(amount)).slice(0, 2)}${Math.round(size / 1_000)}k`;
  if (size >= 1_000) return `${signedUsd(Math.sign(amount)).slice(0, 2)}${(size / 1_000).toFixed(1)}k`;
  return signedUsd(Math.round(amount)).replace(/\.\d+$/, "");
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** The day that a key leads to: the next with a result in that direction; null for other keys. */
export function dayAfterKey(days: readonly Day[], at: string, key: string): string | null {
  if (key === "Home") return days[0]?.date ?? null;
  if (key === "End") return days.at(-1)?.date ?? null;
  const step = STEPS[key];
  if (step === undefined) return null;
  const goal = new Date(msOf(at) + step * DAY_MS).toISOString().slice(0, 10);
  const beyond = step > 0 ? days.find(({ date }) => date >= goal) : days.findLast(({ date }) => date <= goal);
  return beyond?.date ?? at;
}
