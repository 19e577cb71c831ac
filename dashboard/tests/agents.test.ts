/** The committee's page: what agents come to, and the what-if. */
import { expect, test } from "vitest";
import { heightOf } from "../src/pages/agents/calibration";
import type { Agent, Committee, Veto } from "../src/pages/agents/kinds";
import { asItIs, gainUsd, isChanged, revoteRequest, wholeWithin } from "../src/pages/agents/revote";
import { sayingLines, sharesOf, tallest } from "../src/pages/agents/sayings";
import { changeWithout, mostOftenRight, shareOfWeight, vetoSum } from "../src/pages/agents/standing";

function agent(name: string, own: Partial<Agent> = {}): Agent {
  return {
    agent: name, kind: "core", weight: 10, on: true, flag: null, signals: 40, approved: 20, rejected: 20,
    average_confidence: 60, positions: 20, wins: 10, won_usd: "10", lost_usd: "-5", sides: 25, right: 15,
    right_percent: "60", calibration: [], confidences: [], biases: { bullish: 0, bearish: 0, neutral: 0 },
    leave_one_out: null, ...own,
  };
}

const committee: Committee = {
  enter_at_points: 60,
  veto_above_points: 80,
  revoted: 0,
  vetoes: [],
  agents: [agent("technical", { weight: 40 }), agent("gamma"), agent("saty", { on: false, weight: 50 })],
};

test("few sides or an agent that isn't heard don't count as most often right", () => {
  const agents = [
    agent("lucky", { sides: 3, right: 3 }),
    agent("silent", { on: false, right: 25 }),
    agent("steady", { right: 16 }),
    agent("other", { right: 12 }),
  ];
  expect(mostOftenRight(agents)?.agent).toBe("steady");
  expect(mostOftenRight([agent("lucky", { sides: 3 })])).toBeUndefined();
});

test("without an agent B loses its entries and gains new ones", () => {
  const leftOut = { changed: 3, lost_entries: 2, lost_entries_net_usd: "40.10", new_entries: 1, new_entries_net_usd: "-10.20" };
  expect(changeWithout(leftOut)).toBe(-50.3);
  expect(changeWithout(null)).toBeNull();
});

test("the share of weight is of those that are heard", () => {
  const [technical, , saty] = committee.agents as [Agent, Agent, Agent];
  expect(shareOfWeight(technical, committee.agents)).toBe(80);
  expect(shareOfWeight(saty, committee.agents)).toBeNull();
});

test("the ledger adds up only what Engine A traded", () => {
  const veto = (net: string | null) => ({ engine_a_net_usd: net }) as Veto;
  expect(vetoSum([veto("-10.10"), veto(null), veto("0.20")])).toEqual({ traded: 2, netUsd: -9.9 });
});

test("only what differs from what is in force is sent", () => {
  const what = asItIs(committee);
  expect(isChanged(what, committee)).toBe(false);
  expect(revoteRequest(what, committee)).toEqual({ days: 30, weights: {} });
  const other = { ...what, enterAtPoints: 55, weights: { ...what.weights, gamma: 0 } };
  expect(revoteRequest(other, committee)).toEqual({ days: 30, weights: { gamma: 0 }, enter_at_points: 55 });
});

test("a number is brought within its limits; no number is none", () => {
  expect([wholeWithin("1200", 0, 1000), wholeWithin("-3", 0, 10), wholeWithin("", 0, 10)]).toEqual([1000, 0, null]);
});

test("the other vote's gain is exact to the cent", () => {
  const answer = { net_now_usd: "0.30", net_then_usd: "0.10" } as Parameters<typeof gainUsd>[0];
  expect(gainUsd(answer)).toBe(0.2);
});

test("a bar is as high as its win rate; none without positions", () => {
  const bin = { from: 0, to: 20, positions: 4, wins: 1, win_rate_percent: "25" };
  expect(heightOf(bin, 40)).toBe(10);
  expect(heightOf({ ...bin, wins: 0, win_rate_percent: "0" }, 40)).toBe(1);
  expect(heightOf({ ...bin, positions: 0, win_rate_percent: null }, 40)).toBe(0);
});

test("a strip is shared by which way the opinions look", () => {
  const shares = sharesOf({ bullish: 6, bearish: 2, neutral: 2 });
  expect(shares.map(({ bias, from, width }) => [bias, Math.round(from), Math.round(width)]))
    .toEqual([["bullish", 0, 60], ["neutral", 60, 20], ["bearish", 80, 20]]);
  expect(sharesOf({ bullish: 0, bearish: 0, neutral: 0 }).every(({ width }) => width === 0)).toBe(true);
});

test("bars are parts of the fullest fifth, and stand in the table as counts", () => {
  const confidences = [0, 3, 7].map((opinions, fifth) => ({ from: fifth * 20, to: fifth * 20 + 20, opinions }));
  expect([tallest(confidences), tallest([])]).toEqual([7, 1]);
  const biases = { bullish: 8, bearish: 1, neutral: 1 };
  expect(sayingLines([agent("gamma", { confidences, biases })]))
    .toEqual([{ agent: "gamma", bullish: 8, bearish: 1, neutral: 1, fifths: [0, 3, 7] }]);
});
