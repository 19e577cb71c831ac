/** Tables: what the filter and the order leave, and what the CSV says. */
import { expect, test } from "vitest";
import { contractParts, contractWords } from "../src/format/contract";
import { moneyColumn, textColumn } from "../src/table/columns";
import { csvOf } from "../src/table/download";
import { arranged } from "../src/table/Table";

interface Row {
  name: string;
  net: string | null;
}

const ROWS: Row[] = [
  { name: "SPY", net: "-12.50" },
  { name: "=cmd", net: "110.00" },
  { name: "QQQ", net: null },
];
const COLUMNS = [
  textColumn<Row>("name", "Name", (row) => row.name),
  moneyColumn<Row>("net", "Net, $", (row) => row.net),
];

test("money sorts by size and keeps its own digits in the CSV", () => {
  const rows = arranged(ROWS, COLUMNS, "", { key: "net", isDescending: true });
  expect(rows.map((row) => row.name)).toEqual(["=cmd", "SPY", "QQQ"]);
  expect(csvOf(COLUMNS, rows)).toBe("Name,\"Net, $\"\r\n'=cmd,110.00\r\nSPY,-12.50\r\nQQQ,\r\n");
});

test("the filter looks at what the columns say", () => {
  expect(arranged(ROWS, COLUMNS, "qq", undefined)).toEqual([ROWS[2]]);
});

test("a contract in a trader's words", () => {
  expect(contractWords("SPY260213C00451000")).toBe("SPY 451 call Feb 13");
  expect(contractWords("BRKB270115P00002500")).toBe("BRKB 2.5 put Jan 15");
  expect(contractWords("SPY   260213C00451500")).toBe("SPY 451.5 call Feb 13");
  expect(contractWords("something")).toBe("something");
});

test("a contract's parts", () => {
  expect(contractParts("SPY260213P00451000")).toEqual({
    root: "SPY",
    expiration: "2026-02-13",
    right: "put",
    strike: 451,
  });
});
