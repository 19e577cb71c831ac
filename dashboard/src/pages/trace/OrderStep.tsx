/** An order, and its fill: at which quote, how old, by which model. */
import type { Hop, SignalTrace, Trade } from "../../api/types";
import { Money } from "../../components/Figures";
import { Instant } from "../../components/Times";
import { duration } from "../../format/instant";
import { words } from "../../format/words";
import { Contract } from "../../parts/Contract";
import { StateBadge } from "../../parts/outcomes";
import { Facts } from "../../components/Facts";

interface OfHop {
  trace: SignalTrace;
  hop: Hop;
}

export function OrderStep({ trace, hop }: OfHop) {
  const order = trace.orders.find((it) => it.engine === hop.engine && it.leg === hop.leg);
  if (!order) return null;
  return (
    <Facts
      of={[
        ["State", <StateBadge state={order.state} />],
        ["Order", <>{words(order.side)} {order.quantity} × <Contract symbol={order.contract} /></>],
        order.reserved_usd !== undefined && ["Set aside", <Money value={order.reserved_usd} />],
        order.chosen_at && ["Bid, ask then", <><Money value={order.chosen_at.bid} />, <Money value={order.chosen_at.ask} /></>],
        order.underlying_price !== undefined && ["Underlying", <Money value={order.underlying_price} />],
        order.valid_until !== undefined && ["Valid until", <Instant at={order.valid_until} />],
        order.reason !== undefined && ["Reason", words(order.reason)],
        (order.attempts ?? 0) > 0 && ["Tries without a quote", String(order.attempts)],
        order.failure && ["Failed", `${words(order.failure.reason)}: ${order.failure.detail}`],
      ]}
    />
  );
}

export function FillStep({ trace, hop }: OfHop) {
  const trade = trace.trades.find((it) => it.engine === hop.engine && it.leg === hop.leg);
  return trade ? <FillShown of={trade} /> : null;
}

export function FillShown({ of }: { of: Trade }) {
  const { quote } = of;
  return (
    <Facts
      of={[
        ["Price", <strong><Money value={of.fill_price} /></strong>],
        ["Quantity", String(of.quantity)],
        quote && ["Bid", <><Money value={quote.bid} /> × {quote.bid_size}</>],
        of.mid !== undefined && ["Mid", <Money value={of.mid} />],
        quote && ["Ask", <><Money value={quote.ask} /> × {quote.ask_size}</>],
        of.quote_age_ms !== undefined && ["Quote’s age", duration(of.quote_age_ms)],
        of.model !== undefined && ["Model", words(of.model)],
        quote && ["Provider", `${quote.provider} (${words(quote.timeliness)})`],
        of.underlying_close !== undefined && ["Settled at close", <Money value={of.underlying_close} />],
        ["Fees", <Money value={of.fee_usd} />],
      ]}
    />
  );
}
