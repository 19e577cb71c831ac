/** What was typed and isn't saved yet, by setting. */
import type { FieldProblem } from "../../api/problem";
import { read } from "./forms";
import type { SettingShown } from "./types";

/** A text, or null: out of the table, so that environment or default hold again. */
export type Draft = Readonly<Record<string, string | null>>;

export interface Changes {
  values: Record<string, unknown>;
  problems: FieldProblem[];
}

/** The values that a draft would change, and what can't be read of it. */
export function changesIn(settings: readonly SettingShown[], draft: Draft): Changes {
  const changes: Changes = { values: {}, problems: [] };
  for (const setting of settings) {
    const text = draft[setting.name];
    if (text === undefined) continue;
    const reading = text === null ? { value: null } : read(setting, text);
    if (reading.problem !== undefined) {
      changes.problems.push({ field: setting.name, message: reading.problem });
    } else if (isOther(setting, reading.value)) {
      changes.values[setting.name] = reading.value;
    }
  }
  return changes;
}

function isOther(setting: SettingShown, value: unknown): boolean {
  if (value === null) return setting.source === "table";
  return JSON.stringify(value) !== JSON.stringify(setting.value);
}

/** The draft without these settings. */
export function without(draft: Draft, settings: readonly SettingShown[]): Draft {
  const gone = new Set(settings.map(({ name }) => name));
  return Object.fromEntries(Object.entries(draft).filter(([name]) => !gone.has(name)));
}

/** What was wrong with `name`; a problem may name a part of it, as in `weights.gamma`. */
export function problemAt(problems: readonly FieldProblem[], name: string): string | undefined {
  const own = ({ field }: FieldProblem) => field === name || field.startsWith(`${name}.`);
  return problems.find(own)?.message;
}
