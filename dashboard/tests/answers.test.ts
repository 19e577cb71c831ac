/** The answers at the top of the pages. */
import { expect, test } from "vitest";
import type { FeedSignal, HeldPosition } from "../src/api/types";
import { sumOf } from "../src/pages/overview/Answer";
import { changesOf, sumsOf } from "../src/pages/overview/EquityCurve";
import { noteMark } from "../src/pages/positions/marks";
import { nearest } from "../src/pages/positions/Open";
import { fates } from "../src/pages/Signals";

test("sums of money are exact to the cent", () => {
  expect(sumOf(["0.10", "0.20", "-0.30"])).toBe(0);
});

const held = (way: string | null, towards_stop: boolean, firing: string | null = null) =>
  ({ outlook: { way_percent: way, towards_stop, firing } }) as unknown as HeldPosition;

test("the nearest exit is the one that fires, then the one that is furthest on its way", () => {
  const [stop, target, fires, none] = [held("81", true), held("60", false), held("40", true, "max_hold_time"), held(null, true)];
  expect(nearest([target, stop, fires, none])).toBe(fires);
  expect(nearest([target, none, stop])).toBe(stop);
  expect(nearest([])).toBeUndefined();
});

test("the fates of signals are counted by engine's task", () => {
  const task = (state: string, kind?: string) => ({ state, rejection: kind && { class: kind } });
  const rows = [
    { tasks: [task("ordered"), task("rejected", "judgement")] },
    { tasks: [task("rejected", "capacity"), task("pending")] },
  ] as unknown as FeedSignal[];
  expect(fates(rows)).toBe(
    "1 ordered, 1 declined by judgement, 1 stopped by limits or circumstances, 1 waiting",
  );
});

test("today's curve begins at nothing", () => {
  const points = ["50000.00", "50012.50"].map((equity_usd, minute) => ({ at: `2026-11-30T14:3${minute}:00Z`, equity_usd }));
  const day = { engine: "A", date: "2026-11-30", points } as Parameters<typeof changesOf>[0];
  expect(changesOf(day).map((point) => point.value)).toEqual([0, 12.5]);
});

test("the curve of days begins at nothing on the day before", () => {
  const days = [{ date: "2026-03-01", cumulative_net_usd: "18.70" }] as Parameters<typeof sumsOf>[0];
  expect(sumsOf(days)).toEqual([
    { at: "2026-02-28", value: 0 },
    { at: "2026-03-01", value: 18.7 },
  ]);
  expect(sumsOf([])).toEqual([]);
});

test("a mark that is no newer isn't noted again", () => {
  noteMark("C", "2026-11-30T14:30:00Z", "4.20");
  expect(noteMark("C", "2026-11-30T14:30:00Z", "4.30")).toHaveLength(1);
  expect(noteMark("C", "2026-11-30T14:31:00Z", "4.30")).toHaveLength(2);
  expect(noteMark("C", undefined, null)).toHaveLength(2);
});
