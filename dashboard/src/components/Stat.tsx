/** One figure with its name above and what belongs to it below. */
import type { ComponentChildren } from "preact";

interface StatProps {
  label: ComponentChildren;
  children: ComponentChildren;
  below?: ComponentChildren;
}

export function Stat({ label, children, below }: StatProps) {
  return (
    <div class="stat">
      <dt>{label}</dt>
      <dd>
        <span class="stat-value">{children}</span>
        {below && <span class="stat-below">{below}</span>}
      </dd>
    </div>
  );
}

export function Stats({ children }: { children: ComponentChildren }) {
  return <dl class="stats">{children}</dl>;
}
