/** Saves a table as a CSV file. */
import { csv } from "../format/csv";
import type { Column } from "./columns";

/** The rows as CSV, with every column, also those left out on narrow screens. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const head = columns.map((column) => column.csvTitle ?? column.title);
  const lines = rows.map((row) => columns.map((it) => (it.csv ? it.csv(row) : it.value(row))));
  return csv(head, lines);
}

export function saveCsv<Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): void {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  const file = new Blob(["\ufeff", csvOf(columns, rows)], { type: "text/csv;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `parallax-${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.csv`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
