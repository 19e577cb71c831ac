/** Amounts, per cent and plain numbers as text. */
import { expect, test } from "vitest";
import { percent, plain, signedPercent, signedUsd, usd } from "../src/format/money";

test.each([
  ["1234.5", "$1,234.50"],
  ["0.005", "$0.01"],
  ["-3", "−$3.00"],
  ["", "–"],
  [null, "–"],
  ["no number", "–"],
])("usd(%j) is %s", (value, text) => expect(usd(value)).toBe(text));

test.each([
  ["12.5", "+$12.50"],
  ["-12.5", "−$12.50"],
  ["0", "$0.00"],
  ["-0.001", "$0.00"],
])("signedUsd(%j) is %s", (value, text) => expect(signedUsd(value)).toBe(text));

test("per cent keeps its decimals and its sign", () => {
  expect(percent("45.25")).toBe("45.3\u00a0%");
  expect(signedPercent("-4.2", 2)).toBe("−4.20\u00a0%");
});

test("a plain number has only the decimals that it needs", () => {
  expect(plain("1200")).toBe("1,200");
  expect(plain("0.12345", 4)).toBe("0.1235");
});
