/** How far a value is on its way: to the stop on the left, to the target on the right. */

interface BarProps {
  /** Minus the stop's distance to plus the target's, in the same unit as `value`. */
  stop: number | null;
  target: number | null;
  value: number | null;
  label: string;
}

const HALF = 50;

/** Where the value stands, from 0 (stop) over 50 (entry) to 100 (target). */
export function placeOnBar(value: number, stop: number | null, target: number | null): number {
  const limit = value < 0 ? stop : target;
  if (limit === null || limit === 0) return HALF;
  const share = Math.min(1, Math.abs(value / limit));
  return HALF + (value < 0 ? -share : share) * HALF;
}

export function Bar({ stop, target, value, label }: BarProps) {
  if (value === null) return <span class="muted">–</span>;
  const at = placeOnBar(value, stop, target);
  const from = Math.min(HALF, at);
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <rect class="bar-ground" x="0" y="2" width="100" height="4" />
      <rect class={value < 0 ? "bar-loss" : "bar-gain"} x={from} y="2" width={Math.abs(at - HALF)} height="4" />
      <line class="bar-entry" x1={HALF} x2={HALF} y1="0" y2="8" />
    </svg>
  );
}
