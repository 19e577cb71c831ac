/** What a drawing shows as a table, opened on demand. */
import "./asTable.css";
import type { ComponentChildren } from "preact";

export function AsTable({ children }: { children: ComponentChildren }) {
  return (
    <details class="as-table">
      <summary>As a table</summary>
      {children}
    </details>
  );
}
