/** What each engine did with its signals. */
import { Panel } from "../../components/Panel";
import { plain } from "../../format/money";
import { words } from "../../format/words";
import { type Column, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { type ActivityLine, activityLines } from "./activity";
import type { Activity } from "./kinds";

export function Activities({ of }: { of: Readonly<Record<string, Activity>> }) {
  return (
    <Panel title="What the engines did">
      <Table
        caption="Activity of A and B"
        columns={COLUMNS}
        rows={activityLines(of["A"], of["B"])}
        keyOf={(line) => line.name}
        empty=""
      />
    </Panel>
  );
}

function sideColumn(key: "a" | "b", title: string): Column<ActivityLine> {
  const cell = (line: ActivityLine) => `${plain(line[key], 0)}${line[key] === null ? "" : (line.unit ?? "")}`;
  return { key, title, isNumeric: true, value: (line) => line[key], cell };
}

const COLUMNS: readonly Column<ActivityLine>[] = [
  textColumn("name", "What", (line) => line.name, {
    cell: (line) => <span class={line.isPart ? "part-of" : undefined}>{line.isPart ? words(line.name) : line.name}</span>,
  }),
  sideColumn("a", "Engine A"),
  sideColumn("b", "Engine B"),
];
