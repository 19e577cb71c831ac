/** What each version of settings changed, told by the version before it. */
import { settingWords, valueWords } from "./settingWords";
import type { SettingsChange } from "./types";

export interface Difference {
  name: string;
  before: unknown;
  after: unknown;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** By name; a value that is absent isn't in that version's table. */
export function differences(before: SettingsChange["values"], after: SettingsChange["values"]): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changed = names.filter((name) => !same(before[name], after[name]));
  return changed.map((name) => ({ name, before: before[name], after: after[name] }));
}

/** The version before, if it is among those that are known; the first one has nothing before it. */
export function valuesBefore(
  change: SettingsChange,
  known: readonly SettingsChange[],
): SettingsChange["values"] | null {
  if (change.version <= 1) return {};
  const earlier = known.find(({ kind, version }) => kind === change.kind && version === change.version - 1);
  return earlier?.values ?? null;
}

/** What a change did, a line for each value. */
export function changeLines(change: SettingsChange, known: readonly SettingsChange[]): string[] {
  const before = valuesBefore(change, known);
  if (before === null) {
    return Object.entries(change.values).map(([name, value]) => `${settingWords(name)}: ${valueWords(name, value)}`);
  }
  const found = differences(before, change.values).map(lineOf);
  return found.length > 0 ? found : ["nothing of the values"];
}

function lineOf({ name, before, after }: Difference): string {
  const told = (value: unknown) => (value === undefined ? "default" : valueWords(name, value));
  return `${settingWords(name)}: ${told(before)} → ${told(after)}`;
}
