/** How far a position is on its way to the stop or to the target. */
import type { HeldPosition } from "../api/types";
import { Bar } from "../components/Bar";
import { numberOf, percent, plain } from "../format/money";
import { words } from "../format/words";

/** `62 % of the way to the stop`. */
export function wayWords({ outlook }: HeldPosition): string {
  if (outlook.firing) return `exit now: ${words(outlook.firing)}`;
  if (outlook.way_percent === null) return "no price yet";
  return `${percent(outlook.way_percent, 0)} of the way to the ${outlook.towards_stop ? "stop" : "target"}`;
}

/** The way as one number: negative towards the stop, positive towards the target. */
export function wayOf({ outlook }: HeldPosition): number | null {
  const way = numberOf(outlook.way_percent);
  return way === null ? null : outlook.towards_stop ? -way : way;
}

export function ExitBar({ of }: { of: HeldPosition }) {
  const { stop_price, target_price } = of.outlook;
  const label = `${wayWords(of)}; stop at ${plain(stop_price)}, target at ${plain(target_price)}`;
  return (
    <span class="exit-bar" title={label}>
      <Bar stop={-100} target={100} value={wayOf(of)} label={label} />
      <span class={of.outlook.firing ? "warn small" : "muted small"}>{wayWords(of)}</span>
    </span>
  );
}
