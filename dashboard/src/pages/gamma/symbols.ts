/** Which symbols can be chosen. */
import type { Settings } from "./kinds";

/** The symbols that may be traded, by the settings in force. */
export function allowedSymbols({ groups }: Pick<Settings, "groups">): string[] {
  const rules = groups.find((group) => group.kind === "trading_rules");
  const value: unknown = rules?.settings.find((setting) => setting.name === "allowed_symbols")?.value;
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** What was typed as a symbol, if it can be one. */
export function symbolOf(typed: string): string | null {
  const symbol = typed.trim().toUpperCase();
  return /^[A-Z][A-Z0-9.]{0,9}$/.test(symbol) ? symbol : null;
}
