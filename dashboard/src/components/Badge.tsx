/** A short word in a box: a state, an engine, an outcome. */
import type { ComponentChildren } from "preact";
import { classes } from "./classes";

export type BadgeTone = "plain" | "gain" | "loss" | "warn" | "accent";

export function Badge({ tone = "plain", children }: { tone?: BadgeTone; children: ComponentChildren }) {
  return <span class={classes("badge", `badge-${tone}`)}>{children}</span>;
}

/** Engine A or B, always in its colour and by its letter. */
export function EngineMark({ engine }: { engine: string }) {
  return (
    <span class={`engine engine-${engine.toLowerCase()}`}>
      <span class="visually-hidden">Engine </span>
      {engine}
    </span>
  );
}
