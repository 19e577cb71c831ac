/** What a chart is told to draw. Colours are names of tokens, so that the theme decides. */

export type ColourToken = "engine-a" | "engine-b" | "gain" | "loss" | "accent" | "muted" | "warn";

export interface ChartPoint {
  /** An instant in milliseconds, or a date `2026-11-28`. */
  at: number | string;
  value: number;
}

export interface ChartLine {
  name: string;
  colour: ColourToken;
  kind?: "line" | "area" | "columns";
  isDashed?: boolean;
  isThin?: boolean;
  /** Steps from value to value instead of slopes. */
  isStepped?: boolean;
  points: readonly ChartPoint[];
}

/** A level across the whole chart: an entry, a stop, a target. */
export interface ChartLevel {
  value: number;
  title: string;
  colour: ColourToken;
}

export type ChartUnit = "usd" | "percent" | "number";

export interface ChartDrawing {
  lines: readonly ChartLine[];
  levels?: readonly ChartLevel[];
  unit: ChartUnit;
}
