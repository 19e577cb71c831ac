/** The figures of a held position. */
import type { HeldPosition, Watch } from "../../api/types";
import { Money, Percent } from "../../components/Figures";
import { Stat, Stats } from "../../components/Stat";
import { Age, Instant, Lasting } from "../../components/Times";
import { dateOf } from "../../format/instant";
import { counted } from "../../format/words";

export function HeldFigures({ of, watch }: { of: HeldPosition; watch: Watch | null }) {
  const { mark, unrealized } = of;
  return (
    <Stats>
      <Stat label="Mark" below={<>mid, <Age at={mark?.at} oldAfterMs={60_000} suffix=" old" /></>}>
        <Money value={of.mark_price} live />
      </Stat>
      <Stat label="Bid and ask" below={mark && `${mark.bid_size} × ${mark.ask_size}, ${mark.provider}`}>
        <Money value={mark?.bid} live /> <span class="muted">/</span> <Money value={mark?.ask} live />
      </Stat>
      <Stat label="P&L, net" below={<Percent value={unrealized?.percent} signed live />}>
        <Money value={unrealized?.net_usd} signed live />
      </Stat>
      <Stat label="At the worst side" below="sold at the bid"><Money value={unrealized?.at_worst_usd} signed live /></Stat>
      <Stat label="Today"><Money value={of.day_change_usd} signed live /></Stat>
      <Stat label="Entry" below={<Instant at={of.opened_at} />}><Money value={of.entry_price} /></Stat>
      <Stat label="Stop" below="of the mid"><Money value={of.outlook.stop_price} /></Stat>
      <Stat label="Target" below="of the mid"><Money value={of.outlook.target_price} /></Stat>
      <Stat label="Highest and lowest" below="mids seen">
        <Money value={watch?.peak} /> <span class="muted">/</span> <Money value={watch?.trough} />
      </Stat>
      <Stat label="Held"><Lasting since={of.opened_at} /></Stat>
      <Stat label="Expires" below={counted(of.dte, "day")}>{dateOf(of.expires_on)}</Stat>
    </Stats>
  );
}
