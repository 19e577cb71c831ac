/** A bar from the middle: to the right for, to the left against. */

interface VoteBarProps {
  points: number;
  /** How many points the half of the field stands for. */
  span: number;
  /** A limit on the same scale. */
  marker?: number;
  label: string;
}

const HALF = 100;

function Limit({ x }: { x: number }) {
  return <line class="vote-limit" x1={x} x2={x} y1="0" y2="12" />;
}

export function VoteBar({ points, span, marker, label }: VoteBarProps) {
  const length = Math.min(1, Math.abs(points) / span) * HALF;
  const x = points < 0 ? HALF - length : HALF;
  return (
    <svg class="vote-bar" viewBox="0 0 200 12" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="bar-ground" x="0" y="5.5" width="200" height="1" />
      <rect class={points < 0 ? "bar-loss" : "bar-gain"} x={x} y="2" width={length} height="8" />
      <line class="bar-entry" x1={HALF} x2={HALF} y1="0" y2="12" />
      {marker !== undefined && <Limit x={HALF + (marker / span) * HALF} />}
    </svg>
  );
}
