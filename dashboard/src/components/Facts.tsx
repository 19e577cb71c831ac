/** Small facts side by side: a name and what it says. */
import type { ComponentChildren } from "preact";

export type Fact = readonly [name: string, shown: ComponentChildren] | null | false | "" | undefined;

/** Facts that are absent are left out. */
export function Facts({ of }: { of: readonly Fact[] }) {
  return (
    <dl class="facts">
      {of.map((fact) => fact && (
        <div key={fact[0]}>
          <dt>{fact[0]}</dt>
          <dd>{fact[1]}</dd>
        </div>
      ))}
    </dl>
  );
}
