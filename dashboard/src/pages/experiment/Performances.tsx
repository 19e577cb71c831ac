/** The metrics of A against B. */
import { Panel } from "../../components/Panel";
import { type Column, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import type { Performance, Range } from "./kinds";
import { type FigureLine, figureLines } from "./performance";

export function Performances({ of }: { of: Readonly<Record<string, Performance>> }) {
  return (
    <Panel title="What each engine’s trades brought" aside="Closed trades that count, net of fees">
      <Table
        caption="Metrics of A against B"
        columns={COLUMNS}
        rows={figureLines(of["A"], of["B"])}
        keyOf={(line) => line.name}
        empty=""
      />
    </Panel>
  );
}

function sideColumn(key: "a" | "b", title: string): Column<FigureLine> {
  return { key, title, isNumeric: true, value: (line) => line[key], cell: (line) => line.write(line[key]) };
}

const COLUMNS: readonly Column<FigureLine>[] = [
  textColumn("name", "Metric", (line) => line.name),
  sideColumn("a", "Engine A"),
  sideColumn("b", "Engine B"),
  {
    key: "range",
    title: "Plausible range",
    hint: "Wilson’s interval around each engine’s share, from 0 to 100 %: A above, B below",
    value: () => null,
    csv: (line) => line.ranges?.map((range) => (range ? `${range.low} to ${range.high}` : "")).join("; "),
    cell: (line) => line.ranges && <Shares line={line} ranges={line.ranges} />,
  },
];

function Shares({ line, ranges: [a, b] }: { line: FigureLine; ranges: readonly [Range | null, Range | null] }) {
  const told = (range: Range | null) => (range ? `${line.write(range.low)} to ${line.write(range.high)}` : "not known");
  const label = `Engine A ${told(a)}, Engine B ${told(b)}`;
  return (
    <svg class="interval" viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <rect class="bar-ground" x="0" y="6.5" width="100" height="1" />
      {a && <rect class="share-a" x={a.low * 100} y="1" width={(a.high - a.low) * 100} height="5" />}
      {b && <rect class="share-b" x={b.low * 100} y="8" width={(b.high - b.low) * 100} height="5" />}
    </svg>
  );
}
