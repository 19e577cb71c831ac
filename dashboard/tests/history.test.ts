/** History: days, sums and the calendar. */
import { describe, expect, it } from "vitest";
import type { EngineCurve } from "../src/api/types";
import { type Day, daysOf, resultOf } from "../src/pages/history/days";
import { sliceWords, sums } from "../src/pages/history/dimensions";
import { dayAfterKey, monthsOf, shortUsd, strengthOf, weekdaysOf } from "../src/pages/history/months";
import { daysBefore, easternDate, spanOf, spanProblem, statsUrl } from "../src/pages/history/span";
import type { Slice } from "../src/pages/history/types";

const day = (date: string, netUsd = 1): Day => ({ date, netUsd, positions: 1, wins: netUsd > 0 ? 1 : 0 });

function curve(engine: "A" | "B", nets: Record<string, string>): EngineCurve {
  const days = Object.entries(nets).map(([date, net_usd]) => ({ date, net_usd, positions: 2, wins: 1 }));
  return { engine, days } as unknown as EngineCurve;
}

describe("the span", () => {
  it("is the last days, with today by New York's date", () => {
    expect(easternDate(Date.parse("2026-11-30T03:00:00Z"))).toBe("2026-11-29");
    expect(daysBefore("2026-03-10", 30)).toBe("2026-02-08");
    expect(spanOf({ days: "30", from: "", to: "" }, "2026-11-30")).toEqual({ from: "2026-10-31", to: null });
  });

  it("takes own dates, and the usual where they make no sense", () => {
    expect(spanOf({ days: "own", from: "2026-01-01", to: "2026-02-01" }, "2026-11-30").to).toBe("2026-02-01");
    expect(spanOf({ days: "own", from: "2026-03-01", to: "2026-02-01" }, "2026-11-30").from).toBe("2026-09-01");
    expect(spanOf({ days: "x", from: "", to: "" }, "2026-11-30").from).toBe("2026-09-01");
  });

  it("says what is wrong with two dates", () => {
    expect(spanProblem("2026-01-01", "2026-01-01")).toBeNull();
    expect(spanProblem("2026-01-02", "2026-01-01")).toContain("after");
    expect(spanProblem("", "2026-01-01")).toContain("both");
    expect(spanProblem("2024-01-01", "2026-01-01")).toContain("two years");
  });

  it("makes the address", () => {
    expect(statsUrl({ from: "2026-01-01", to: null })).toBe("/api/history/stats?from=2026-01-01");
    expect(statsUrl({ from: "2026-01-01", to: "2026-02-01" })).toContain("&to=2026-02-01");
  });
});

describe("days", () => {
  const curves = [curve("A", { "2026-11-03": "0.10", "2026-11-02": "5" }), curve("B", { "2026-11-03": "0.20" })];

  it("add both engines exactly, oldest first", () => {
    expect(daysOf(curves, null)).toEqual([
      { date: "2026-11-02", netUsd: 5, positions: 2, wins: 1 },
      { date: "2026-11-03", netUsd: 0.3, positions: 4, wins: 2 },
    ]);
  });

  it("are of one engine if asked for", () => {
    expect(daysOf(curves, "B").map(({ date }) => date)).toEqual(["2026-11-03"]);
  });

  it("make a result", () => {
    const found = resultOf([day("2026-11-02", 0.1), day("2026-11-03", 0.2), day("2026-11-04", -4)]);
    expect(found).toEqual({ netUsd: -3.7, positions: 3, wins: 2, gainDays: 2, lossDays: 1 });
  });
});

describe("the calendar", () => {
  it("begins weeks on Monday and leaves weekends out", () => {
    // November 2026 begins on a Sunday.
    const [month] = monthsOf([day("2026-11-03")], "2026-11-01", "2026-11-30");
    expect(month?.title).toBe("November 2026");
    expect(month?.weeks[0]?.map((cell) => cell?.dayOfMonth)).toEqual([2, 3, 4, 5, 6]);
    expect(month?.weeks.at(-1)?.map((cell) => cell?.dayOfMonth)).toEqual([30, undefined, undefined, undefined, undefined]);
    expect(month?.weeks[0]?.[1]?.day?.date).toBe("2026-11-03");
  });

  it("shows weekends where something was closed on one", () => {
    const days = [day("2026-11-28")];
    expect(weekdaysOf(days)).toHaveLength(7);
    const [month] = monthsOf(days, "2026-11-28", "2026-11-29");
    expect(month?.weeks[0]?.map((cell) => cell?.dayOfMonth)).toEqual([undefined, undefined, undefined, undefined, undefined, 28, 29]);
  });

  it("goes through the turn of a year", () => {
    expect(monthsOf([], "2026-12-30", "2027-01-04").map(({ key }) => key)).toEqual(["2026-12", "2027-01"]);
  });

  it("is stronger for stronger results", () => {
    expect([0, 5, -30, 90].map((net) => strengthOf(net, 100))).toEqual([0, 1, 2, 3]);
  });

  it.each([
    [120.4, "+$120"],
    [-1_234, "−$1.2k"],
    [25_600, "+$26k"],
    [0, "$0"],
    [0.4, "$0"],
  ])("writes %d as %s", (amount, text) => expect(shortUsd(amount)).toBe(text));

  it("is walked by keys, from result to result", () => {
    const days = ["2026-11-02", "2026-11-06", "2026-11-13"].map((date) => day(date));
    expect(dayAfterKey(days, "2026-11-02", "ArrowRight")).toBe("2026-11-06");
    expect(dayAfterKey(days, "2026-11-06", "ArrowDown")).toBe("2026-11-13");
    expect(dayAfterKey(days, "2026-11-13", "ArrowUp")).toBe("2026-11-06");
    expect(dayAfterKey(days, "2026-11-13", "ArrowRight")).toBe("2026-11-13");
    expect(dayAfterKey(days, "2026-11-06", "Home")).toBe("2026-11-02");
    expect(dayAfterKey(days, "2026-11-06", "a")).toBeNull();
  });
});

describe("slices", () => {
  const slice = (name: string, net_usd: string, engine = "A") => ({ name, net_usd, engine }) as Slice;

  it("are added over both engines, the most first", () => {
    const found = sums([slice("SPY", "-1.10"), slice("QQQ", "3"), slice("SPY", "0.30", "B")]);
    expect(found).toEqual([{ name: "QQQ", netUsd: 3 }, { name: "SPY", netUsd: -0.8 }]);
  });

  it("are named by what they are", () => {
    expect(sliceWords("hour", slice("9", "0"))).toBe("09:00");
    expect(sliceWords("strategy", slice("-", "0"))).toBe("not told");
    expect(sliceWords("engine", slice("total", "0", "B"))).toBe("Committee");
  });
});
