/** Lists that are read page by page. */
import { expect, test } from "vitest";
import { joined, withParameter } from "../src/api/pages";

const key = (row: string) => row;

test("new rows come first, loaded ones stay", () => {
  expect(joined(["e", "d", "c"], ["d", "c", "b", "a"], key)).toEqual(["e", "d", "c", "b", "a"]);
});

test("a fresh row takes the place of the loaded one", () => {
  const first = [{ id: "a", state: "closed" }];
  const loaded = [{ id: "a", state: "open" }, { id: "b", state: "open" }];
  expect(joined(first, loaded, (row) => row.id)).toEqual([first[0], loaded[1]]);
});

test("with a gap between them the first page alone is true", () => {
  const first = ["z", "y"];
  expect(joined(first, ["b", "a"], key)).toBe(first);
});

test("a parameter is added to what is there", () => {
  expect(withParameter("/api/orders", "cursor", "a/b=")).toBe("/api/orders?cursor=a%2Fb%3D");
  expect(withParameter("/api/orders?limit=5", "cursor", "x")).toBe("/api/orders?limit=5&cursor=x");
});
