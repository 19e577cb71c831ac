/** A position's fills, and orders that didn't fill. */
import type { PositionDetail } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Instant } from "../../components/Times";
import { sentence, words } from "../../format/words";
import { StateBadge } from "../../parts/outcomes";
import { FillShown } from "../trace/OrderStep";

export function Fills({ detail }: { detail: PositionDetail }) {
  return (
    <Panel title="Orders and fills">
      <ul class="fills">
        {detail.orders.map((order) => {
          const trade = detail.trades.find((it) => it.order_id === order.order_id);
          return (
            <li key={order.order_id}>
              <h3>
                {sentence(order.leg).replace(":", " ")} <StateBadge state={order.state} />{" "}
                <span class="muted"><Instant at={trade?.filled_at ?? order.created_at} /></span>
              </h3>
              {trade && <FillShown of={trade} />}
              {order.failure && <p class="warn">{words(order.failure.reason)}: {order.failure.detail}</p>}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
