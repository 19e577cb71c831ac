/** Small drawings: where their points and bars lie. */
import { expect, test } from "vitest";
import { placeOnBar } from "../src/components/Bar";
import { toneOf } from "../src/components/Figures";
import { pointsOf } from "../src/components/Sparkline";

test("the bar runs from the stop over the entry to the target", () => {
  expect(placeOnBar(-50, -50, 50)).toBe(0);
  expect(placeOnBar(0, -50, 50)).toBe(50);
  expect(placeOnBar(25, -50, 50)).toBe(75);
  expect(placeOnBar(-80, -50, 50)).toBe(0);
  expect(placeOnBar(10, -50, null)).toBe(50);
});

test("a sparkline's highest value is at the top", () => {
  expect(pointsOf([0, 10], 100, 32)).toBe("0.0,30.0 100.0,2.0");
  expect(pointsOf([5, 5], 100, 32)).toBe("0.0,16.0 100.0,16.0");
});

test("nothing is neither a gain nor a loss", () => {
  expect([toneOf("1"), toneOf("-1"), toneOf("0"), toneOf(null)]).toEqual(["gain", "loss", "", ""]);
});
