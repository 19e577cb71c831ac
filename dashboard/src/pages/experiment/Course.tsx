/** The difference over time, with the band that may be read at any time. */
import { useMemo } from "preact/hooks";
import { Chart } from "../../chart/Chart";
import type { ChartLevel } from "../../chart/kinds";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { dateOf } from "../../format/instant";
import { AsTable } from "../../parts/AsTable";
import { type Column, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { type CoursePoint, courseLines } from "./course";
import { pWords, signedShareOf } from "./figures";

const ZERO: readonly ChartLevel[] = [{ value: 0, title: "No difference", colour: "muted" }];

export function Course({ of, waitsFor }: { of: readonly CoursePoint[]; waitsFor: string | null | undefined }) {
  const lines = useMemo(() => courseLines(of), [of]);
  return (
    <Panel title="The difference over time" aside="In per cent of the premium, per signal">
      {of.length === 0 && (
        <EmptyState title="No complete day yet that can be tested">
          The band begins with 20 complete trading days, and 20 finished signals of each engine.
        </EmptyState>
      )}
      {of.length > 0 && <Chart unit="percent" lines={lines} levels={ZERO} summary={summaryOf(of)} />}
      {of.length > 0 && (
        <p class="muted small">
          Once the whole band is on one side of zero, a difference is shown, however often one looks.
        </p>
      )}
      {waitsFor && <p class="muted small">It waits for {dateOf(waitsFor)}, on which a signal isn’t finished.</p>}
      {of.length > 0 && <Days of={of} />}
    </Panel>
  );
}

function summaryOf(of: readonly CoursePoint[]): string {
  const last = of[of.length - 1];
  if (!last) return "The difference over time";
  return `B less A after ${of.length} days: ${signedShareOf(last.difference)}, band ${signedShareOf(last.interval.low)} to ${signedShareOf(last.interval.high)}`;
}

function shareColumn(key: string, title: string, of: (row: CoursePoint) => number): Column<CoursePoint> {
  return { key, title, isNumeric: true, value: of, cell: (row) => signedShareOf(of(row)) };
}

const COLUMNS: readonly Column<CoursePoint>[] = [
  textColumn("day", "Day", (row) => row.day, { cell: (row) => dateOf(row.day) }),
  shareColumn("difference", "B less A", (row) => row.difference),
  shareColumn("low", "Band from", (row) => row.interval.low),
  shareColumn("high", "to", (row) => row.interval.high),
  { key: "p", title: "p", isNumeric: true, value: (row) => row.p, cell: (row) => pWords(row.p) },
];

function Days({ of }: { of: readonly CoursePoint[] }) {
  return (
    <AsTable>
      <Table
        caption="The difference over time"
        columns={COLUMNS}
        rows={of}
        keyOf={(row) => row.day}
        sorting={{ key: "day", isDescending: true }}
        empty=""
        isTall
      />
    </AsTable>
  );
}
