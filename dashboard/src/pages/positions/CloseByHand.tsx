/** Closes a position by hand, after showing the price to expect. */
import type { HeldPosition } from "../../api/types";
import { may, session } from "../../api/session";
import { useStore } from "../../app/store";
import { Confirm } from "../../components/Confirm";
import { Money } from "../../components/Figures";
import { Age, Instant } from "../../components/Times";
import { numberOf } from "../../format/money";
import { closeByHand } from "./close";

export function CloseByHand({ of }: { of: HeldPosition }) {
  const me = useStore(session);
  if (of.exit_request) return <Requested of={of} />;
  if (of.state !== "open" || !may(me, "admin")) return null;
  return (
    <Confirm
      label="Close position"
      question={<Expected of={of} />}
      confirm={`Sell ${of.quantity} now`}
      isDangerous
      onConfirm={() => closeByHand(of.signal_id, of.engine)}
    />
  );
}

/** A contract delivers a hundred shares. */
const SHARES = 100;

function Expected({ of }: { of: HeldPosition }) {
  const { mark } = of;
  if (!mark) return <>No price is there yet; it is sold at the first fresh quote.</>;
  const proceeds = (price: string | null) => (numberOf(price) ?? 0) * of.quantity * SHARES;
  return (
    <>
      Expect about <strong><Money value={mark.bid} /></strong> (bid) to <strong><Money value={of.mark_price} /></strong>{" "}
      (mid) a share: <Money value={proceeds(mark.bid)} /> to <Money value={proceeds(of.mark_price)} />. The
      quote is <Age at={mark.at} oldAfterMs={60_000} /> old; a fresh one decides.
    </>
  );
}

function Requested({ of }: { of: HeldPosition }) {
  const by = of.exit_request?.name ?? "an alert";
  return (
    <span class="warn">
      Close asked for by {by} <Instant at={of.exit_request?.requested_at} />
    </span>
  );
}
