/** What was held, the last closed first. */
import "../../parts/parts.css";
import type { ComponentChildren } from "preact";
import { useList } from "../../api/pages";
import type { Position } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Money } from "../../components/Figures";
import { Loaded } from "../../components/Loaded";
import { PageHead } from "../../components/PageHead";
import { Instant, Lasting } from "../../components/Times";
import { numberOf } from "../../format/money";
import { counted, words } from "../../format/words";
import { Contract } from "../../parts/Contract";
import { positionHref } from "../../routes/addresses";
import {
  type Column,
  engineColumn,
  instantColumn,
  moneyColumn,
  numberColumn,
  percentColumn,
  textColumn,
} from "../../table/columns";
import { Table } from "../../table/Table";

const EVERY_MS = 5_000;

type ClosedColumn = Column<Position>;

const HELD: ClosedColumn = {
  key: "held",
  title: "Held",
  value: (row) => Date.parse(row.closed_at ?? "") - Date.parse(row.opened_at),
  csv: (row) => row.opened_at,
  csvTitle: "Opened",
  cell: (row) => <Lasting since={row.opened_at} until={row.closed_at ?? null} />,
  isNumeric: true,
  isMinor: true,
};

const COLUMNS: readonly ClosedColumn[] = [
  instantColumn("closed", "Closed", (row) => row.closed_at, {
    isNumeric: false,
    cell: (row) => <a href={positionHref(row.signal_id, row.engine)}><Instant at={row.closed_at} /></a>,
  }),
  textColumn("contract", "Contract", (row) => row.contract, {
    cell: (row) => <Contract symbol={row.contract} />,
  }),
  engineColumn((row) => row.engine),
  textColumn("reason", "Exit", (row) => words(row.exit_reason ?? "")),
  moneyColumn("net", "Net", (row) => row.realized?.net_usd, { signed: true, hint: "After fees, as modelled" }),
  percentColumn("percent", "Gross %", (row) => row.realized?.percent, { signed: true }),
  numberColumn("quantity", "Qty", (row) => row.quantity, { isMinor: true }),
  moneyColumn("entry", "Entry", (row) => row.entry_price, { isMinor: true }),
  moneyColumn("exit", "Exit at", (row) => row.exit_price, { isMinor: true }),
  moneyColumn("mid", "At mid", (row) => row.realized?.at_mid_usd, { signed: true, isMinor: true }),
  moneyColumn("worst", "At worst", (row) => row.realized?.at_worst_usd, { signed: true, isMinor: true }),
  HELD,
  textColumn("strategy", "Strategy", (row) => row.strategy, { isMinor: true }),
];

export function Closed({ tabs }: { tabs: ComponentChildren }) {
  const list = useList<Position>("/api/positions?state=closed", EVERY_MS, (row) => row.position_id);
  return (
    <>
      <PageHead title="Positions" answer={<Answer rows={list.rows} hasMore={list.hasMore} />}>{tabs}</PageHead>
      <div class="panel">
        <Loaded of={list.shown} what="positions" skeleton={<Rows rows={undefined} />}>
          {() => <Rows {...list} onMore={list.loadMore} />}
        </Loaded>
      </div>
    </>
  );
}

interface RowsProps {
  rows: Position[] | undefined;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onMore?: () => void;
}

function Rows(props: RowsProps) {
  return (
    <Table
      caption="Closed positions"
      columns={COLUMNS}
      keyOf={(row) => row.position_id}
      skeletonRows={10}
      isTall
      empty={
        <EmptyState title="No position was closed yet">
          Exit rules close what is held; <a href="/positions">see what is open</a>.
        </EmptyState>
      }
      {...props}
    />
  );
}

function Answer({ rows, hasMore }: { rows: readonly Position[] | undefined; hasMore: boolean }) {
  if (!rows) return <>&nbsp;</>;
  const nets = rows.map((row) => numberOf(row.realized?.net_usd) ?? 0);
  const net = nets.reduce((sum, one) => sum + one, 0);
  return (
    <>
      {hasMore ? "The last " : ""}<strong>{counted(rows.length, "closed position")}</strong>:{" "}
      <Money value={net} signed /> net, {nets.filter((one) => one > 0).length} of them gains.
    </>
  );
}
