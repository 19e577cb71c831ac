/** Where the money came from: by symbol, strategy, source, hour, days to expiration, engine. */
import { Bar } from "../../components/Bar";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Tabs } from "../../components/Tabs";
import { numberOf, signedUsd } from "../../format/money";
import { useQuery } from "../../routes/location";
import {
  type Column,
  engineColumn,
  moneyColumn,
  numberColumn,
  percentColumn,
  textColumn,
} from "../../table/columns";
import { Table } from "../../table/Table";
import { type Dimension, dimensionOf, DIMENSIONS, slicesOf, sliceWords } from "./dimensions";
import type { HistoryStats, Slice } from "./types";

function columnsOf({ value, title }: Dimension, most: number): readonly Column<Slice>[] {
  return [
    textColumn("name", value === "engine" ? "Decides by" : title, (row) => sliceWords(value, row)),
    engineColumn((row) => row.engine),
    numberColumn("positions", "Closed", (row) => row.positions, { isMinor: true }),
    percentColumn("rate", "Win rate", (row) => row.win_rate_percent, { decimals: 0 }),
    moneyColumn("net", "Net", (row) => row.net_usd, { signed: true, hint: "After fees, as modelled" }),
    {
      key: "bar",
      title: "Loss or gain",
      value: (row) => numberOf(row.net_usd),
      csv: () => null,
      cell: (row) => <NetBar of={row} most={most} />,
      isMinor: true,
    },
    moneyColumn("average", "Average", (row) => row.average_net_usd, { signed: true, hint: "Net, for each position" }),
    moneyColumn("gross", "As modelled", (row) => row.gross_usd, { signed: true, isMinor: true, hint: "Before fees, by the fill model in force" }),
    moneyColumn("mid", "At mid", (row) => row.at_mid_usd, { signed: true, isMinor: true, hint: "Before fees, if every fill had been at the mid" }),
    moneyColumn("worst", "Worst side", (row) => row.at_worst_usd, { signed: true, isMinor: true, hint: "Before fees, if every entry had paid the ask and every exit got the bid" }),
    moneyColumn("fees", "Fees", (row) => row.fees_usd, { isMinor: true }),
  ];
}

function NetBar({ of, most }: { of: Slice; most: number }) {
  return <Bar stop={most} target={most} value={numberOf(of.net_usd)} label={`${signedUsd(of.net_usd)} net`} />;
}

export function Slices({ of }: { of: HistoryStats }) {
  const [by] = useQuery("by", DIMENSIONS[0].value);
  const dimension = dimensionOf(by);
  const rows = slicesOf(of, dimension);
  const most = Math.max(0, ...rows.map((row) => Math.abs(numberOf(row.net_usd) ?? 0)));
  const tabs = <Tabs label="By what" name="by" fallback={DIMENSIONS[0].value} tabs={DIMENSIONS} />;
  return (
    <Panel title={`By ${dimension.value === "dte" ? "DTE at the entry" : dimension.title.toLowerCase()}, since the beginning`} aside={tabs}>
      <Table
        key={dimension.value}
        caption={`Results by ${dimension.title}`}
        columns={columnsOf(dimension, most)}
        rows={rows}
        keyOf={(row) => `${row.engine} ${row.name}`}
        sorting={{ key: "net", isDescending: true }}
        empty={
          <EmptyState title="Nothing was closed yet">
            The first closed position begins the table. <a href="/positions">See what is open</a>.
          </EmptyState>
        }
        isTall
      />
    </Panel>
  );
}
