/** CSV: quoting, and nothing that a spreadsheet would run. */
import { expect, test } from "vitest";
import { csv, csvCell } from "../src/format/csv";

test.each([
  ["plain", "plain"],
  ['say "hi"', '"say ""hi"""'],
  ["a,b", '"a,b"'],
  ["two\nlines", '"two\nlines"'],
  [" padded", '" padded"'],
  [-12.5, "-12.5"],
  ["-12.50", "-12.50"],
  ["+1e3", "+1e3"],
  [null, ""],
  [undefined, ""],
  [false, "false"],
])("the cell of %j is %j", (value, cell) => expect(csvCell(value)).toBe(cell));

test.each(["=1+1", "+SUM(A1)", "-2+3", "@now", "\t=1", '=HYPERLINK("http://x")', " =1", "-1|x"])(
  "%j isn't a formula any more",
  (value) => expect(csvCell(value).replace(/^"/, "")).toMatch(/^'/),
);

test("lines end as the standard says", () => {
  expect(csv(["a", "b"], [[1, "x"], [2, null]])).toBe("a,b\r\n1,x\r\n2,\r\n");
});
