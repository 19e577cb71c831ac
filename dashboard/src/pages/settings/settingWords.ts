/** Settings in words: their names, and their values as people read them. */
import { duration } from "../../format/instant";
import { ABSENT, percent, plain, usd } from "../../format/money";
import { words } from "../../format/words";

const CAPITALS: Readonly<Record<string, string>> = { dte: "DTE", usd: "USD", sec: "SEC" };

/** `min_dte_exit` as `min DTE exit`. */
export function settingWords(name: string): string {
  const told = words(name).replace(/\b(dte|usd|sec)\b/g, (word) => CAPITALS[word] ?? word);
  return told.replace(/ ([ab])$/, (_, engine: string) => ` ${engine.toUpperCase()}`);
}

const UNITS: readonly [ending: RegExp, write: (value: string | number) => string][] = [
  [/_percent$/, (value) => percent(value, decimalsOf(value))],
  [/_percentage$/, (value) => percent(value, decimalsOf(value))],
  [/_usd$/, (value) => usd(value)],
  [/_ms(_max)?$/, (value) => duration(Number(value))],
  [/_s$/, (value) => `${plain(value)} s`],
  [/_minutes$/, (value) => `${plain(value)} min`],
  [/_hours$/, (value) => `${plain(value)} h`],
  [/_points$/, (value) => `${plain(value)} points`],
];

function decimalsOf(value: string | number): number {
  return String(value).split(".")[1]?.length ?? 0;
}

/** A value of the setting `name`, with its unit. */
export function valueWords(name: string, value: unknown): string {
  if (value === null || value === undefined) return ABSENT;
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  if (typeof value === "object") return objectWords(value);
  const given = value as string | number;
  if (given === "" || Number.isNaN(Number(given))) return words(String(given));
  const write = UNITS.find(([ending]) => ending.test(name))?.[1];
  return write ? write(given) : plain(given, 6);
}

function objectWords(value: object): string {
  const entries = Object.entries(value).map(([name, one]) => `${words(name)} ${plainly(one)}`);
  return entries.length === 0 ? "nothing of its own" : entries.join(", ");
}

function plainly(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
