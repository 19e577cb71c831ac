/** The vote's bars: their lengths add up to the confidence. */
import { expect, test } from "vitest";
import type { Heard, Vote } from "../src/api/types";
import { agentLines, confidencePoints } from "../src/pages/trace/votes";

const vote: Vote = {
  action: "enter",
  confidence: { halves: 3 * 160 + 1 * 60 + 2 * 101, weight: 6 },
  enter_at_points: 60,
  contributions: [
    { agent: "technical", weight: 3, support_halves: 160 },
    { agent: "gamma", weight: 1, support_halves: 60 },
    { agent: "context", weight: 2, support_halves: 101 },
  ],
};

test("50 and the bars make the confidence", () => {
  const sum = agentLines(vote, []).reduce((points, line) => points + line.points, 50);
  expect(sum).toBeCloseTo(confidencePoints(vote) ?? Number.NaN, 10);
});

test("who speaks against has a bar to the left, the longest sets the scale", () => {
  const lines = agentLines(vote, []);
  expect(lines.map((line) => Math.sign(line.points))).toEqual([1, -1, 1]);
  expect(lines[0]?.span).toBe(lines[0]?.points);
});

test("who was heard and has no vote is there without a bar", () => {
  const risk = { agent: "risk", kind: "core", answer: "absent", absence: "off", why: "off" } as Heard;
  const line = agentLines(vote, [risk])[0];
  expect(line).toMatchObject({ agent: "risk", points: 0, isAbsent: true, word: "off" });
});

test("without an opinion there is no confidence", () => {
  expect(confidencePoints({ ...vote, confidence: null, contributions: [] })).toBeNull();
});
