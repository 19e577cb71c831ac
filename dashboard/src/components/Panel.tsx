/** A part of a page under a heading of its own. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { classes } from "./classes";

interface PanelProps {
  title: string;
  /** At the right of the heading. */
  aside?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
}

export function Panel({ title, aside, children, class: name }: PanelProps) {
  const id = useId();
  return (
    <section class={classes("panel", name)} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {aside && <div class="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
