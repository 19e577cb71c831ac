/** Orders: what was ordered, and at which price was it filled? */
import "../parts/parts.css";
import { useList } from "../api/pages";
import type { OrderShown } from "../api/types";
import { EmptyState } from "../components/EmptyState";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { counted } from "../format/words";
import { Table } from "../table/Table";
import { ORDER_COLUMNS } from "./orders/columns";

const EVERY_MS = 3_000;

export default function Orders() {
  const list = useList<OrderShown>("/api/orders", EVERY_MS, (row) => row.order.order_id);
  return (
    <>
      <PageHead title="Orders" answer={<Answer rows={list.rows} hasMore={list.hasMore} />} />
      <div class="panel">
        <Loaded of={list.shown} what="orders" skeleton={<Rows rows={undefined} />}>
          {() => <Rows {...list} onMore={list.loadMore} />}
        </Loaded>
      </div>
    </>
  );
}

interface RowsProps {
  rows: OrderShown[] | undefined;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onMore?: () => void;
}

function Rows(props: RowsProps) {
  return (
    <Table
      caption="Orders"
      columns={ORDER_COLUMNS}
      keyOf={(row) => row.order.order_id}
      skeletonRows={10}
      isTall
      empty={
        <EmptyState title="No order yet">
          An engine that approves a signal writes one. <a href="/signals">See what came in</a>.
        </EmptyState>
      }
      {...props}
    />
  );
}

function Answer({ rows, hasMore }: { rows: readonly OrderShown[] | undefined; hasMore: boolean }) {
  if (!rows) return <>&nbsp;</>;
  const count = (state: string) => rows.filter((row) => row.order.state === state).length;
  return (
    <>
      {hasMore ? "The last " : ""}<strong>{counted(rows.length, "order")}</strong>: {count("filled")} filled,{" "}
      {count("pending_execution")} waiting for a quote, {count("failed")} failed.
    </>
  );
}
