/** Tables as CSV (RFC 4180) that no spreadsheet runs as a formula. */

export type CsvValue = string | number | boolean | null | undefined;

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
/** With these a spreadsheet begins a formula. */
const FORMULA = /^[\s]*[=+\-@\t\r|%]/;

export function csvCell(value: CsvValue): string {
  const text = value === null || value === undefined ? "" : String(value);
  const isDangerous = FORMULA.test(text) && !NUMBER.test(text);
  const safe = isDangerous ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(head: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(csvCell).join(","));
  return `${lines.join("\r\n")}\r\n`;
}
