/** Amounts as people read them: two decimals, thousands apart, a true minus. */

export const ABSENT = "–";
const MINUS = "−";

export type Decimal = string | number | null | undefined;

/** The number in a decimal string; none if it is absent or no number. */
export function numberOf(value: Decimal): number | null {
  if (value === null || value === undefined || value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

const grouped = new Map<string, Intl.NumberFormat>();

function digits(value: number, least: number, most: number): string {
  const key = `${least}-${most}`;
  const known = grouped.get(key);
  const options = { minimumFractionDigits: least, maximumFractionDigits: most };
  const format = known ?? new Intl.NumberFormat("en-US", options);
  grouped.set(key, format);
  return format.format(Math.abs(value));
}

function signOf(value: number, shown: string, withPlus: boolean): string {
  const isZero = !/[1-9]/.test(shown);
  if (isZero) return "";
  if (value < 0) return MINUS;
  return withPlus ? "+" : "";
}

function written(value: Decimal, before: string, after: string, how: Written): string {
  const number = numberOf(value);
  if (number === null) return ABSENT;
  const shown = digits(number, how.least, how.most);
  return `${signOf(number, shown, how.withPlus)}${before}${shown}${after}`;
}

interface Written {
  least: number;
  most: number;
  withPlus: boolean;
}

/** `$1,234.50`. */
export function usd(value: Decimal): string {
  return written(value, "$", "", { least: 2, most: 2, withPlus: false });
}

/** `+$12.50` or `−$12.50`: a gain or a loss. */
export function signedUsd(value: Decimal): string {
  return written(value, "$", "", { least: 2, most: 2, withPlus: true });
}

/** `45.3 %`. */
export function percent(value: Decimal, decimals = 1): string {
  return written(value, "", "\u00a0%", { least: decimals, most: decimals, withPlus: false });
}

/** `+4.2 %`: a gain or a loss. */
export function signedPercent(value: Decimal, decimals = 1): string {
  return written(value, "", "\u00a0%", { least: decimals, most: decimals, withPlus: true });
}

/** A plain number with as many decimals as it needs, at most `most`. */
export function plain(value: Decimal, most = 2, least = 0): string {
  return written(value, "", "", { least, most, withPlus: false });
}
