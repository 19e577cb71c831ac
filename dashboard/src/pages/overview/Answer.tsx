/** The overview in one sentence. */
import type { DashboardMetrics } from "../../api/types";
import { Money } from "../../components/Figures";
import { numberOf } from "../../format/money";
import { counted } from "../../format/words";

/** The sum of both engines' amounts. */
export function sumOf(amounts: readonly string[]): number {
  const cents = amounts.map((amount) => Math.round((numberOf(amount) ?? 0) * 100));
  return cents.reduce((sum, one) => sum + one, 0) / 100;
}

export function Answer({ metrics }: { metrics: DashboardMetrics | undefined }) {
  if (!metrics) return <>&nbsp;</>;
  const { engines, health } = metrics;
  const today = sumOf(engines.map((engine) => engine.today_usd));
  const inAll = sumOf(engines.flatMap((engine) => [engine.realized_usd, engine.unrealized_usd]));
  const open = metrics.positions.length + metrics.shadow_positions.length;
  const complaints = health?.complaints.length ?? 0;
  return (
    <>
      Today <strong><Money value={today} signed live /></strong>, in all{" "}
      <strong><Money value={inAll} signed live /></strong>, {counted(open, "open position")}.{" "}
      {health === null && "Whether everything works can’t be told."}
      {health && (complaints === 0 ? "Everything works." : `${counted(complaints, "thing")} to look at.`)}
    </>
  );
}
