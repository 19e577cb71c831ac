/** The stack's clock: anywhere, and at any speed. */
import { expect, test } from "vitest";
import { ServerClock } from "../src/api/clock";

const START = Date.parse("2026-03-02T14:30:00Z");
const at = (ms: number) => new Date(START + ms).toISOString();

test("without a word from the stack it is our own", () => {
  expect(new ServerClock().nowMs(5)).toBe(5);
  expect(new ServerClock().isKnown).toBe(false);
});

test("it goes on from the last word", () => {
  const clock = new ServerClock();
  clock.note(at(0), 1_000);
  expect(clock.nowMs(4_000)).toBe(START + 3_000);
});

test("small delays of answers don't make it fast", () => {
  const clock = new ServerClock();
  clock.note(at(0), 0);
  clock.note(at(5_300), 5_000);
  expect(clock.nowMs(15_000)).toBe(START + 15_300);
});

test("an hour a minute is seen after two words", () => {
  const clock = new ServerClock();
  clock.note(at(0), 0);
  clock.note(at(300_000), 5_000);
  expect(clock.nowMs(6_000)).toBe(START + 360_000);
});

test("a clock that was set back is followed", () => {
  const clock = new ServerClock();
  clock.note(at(0), 0);
  clock.note(at(5_000), 5_000);
  clock.note(at(-86_400_000), 10_000);
  expect(clock.nowMs(11_000)).toBe(START - 86_400_000 + 1_000);
});

test("a header that is no instant changes nothing", () => {
  const clock = new ServerClock();
  clock.note("soon", 0);
  clock.note(null, 0);
  expect(clock.isKnown).toBe(false);
});
