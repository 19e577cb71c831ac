/** Addresses: what fits which page, and the way back from the login. */
import { expect, test } from "vitest";
import { backFrom, loginHref, positionHref } from "../src/routes/addresses";
import { hrefWith } from "../src/routes/location";
import { match } from "../src/routes/match";

test.each([
  ["/signals/:id", "/signals/ab", { id: "ab" }],
  ["/signals/:id", "/signals", null],
  ["/signals", "/signals/ab", null],
  ["/gamma/:symbol?", "/gamma", {}],
  ["/gamma/:symbol?", "/gamma/QQQ/", { symbol: "QQQ" }],
  ["/positions/:id/:engine", "/positions/a%20b/A", { id: "a b", engine: "A" }],
  ["/signals/:id", "/signals/%E0%A4%A", { id: "%E0%A4%A" }],
  ["/", "/", {}],
  ["/", "/orders", null],
])("%s with %s gives %j", (pattern, path, found) => expect(match(pattern, path)).toEqual(found));

test("the login leads back to the deep link", () => {
  const href = loginHref("/positions?state=closed");
  expect(backFrom(new URL(href, "http://site").search)).toBe("/positions?state=closed");
});

test.each(["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/login?to=/"])(
  "the login doesn't lead to %s",
  (to) => expect(backFrom(`?to=${encodeURIComponent(to)}`)).toBe("/"),
);

test("a parameter that has its usual value isn't in the address", () => {
  const at = { path: "/positions", search: "?state=closed&sort=age" };
  expect(hrefWith(at, "state", "open", "open")).toBe("/positions?sort=age");
  expect(hrefWith(at, "state", "all", "open")).toBe("/positions?state=all&sort=age");
});

test("parts of an address can't leave it", () => {
  expect(positionHref("../x", "A")).toBe("/positions/..%2Fx/A");
});
