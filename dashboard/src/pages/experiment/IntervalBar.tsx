/** An interval as a bar around zero: apart from zero it is coloured, over zero it is grey. */
import type { Range } from "./kinds";
import { FIELD, placed, spanOf } from "./interval";

interface IntervalBarProps {
  difference: number;
  range: Range;
  /** What half of the field stands for; the interval's own reach unless told. */
  span?: number;
  label: string;
}

export function IntervalBar({ difference, range, span = spanOf([range]), label }: IntervalBarProps) {
  const { from, to, at, isApart } = placed(difference, range, span);
  const tone = isApart ? (difference > 0 ? "interval-gain" : "interval-loss") : "interval-open";
  return (
    <svg class="interval" viewBox={`0 0 ${FIELD} 14`} preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <rect class="bar-ground" x="0" y="6.5" width={FIELD} height="1" />
      <rect class={tone} x={from} y="4" width={Math.max(1, to - from)} height="6" />
      <line class="interval-zero" x1={FIELD / 2} x2={FIELD / 2} y1="0" y2="14" />
      <line class="interval-at" x1={at} x2={at} y1="1" y2="13" />
    </svg>
  );
}
