/** The secondary metrics: by trading days, corrected for there being several. None of them decides. */
import { Panel } from "../../components/Panel";
import { type Column, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { METRICS, pWords, rangeWords } from "./figures";
import { IntervalBar } from "./IntervalBar";
import { found, type Secondary, whyAbsent } from "./kinds";

export function Secondaries({ of }: { of: readonly Secondary[] }) {
  return (
    <Panel title="Secondary metrics" aside="None of them decides">
      <Table caption="Secondary metrics" columns={COLUMNS} rows={of} keyOf={(row) => row.metric} empty="There are none yet." />
    </Panel>
  );
}

function meanColumn(key: "a" | "b", title: string): Column<Secondary> {
  return { key, title, isNumeric: true, value: (row) => row[key], cell: (row) => METRICS[row.metric].write(row[key]) };
}

function testOf(row: Secondary) {
  return found(row.by_day) as { difference: number; interval: { low: number; high: number } } | null;
}

const COLUMNS: readonly Column<Secondary>[] = [
  textColumn("metric", "Metric", (row) => METRICS[row.metric].title, {
    cell: (row) => <span title={METRICS[row.metric].hint}>{METRICS[row.metric].title}</span>,
  }),
  meanColumn("a", "Engine A"),
  meanColumn("b", "Engine B"),
  {
    key: "difference",
    title: "B less A",
    isNumeric: true,
    isMinor: true,
    value: (row) => testOf(row)?.difference,
    cell: (row) => METRICS[row.metric].writeDifference(testOf(row)?.difference),
  },
  {
    key: "interval",
    title: "95 % interval",
    hint: "By the t test over trading days; each on its own scale, with zero in the middle",
    value: (row) => testOf(row)?.interval.low,
    csv: (row) => {
      const test = testOf(row);
      return test ? `${test.interval.low} to ${test.interval.high}` : null;
    },
    cell: (row) => <Interval row={row} />,
  },
  {
    key: "p",
    title: "p, corrected",
    hint: "After Holm’s correction for there being several metrics",
    isNumeric: true,
    value: (row) => row.p_adjusted,
    cell: (row) => pWords(row.p_adjusted),
  },
  textColumn("compared", "Compared", (row) => `A ${row.compared[0]}, B ${row.compared[1]}`, { isMinor: true }),
];

function Interval({ row }: { row: Secondary }) {
  const test = testOf(row);
  if (!test) return <span class="muted small">{whyAbsent(row.by_day)}</span>;
  const { writeDifference } = METRICS[row.metric];
  const told = rangeWords(test.interval, writeDifference);
  return (
    <span class="interval-cell">
      <IntervalBar difference={test.difference} range={test.interval} label={`${told}, around ${writeDifference(test.difference)}`} />
      <span class="muted small">{told}</span>
    </span>
  );
}
