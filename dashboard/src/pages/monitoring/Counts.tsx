/** What functions counted of themselves: errors, failed invocations, the sweeper's findings. */
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { sentence } from "../../format/words";
import { type Column, instantColumn, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { functionWords } from "./diagnosis";
import type { CountedByFunction } from "./types";

interface CountsProps {
  title: string;
  /** The heading over what was counted. */
  what: string;
  of: readonly CountedByFunction[];
  hours: number;
  none: string;
  why?: string;
}

export function Counts({ title, what, of, hours, none, why }: CountsProps) {
  const columns: readonly Column<CountedByFunction>[] = [
    textColumn("function", "Function", (row) => sentence(functionWords(row.function))),
    textColumn("what", what, (row) => sentence(row.what.replaceAll(".", ": "))),
    numberColumn("count", "Count", (row) => row.count),
    instantColumn("hour", "Last in the hour", (row) => row.last_hour, { isMinor: true }),
  ];
  return (
    <Panel title={title} aside={`Last ${hours} hours`}>
      <Table
        caption={title}
        isShort
        columns={columns}
        rows={of}
        keyOf={(row) => `${row.function} ${row.what}`}
        sorting={{ key: "count", isDescending: true }}
        empty={<EmptyState title={none}>{why}</EmptyState>}
      />
    </Panel>
  );
}
