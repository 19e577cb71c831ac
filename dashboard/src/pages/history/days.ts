/** Days with a result, of one engine or of both together. */
import type { Engine, EngineCurve } from "../../api/types";
import { numberOf } from "../../format/money";

export interface Day {
  date: string;
  netUsd: number;
  positions: number;
  wins: number;
}

/** Amounts are added in cents, so that sums are exact. */
function cents(amount: string): number {
  return Math.round((numberOf(amount) ?? 0) * 100);
}

/** The days by date, oldest first. */
export function daysOf(curves: readonly EngineCurve[], engine: Engine | null): Day[] {
  const sums = new Map<string, Day & { netCents: number }>();
  for (const curve of curves) {
    if (engine !== null && curve.engine !== engine) continue;
    for (const { date, net_usd, positions, wins } of curve.days) {
      const before = sums.get(date) ?? { date, netUsd: 0, netCents: 0, positions: 0, wins: 0 };
      const netCents = before.netCents + cents(net_usd);
      sums.set(date, {
        date,
        netCents,
        netUsd: netCents / 100,
        positions: before.positions + positions,
        wins: before.wins + wins,
      });
    }
  }
  const days = [...sums.values()].map(({ netCents: _, ...day }) => day);
  return days.sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** What a span brought. */
export interface SpanResult {
  netUsd: number;
  positions: number;
  wins: number;
  gainDays: number;
  lossDays: number;
}

export function resultOf(days: readonly Day[]): SpanResult {
  const sum = (of: (day: Day) => number) => days.reduce((total, day) => total + of(day), 0);
  return {
    netUsd: Math.round(sum((day) => day.netUsd * 100)) / 100,
    positions: sum((day) => day.positions),
    wins: sum((day) => day.wins),
    gainDays: days.filter((day) => day.netUsd > 0).length,
    lossDays: days.filter((day) => day.netUsd < 0).length,
  };
}
