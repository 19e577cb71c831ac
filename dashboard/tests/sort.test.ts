/** The order and the filter of rows. */
import { expect, test } from "vitest";
import { filtered, sorted } from "../src/format/sort";
import { nextSorting } from "../src/table/TableHead";

const values = (rows: { v: number | string | null }[]) => rows.map((row) => row.v);
const rowsOf = (...all: (number | string | null)[]) => all.map((v) => ({ v }));

test("numbers by size, not by their digits", () => {
  expect(values(sorted(rowsOf(10, 9, -1), (row) => row.v, false))).toEqual([-1, 9, 10]);
});

test("absent values come last either way", () => {
  expect(values(sorted(rowsOf(null, 2, 1), (row) => row.v, false))).toEqual([1, 2, null]);
  expect(values(sorted(rowsOf(null, 1, 2), (row) => row.v, true))).toEqual([2, 1, null]);
});

test("equal rows keep their order", () => {
  const rows = [{ v: 1, n: "a" }, { v: 1, n: "b" }, { v: 0, n: "c" }];
  expect(sorted(rows, (row) => row.v, true).map((row) => row.n)).toEqual(["a", "b", "c"]);
});

test("every word of the filter has to be there", () => {
  const rows = rowsOf("SPY long A", "SPY short B", "QQQ long B");
  expect(values(filtered(rows, (row) => String(row.v), " long spy "))).toEqual(["SPY long A"]);
  expect(filtered(rows, (row) => String(row.v), "  ")).toHaveLength(3);
});

test("a number's heading begins with the largest, and turns round", () => {
  const column = { key: "v", title: "V", value: () => 0, isNumeric: true };
  const first = nextSorting(column, undefined);
  expect(first).toEqual({ key: "v", isDescending: true });
  expect(nextSorting(column, first)).toEqual({ key: "v", isDescending: false });
});
