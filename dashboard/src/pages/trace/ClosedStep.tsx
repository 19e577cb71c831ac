/** How a position ended: its result at the modelled price, at the mid, and at the worst side. */
import type { Position, SignalTrace } from "../../api/types";
import { Money, Percent } from "../../components/Figures";
import { Stat, Stats } from "../../components/Stat";
import { Lasting } from "../../components/Times";
import { words } from "../../format/words";

export function ClosedStep({ trace, engine }: { trace: SignalTrace; engine: string | null }) {
  const position = trace.positions.find((it) => it.engine === engine);
  return position ? <Result of={position} /> : null;
}

export function Result({ of }: { of: Position }) {
  const { realized } = of;
  if (!realized) return null;
  return (
    <Stats>
      <Stat label="Net" below={<><Money value={realized.fees_usd} /> of fees</>}>
        <Money value={realized.net_usd} signed />
      </Stat>
      <Stat label="Gross, as modelled" below={<Percent value={realized.percent} signed />}>
        <Money value={realized.gross_usd} signed />
      </Stat>
      <Stat label="At the mid" below="before fees"><Money value={realized.at_mid_usd} signed /></Stat>
      <Stat label="At the worst side" below="before fees"><Money value={realized.at_worst_usd} signed /></Stat>
      <Stat label="Entry to exit" below={of.exit_reason && words(of.exit_reason)}>
        <Money value={of.entry_price} /> → <Money value={of.exit_price} />
      </Stat>
      <Stat label="Held" below={of.slippage_usd ? <>slippage <Money value={of.slippage_usd} signed /></> : undefined}>
        <Lasting since={of.opened_at} until={of.closed_at ?? null} />
      </Stat>
    </Stats>
  );
}
