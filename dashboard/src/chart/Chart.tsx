/** A chart of lines over time. The library that draws it is loaded when the first one is shown. */
import "./chart.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { tell } from "../app/toasts";
import { useStore } from "../app/store";
import { theme } from "../look/theme";
import type { DrawnChart } from "./draw";
import type { ChartDrawing } from "./kinds";

interface ChartProps extends ChartDrawing {
  /** What the chart shows, in one sentence, for those who don't see it. */
  summary: string;
  height?: "low" | "middle" | "tall";
}

export function Chart({ summary, height = "middle", ...drawing }: ChartProps) {
  const ground = useRef<HTMLDivElement>(null);
  const drawn = useChart(ground, drawing);
  return (
    <figure class="chart" aria-label={summary}>
      <Legend {...drawing} />
      <div ref={ground} class={`chart-ground chart-${height}`}>
        {!drawn && <span class="skeleton-line chart-waiting" />}
      </div>
    </figure>
  );
}

function useChart(ground: { current: HTMLDivElement | null }, drawing: ChartDrawing): boolean {
  const [chart, setChart] = useState<DrawnChart | null>(null);
  const shownTheme = useStore(theme);
  useEffect(() => {
    let isGone = false;
    let made: DrawnChart | null = null;
    const draw = async () => {
      const { drawChart } = await import("./draw");
      if (isGone || !ground.current) return;
      made = drawChart(ground.current, drawing.unit);
      setChart(made);
    };
    draw().catch(() => tell("loss", "The charts can't be loaded."));
    return () => {
      isGone = true;
      made?.remove();
      setChart(null);
    };
  }, [shownTheme, drawing.unit]);
  useEffect(() => chart?.show(drawing), [chart, drawing.lines, drawing.levels]);
  return chart !== null;
}

function Legend({ lines, levels = [] }: ChartDrawing) {
  return (
    <figcaption class="chart-legend">
      {lines.filter((line) => line.name).map((line) => (
        <span key={line.name} class={`legend legend-${line.colour} ${line.isDashed ? "legend-dashed" : ""}`}>
          {line.name}
        </span>
      ))}
      {levels.map((level) => (
        <span key={level.title} class={`legend legend-${level.colour} legend-dotted`}>
          {level.title}
        </span>
      ))}
    </figcaption>
  );
}
