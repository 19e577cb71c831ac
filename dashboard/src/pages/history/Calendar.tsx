/** The calendar of daily results: sign and amount in each cell, stronger results stronger. */
import { useState } from "preact/hooks";
import type { Engine, EngineCurve } from "../../api/types";
import { Money } from "../../components/Figures";
import { Panel } from "../../components/Panel";
import { Tabs } from "../../components/Tabs";
import { classes } from "../../components/classes";
import { dateOf } from "../../format/instant";
import { signedUsd } from "../../format/money";
import { counted } from "../../format/words";
import { useQuery } from "../../routes/location";
import { type Cell, dayAfterKey, type Month, monthsOf, shortUsd, strengthOf, weekdaysOf } from "./months";
import { type Day, daysOf } from "./days";

const TABS = [
  { value: "both", title: "Both" },
  { value: "A", title: "Engine A" },
  { value: "B", title: "Engine B" },
] as const;

interface CalendarProps {
  curves: readonly EngineCurve[];
  from: string;
  to: string;
}

export function Calendar({ curves, from, to }: CalendarProps) {
  const [which] = useQuery("calendar", "both");
  const engine: Engine | null = which === "A" || which === "B" ? which : null;
  const days = daysOf(curves, engine);
  const [chosen, setChosen] = useState<string | null>(null);
  const at = days.find(({ date }) => date === chosen) ?? days.at(-1);
  const tabs = <Tabs label="Whose days" name="calendar" fallback="both" tabs={TABS} />;
  return (
    <Panel title="Day by day" aside={tabs}>
      <p class="calendar-day" aria-live="polite">{at ? <Told of={at} /> : "Nothing was closed in these days."}</p>
      <div class="calendar" onKeyDown={(event) => move(event, days, at, setChosen)}>
        {monthsOf(days, from, to).map((month) => (
          <MonthTable key={month.key} of={month} days={days} at={at?.date} onChoose={setChosen} />
        ))}
      </div>
      <p class="muted small">Arrow keys go from day to day. New York dates; a day counts what was closed on it.</p>
    </Panel>
  );
}

function Told({ of }: { of: Day }) {
  return (
    <>
      <strong>{dateOf(of.date)}</strong>: <Money value={of.netUsd} signed /> net, {counted(of.positions, "position")} closed,{" "}
      {counted(of.wins, "gain")}.
    </>
  );
}

function move(event: KeyboardEvent, days: readonly Day[], at: Day | undefined, choose: (date: string) => void): void {
  const next = at ? dayAfterKey(days, at.date, event.key) : null;
  if (next === null) return;
  event.preventDefault();
  choose(next);
  document.getElementById(`day-${next}`)?.focus();
}

interface MonthTableProps {
  of: Month;
  days: readonly Day[];
  /** The day that the keyboard stands on. */
  at: string | undefined;
  onChoose: (date: string) => void;
}

function MonthTable({ of, days, at, onChoose }: MonthTableProps) {
  const strongest = Math.max(0, ...days.map(({ netUsd }) => Math.abs(netUsd)));
  return (
    <table class="calendar-month">
      <caption>{of.title}</caption>
      <thead>
        <tr>{weekdaysOf(days).map((weekday) => <th key={weekday} scope="col">{weekday}</th>)}</tr>
      </thead>
      <tbody>
        {of.weeks.map((week, index) => (
          <tr key={index}>
            {week.map((cell, weekday) => (
              <td key={weekday}>
                {cell && <DayCell of={cell} strongest={strongest} isAt={cell.date === at} onChoose={onChoose} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayCellProps {
  of: Cell;
  strongest: number;
  isAt: boolean;
  onChoose: (date: string) => void;
}

function DayCell({ of: { date, dayOfMonth, day }, strongest, isAt, onChoose }: DayCellProps) {
  if (!day) return <span class="day day-empty">{dayOfMonth}</span>;
  const way = day.netUsd < 0 ? "loss" : "gain";
  const strength = strengthOf(day.netUsd, strongest);
  return (
    <button
      id={`day-${date}`}
      type="button"
      class={classes("day", strength > 0 && `day-${way} day-${strength}`)}
      aria-label={`${dayOfMonth}, ${shortUsd(day.netUsd)}: ${dateOf(date)}, ${signedUsd(day.netUsd)}`}
      aria-pressed={isAt}
      tabIndex={isAt ? 0 : -1}
      onClick={() => onChoose(date)}
    >
      <span class="day-number">{dayOfMonth}</span>
      <span class="day-amount">{shortUsd(day.netUsd)}</span>
    </button>
  );
}
