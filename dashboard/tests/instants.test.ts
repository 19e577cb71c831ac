/** Instants in New York's time whatever the machine's zone, and durations. */
import { expect, test } from "vitest";
import { age, dateOf, duration, easternInstant, easternTime, utcInstant } from "../src/format/instant";

const WINTER = Date.parse("2026-11-30T14:30:05Z");
const SUMMER = Date.parse("2026-07-01T13:30:05Z");

test("the session opens at half past nine in winter and in summer", () => {
  expect(easternTime(WINTER)).toBe("09:30:05");
  expect(easternTime(SUMMER)).toBe("09:30:05");
});

test("midnight is 00, not 24", () => {
  expect(easternTime(Date.parse("2026-11-30T05:00:00Z"))).toBe("00:00:00");
});

test("another day is named, another year too", () => {
  expect(easternInstant(WINTER, WINTER + 3_600_000)).toBe("09:30:05");
  expect(easternInstant(SUMMER, WINTER)).toBe("Jul 1 09:30");
  expect(easternInstant(SUMMER, Date.parse("2027-01-02T12:00:00Z"))).toBe("Jul 1, 2026 09:30");
  expect(easternInstant(Number.NaN, WINTER)).toBe("–");
});

test("the hover says UTC", () => expect(utcInstant(WINTER)).toBe("2026-11-30 14:30:05 UTC"));

test("a date is the same date in every zone", () => expect(dateOf("2026-02-13")).toBe("Feb 13, 2026"));

test.each([
  [12.4, "12 ms"],
  [1_234, "1.2 s"],
  [65_000, "1 m 5 s"],
  [3_600_000, "1 h"],
  [100_000_000, "1 d 3 h"],
  [-5, "0 ms"],
  [null, "–"],
])("duration(%j) is %s", (ms, text) => expect(duration(ms)).toBe(text));

test.each([
  [400, "0 s"],
  [61_000, "1 m"],
  [7_300_000, "2 h"],
])("age(%j) is %s", (ms, text) => expect(age(ms)).toBe(text));
