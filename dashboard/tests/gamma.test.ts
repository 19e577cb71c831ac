/** The page of gamma exposure: scales, marks, and words. */
import { expect, test } from "vitest";
import { compactUsd, signedCompactUsd } from "../src/pages/gamma/compact";
import { answerTold, sideTold } from "../src/pages/gamma/dealers";
import { exclusionLines } from "../src/pages/gamma/exclusions";
import { callShare } from "../src/pages/gamma/flow";
import type { Exposure, Settings } from "../src/pages/gamma/kinds";
import { marksOf } from "../src/pages/gamma/marks";
import { acrossOf, scaleOf, ticksOf } from "../src/pages/gamma/scale";
import { nearLines, strikeLines } from "../src/pages/gamma/strikes";
import { allowedSymbols, symbolOf } from "../src/pages/gamma/symbols";

const exposure = {
  symbol: "SPY",
  spot: "622.74",
  by_strike: { strike: ["615", "620", "625", "630"], call: [1, 2, 8, 1], put: [-4, -6, 0, 0], left_out: 0 },
  walls: { call: "625", put: "620" },
  flip: { price: "617.63", nearest_strike: "620" },
} as Exposure;

test("large amounts are told in short, with a true minus", () => {
  expect(compactUsd(-1_240_000_000)).toBe("−$1.24B");
  expect(signedCompactUsd(450_000)).toBe("+$450K");
  expect(compactUsd(null)).toBe("–");
});

test("columns become strikes, with their net", () => {
  expect(strikeLines(exposure)[1]).toEqual({ strike: 620, call: 2, put: -6, net: -4 });
});

test("the largest side sets the scale, and strikes keep their distances", () => {
  const scale = scaleOf(strikeLines(exposure));
  expect(scale).toMatchObject({ low: 610, high: 635, largest: 8 });
  expect(acrossOf(622.5, scale)).toBe(50);
});

test("one strike alone can be drawn", () => {
  const scale = scaleOf([{ strike: 100, call: 1, put: 0, net: 1 }]);
  expect(acrossOf(100, scale)).toBe(50);
});

test("the axis has round prices", () => {
  expect(ticksOf({ low: 610, high: 635, largest: 1, barWidth: 1 }, 5)).toEqual([610, 615, 620, 625, 630, 635]);
});

test("near the spot reaches as far as what has to be seen", () => {
  const lines = Array.from({ length: 200 }, (_, index) => ({ strike: 500 + index, call: 0, put: 0, net: 0 }));
  const near = nearLines(lines, 600, [690]);
  expect([near[0]?.strike, near.at(-1)?.strike]).toEqual([575, 690]);
});

test("marks stand from the lowest to the highest; what there isn't has none", () => {
  const marks = marksOf(exposure, { expiration: "2026-12-04", max_pain: "621" } as Exposure["by_expiration"][number]);
  expect(marks.map((mark) => mark.title)).toEqual(["Flip", "Put wall", "Max pain Dec 4", "Spot", "Call wall"]);
  expect(marksOf({ ...exposure, flip: null, walls: {} }, undefined).map((mark) => mark.kind)).toEqual(["spot"]);
});

test("the question is answered in a sentence, also where there is no wall", () => {
  const write = (price: string | null | undefined) => String(price);
  expect(answerTold(exposure, write)).toBe(
    "SPY at 622.74 has the call wall at 625 and the put wall at 620; net exposure changes its sign at 617.63.",
  );
  expect(answerTold({ ...exposure, walls: {}, flip: null }, write)).toMatch(/no call wall and no put wall; it changes its sign nowhere/);
});

test("a neutral side has no strength", () => {
  expect(sideTold({ side: "neutral", volatility_expectation: "no_statement" })).toBe("Neutral");
  expect(sideTold({ side: "short_gamma", strength: "strong", volatility_expectation: "expanded" })).toBe("short gamma, strong");
});

test("exclusions that didn't happen aren't told, the most frequent one is first", () => {
  const none = { adjusted: 0, impossible: 0, duplicate: 0, expired: 0, no_open_interest: 0, zero_open_interest: 0, no_implied_volatility: 0, other_right_missing: 0 };
  expect(exclusionLines({ ...none, expired: 2, zero_open_interest: 9 }).map(([, count]) => count)).toEqual([9, 2]);
});

test("the calls' share of the premium; none of nothing", () => {
  expect(callShare({ call_premium_usd: "30", put_premium_usd: "10" })).toBe(75);
  expect(callShare({ call_premium_usd: "0", put_premium_usd: "0" })).toBeNull();
});

test("symbols come from the settings; what is typed has to be one", () => {
  const setting = { name: "allowed_symbols", value: ["QQQ", "SPY"] };
  const groups = [{ kind: "trading_rules", settings: [setting] }] as unknown as Settings["groups"];
  expect(allowedSymbols({ groups })).toEqual(["QQQ", "SPY"]);
  expect(allowedSymbols({ groups: [] })).toEqual([]);
  expect([symbolOf(" brk.b "), symbolOf("1X"), symbolOf("../x")]).toEqual(["BRK.B", null, null]);
});
