/** The columns of orders, with the fill where there is one. */
import type { OrderShown } from "../../api/types";
import { Instant } from "../../components/Times";
import { duration } from "../../format/instant";
import { words } from "../../format/words";
import { Contract } from "../../parts/Contract";
import { StateBadge } from "../../parts/outcomes";
import { signalHref } from "../../routes/addresses";
import {
  type Column,
  engineColumn,
  instantColumn,
  moneyColumn,
  numberColumn,
  textColumn,
} from "../../table/columns";

type OrderColumn = Column<OrderShown>;

const STATE: OrderColumn = textColumn("state", "State", (row) => words(row.order.state), {
  cell: ({ order }) => <StateBadge state={order.state} title={order.failure?.detail} />,
});

const AGE: OrderColumn = numberColumn("quote_age", "Quote’s age", (row) => row.trade?.quote_age_ms, {
  isMinor: true,
  cell: (row) => <>{duration(row.trade?.quote_age_ms)}</>,
});

export const ORDER_COLUMNS: readonly OrderColumn[] = [
  instantColumn("created", "Written", (row) => row.order.created_at, {
    isNumeric: false,
    cell: ({ order }) => <a href={signalHref(order.signal_id)}><Instant at={order.created_at} /></a>,
  }),
  textColumn("contract", "Contract", (row) => row.order.contract, {
    cell: (row) => <Contract symbol={row.order.contract} />,
  }),
  engineColumn((row) => row.order.engine),
  textColumn("side", "Side", sideOf, { cell: (row) => <span class="nowrap">{sideOf(row)}</span> }),
  numberColumn("quantity", "Qty", (row) => row.order.quantity),
  STATE,
  moneyColumn("price", "Filled at", (row) => row.trade?.fill_price),
  moneyColumn("bid", "Bid", (row) => row.trade?.quote?.bid, { isMinor: true }),
  moneyColumn("mid", "Mid", (row) => row.trade?.mid, { isMinor: true }),
  moneyColumn("ask", "Ask", (row) => row.trade?.quote?.ask, { isMinor: true }),
  AGE,
  textColumn("model", "Model", (row) => row.trade?.model && words(row.trade.model), { isMinor: true }),
  moneyColumn("fee", "Fees", (row) => row.trade?.fee_usd, { isMinor: true }),
  textColumn("why", "Why", (row) => whyOf(row), {
    isMinor: true,
    cell: (row) => <span class="why muted small">{whyOf(row)}</span>,
  }),
];

/** `buy`, or `sell, exit 1`. */
function sideOf({ order }: OrderShown): string {
  const leg = order.leg === "entry" ? "" : `, ${order.leg.replace(":", " ")}`;
  return `${words(order.side)}${leg}`;
}

/** An exit's reason, or why an order failed. */
function whyOf({ order }: OrderShown): string {
  if (order.failure) return order.failure.detail || words(order.failure.reason);
  return order.reason ? words(order.reason) : "";
}
