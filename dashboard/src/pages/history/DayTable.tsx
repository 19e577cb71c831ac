/** The days as a table, for who wants the figures. */
import type { EngineCurve } from "../../api/types";
import { Panel } from "../../components/Panel";
import { dateOf } from "../../format/instant";
import { type Column, engineColumn, moneyColumn, numberColumn, percentColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import type { DayResult } from "./types";

type EngineDay = DayResult & { engine: string };

const COLUMNS: readonly Column<EngineDay>[] = [
  { key: "date", title: "Date", value: (row) => row.date, cell: (row) => <span class="figure">{dateOf(row.date)}</span> },
  engineColumn((row) => row.engine),
  moneyColumn("net", "Net", (row) => row.net_usd, { signed: true }),
  percentColumn("percent", "Of capital", (row) => row.net_percent, { signed: true, decimals: 2, isMinor: true }),
  moneyColumn("gross", "Gross", (row) => row.gross_usd, { signed: true, isMinor: true }),
  moneyColumn("sum", "Added up", (row) => row.cumulative_net_usd, { signed: true }),
  moneyColumn("drawdown", "Drawdown", (row) => row.drawdown_usd, { signed: true, isMinor: true }),
  numberColumn("positions", "Closed", (row) => row.positions, { isMinor: true }),
  numberColumn("wins", "Gains", (row) => row.wins, { isMinor: true }),
];

export function DayTable({ of }: { of: readonly EngineCurve[] }) {
  const rows = of.flatMap(({ engine, days }) => days.map((day) => ({ ...day, engine })));
  return (
    <Panel title="The days in figures">
      <Table
        caption="Days"
        columns={COLUMNS}
        rows={rows}
        keyOf={(row) => `${row.engine} ${row.date}`}
        sorting={{ key: "date", isDescending: true }}
        empty=""
        isTall
      />
    </Panel>
  );
}
