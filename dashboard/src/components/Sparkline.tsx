/** A small line without axes: which way something went. */
import { classes } from "./classes";

interface SparklineProps {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
  class?: string;
}

export function Sparkline({ values, label, width = 120, height = 32, class: name }: SparklineProps) {
  if (values.length < 2) return <svg class="sparkline" width={width} height={height} aria-hidden="true" />;
  return (
    <svg
      class={classes("sparkline", name)}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <polyline points={pointsOf(values, width, height)} />
    </svg>
  );
}

/** The line's points, with room for its own width at the edges. */
export function pointsOf(values: readonly number[], width: number, height: number): string {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const stepX = width / (values.length - 1);
  const y = (value: number) => (span === 0 ? height / 2 : 2 + (1 - (value - low) / span) * (height - 4));
  return values.map((value, index) => `${(index * stepX).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
}
