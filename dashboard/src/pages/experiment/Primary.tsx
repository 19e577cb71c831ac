/** The metric that decides: each engine's mean, and the difference by every test on one scale. */
import { EngineMark } from "../../components/Badge";
import { Panel } from "../../components/Panel";
import { Stat, Stats } from "../../components/Stat";
import { type Column, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { METRICS, pWords, rangeWords } from "./figures";
import { IntervalBar } from "./IntervalBar";
import { spanOf } from "./interval";
import type { Difference } from "./kinds";
import { type TestLine, testLines } from "./tests";

export function Primary({ of, confidence }: { of: Difference; confidence: number }) {
  const metric = METRICS[of.metric];
  const lines = testLines(of);
  const span = spanOf(lines.map((line) => line.range));
  return (
    <Panel title={metric.title} aside={metric.hint}>
      <Stats>
        <Stat label={<><EngineMark engine="A" /> mean</>} below={`${of.compared[0]} compared`}>{metric.write(of.a.mean)}</Stat>
        <Stat label={<><EngineMark engine="B" /> mean</>} below={`${of.compared[1]} compared`}>{metric.write(of.b.mean)}</Stat>
        <Stat label="B less A" below="above zero: B is better">{metric.writeDifference(of.estimate)}</Stat>
      </Stats>
      <div class="tests">
        <Table
          caption="The difference by each test"
          columns={columnsOf(span, confidence)}
          rows={lines}
          keyOf={(line) => line.name}
          empty=""
        />
      </div>
    </Panel>
  );
}

const { writeDifference } = METRICS.net_return_per_signal;

function columnsOf(span: number, confidence: number): Column<TestLine>[] {
  return [
    textColumn("test", "Test", (line) => line.name),
    { key: "difference", title: "B less A", isNumeric: true, value: (line) => line.difference, cell: (line) => writeDifference(line.difference) },
    {
      key: "interval",
      title: `${Math.round(confidence * 100)} % interval`,
      value: (line) => line.range?.low,
      csv: (line) => (line.range ? `${line.range.low} to ${line.range.high}` : null),
      cell: (line) => <Interval line={line} span={span} />,
    },
    { key: "p", title: "p", isNumeric: true, value: (line) => line.p, cell: (line) => pWords(line.p) },
    textColumn("read", "May be read", (line) => line.read, { isMinor: true }),
  ];
}

function Interval({ line, span }: { line: TestLine; span: number }) {
  if (line.difference === null || !line.range) return <span class="muted small">{line.absent}</span>;
  const told = rangeWords(line.range, writeDifference);
  return (
    <span class="interval-cell">
      <IntervalBar difference={line.difference} range={line.range} span={span} label={`${told}, around ${writeDifference(line.difference)}`} />
      <span class="muted small">{told}</span>
    </span>
  );
}
