/** The experiment's page: words, intervals, and the plan of a new one. */
import { expect, test } from "vitest";
import { activityLines } from "../src/pages/experiment/activity";
import { FIRST_PLAN, planProblems, requestOf } from "../src/pages/experiment/begin";
import { choiceHref, chosenBy, reportUrl } from "../src/pages/experiment/Choice";
import { courseLines } from "../src/pages/experiment/course";
import { pWords, signedShareOf } from "../src/pages/experiment/figures";
import { placed, spanOf } from "../src/pages/experiment/interval";
import type { Activity, Difference, Lack, Outlook } from "../src/pages/experiment/kinds";
import { testLines } from "../src/pages/experiment/tests";
import { lackWords, ratioWords, waitWords } from "../src/pages/experiment/told";

test("the address chooses the report: the newest, one by its name, or days", () => {
  expect(reportUrl("")).toBe("/api/experiment/report");
  expect(reportUrl("?id=committee-1")).toBe("/api/experiment/report?id=committee-1");
  expect(reportUrl("?days=30&id=x")).toBe("/api/experiment/report?days=30");
  expect(choiceHref("days=7")).toBe("/experiment?days=7");
  expect(choiceHref("")).toBe("/experiment");
  expect([chosenBy("?id=new", "new"), chosenBy("?id=old", "new"), chosenBy("?days=14", "new")]).toEqual(["", "id=old", "days=14"]);
});

test("a share of 0.0311 is 3.11 %, with its sign", () => {
  expect(signedShareOf(0.0311)).toBe("+3.11\u00a0%");
  expect(signedShareOf(null)).toBe("–");
});

test("a p-value that is very small is told by its bound", () => {
  expect([pWords(0.0004), pWords(0.0311), pWords(null)]).toEqual(["< 0.001", "0.031", "–"]);
});

test("an interval lies around zero in the middle, on the scale of the widest", () => {
  const wide = { low: -0.04, high: 0.02 };
  const narrow = { low: 0.01, high: 0.02 };
  const span = spanOf([wide, null, narrow]);
  expect(span).toBe(0.04);
  expect(placed(-0.01, wide, span)).toEqual({ from: 0, to: 150, at: 75, isApart: false });
  expect(placed(0.015, narrow, span)).toMatchObject({ from: 125, to: 150, isApart: true });
  expect(placed(0, { low: 0, high: 0 }, 0).at).toBe(100);
});

test("the plan is checked before it is sent", () => {
  const plan = { ...FIRST_PLAN, experiment_id: "committee-1", hypothesis: "B is better" };
  expect(planProblems(plan, [])).toEqual({});
  expect(Object.keys(planProblems(plan, ["committee-1"]))).toEqual(["experiment_id"]);
  const wrong = { ...plan, experiment_id: "No!", hypothesis: " ", expected_effect_percent: "0", signals_per_engine: "19", sessions: "1.5" };
  expect(Object.keys(planProblems(wrong, [])).sort()).toEqual(
    ["expected_effect_percent", "experiment_id", "hypothesis", "sessions", "signals_per_engine"],
  );
});

test("the share of A is sent and checked in split mode alone", () => {
  const plan = { ...FIRST_PLAN, experiment_id: "x", hypothesis: "y", split_percentage: "120" };
  expect(planProblems({ ...plan, mode: "paired" }, [])).toEqual({});
  expect(planProblems({ ...plan, mode: "split" }, [])).toHaveProperty("split_percentage");
  expect(requestOf({ ...plan, mode: "paired" })).not.toHaveProperty("split_percentage");
  expect(requestOf({ ...plan, mode: "split", split_percentage: "30" })).toMatchObject({ split_percentage: 30, expected_effect_percent: "5" });
});

test("what is lacking is told with what there is", () => {
  const lack: Lack = { lack: "below_planned_signals", compared: [30, 28], planned: 100 };
  expect(lackWords(lack)).toBe("100 signals were planned for each engine; A has 30, B has 28.");
});

test("a sample ratio tells both shares", () => {
  const check = { state: "compared", alarm: 0.001, expected: [50, 50], signals: [62, 38], p: 0.02, is_mismatch: false } as const;
  expect(ratioWords({ ...check, expected: [50, 50], signals: [62, 38] })).toBe(
    "As it should be: A 62, B 38, of 50 and 50 expected (p 0.020).",
  );
});

test("how long it still takes is told as far as it can be", () => {
  const outlook: Outlook = { alpha: 0.05, power: 0.8 };
  expect(waitWords(outlook)).toBe("It can't be told yet how long it takes.");
  expect(waitWords({ ...outlook, more_sessions: 1, more_signals_per_engine: 8 })).toBe(
    "About 1 trading day more, with 8 signals for each engine.",
  );
  expect(waitWords({ ...outlook, more_sessions: 0, more_signals_per_engine: 0 })).toMatch(/large enough/);
});

test("a test that can't be made says why, and has no number", () => {
  const absent = { absent: "fewer than 20 days" };
  const of: Difference = {
    metric: "net_return_per_signal",
    a: { n: 0 },
    b: { n: 0 },
    compared: [0, 0],
    welch: absent,
    by_day: absent,
    bootstrap: { difference: 0.1, interval: { low: 0, high: 0.2 }, replicates: 9, days: 3 },
    sequential: { days: 0, figures: absent, course: [] },
  };
  const lines = testLines(of);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatchObject({ difference: null, absent: "fewer than 20 days", read: "at any time" });
  expect(lines[1]).toMatchObject({ difference: 0.1, p: null, absent: null });
});

test("rejections are told by reason, the most frequent one first", () => {
  const activity: Activity = {
    signals: 9, approved: 1, filled: 1, open: 0, closed: 1, pending: 0, unusable: {},
    rejected: { judgement: 5, capacity: 3, by_reason: { too_late: 3, vetoed: 5 } },
  };
  const lines = activityLines(activity, undefined);
  expect(lines.filter((line) => line.isPart).map((line) => line.name)).toEqual(["vetoed", "too_late"]);
  expect(lines[0]).toEqual({ name: "Signals", a: 9, b: null });
});

test("the course is drawn in per cent, between its band", () => {
  const lines = courseLines([{ day: "2026-11-27", difference: 0.03, interval: { low: -0.01, high: 0.07 }, p: 0.2 }]);
  expect(lines.map((line) => line.points[0]?.value)).toEqual([3, 7, -1].map((value) => expect.closeTo(value, 10)));
});
