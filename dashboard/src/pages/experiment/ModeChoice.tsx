/** How signals are shared out between the engines. */
import type { Mode } from "./kinds";

const MODES: readonly { mode: Mode; title: string; told: string }[] = [
  { mode: "paired", title: "Paired", told: "Each signal goes to both. It sees an effect with a fraction of the signals." },
  { mode: "split", title: "Split", told: "Each signal goes to one engine, by chance." },
];

export function ModeChoice({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  return (
    <fieldset class="modes">
      <legend>Mode</legend>
      {MODES.map((one) => (
        <label key={one.mode}>
          <input type="radio" name="mode" checked={one.mode === mode} onChange={() => onChange(one.mode)} />
          <span><strong>{one.title}</strong> <span class="muted small">{one.told}</span></span>
        </label>
      ))}
    </fieldset>
  );
}
