/** The pages as they are served: protected, on one origin, and the same as in the cloud. */
import { readFileSync } from "node:fs";
import { HOSTING } from "../harness/checkout.ts";
import { expect, test } from "../harness/test.ts";

test("the page comes with every header that protects it", async ({ page }) => {
  const answer = await page.goto("/");
  const headers = answer?.headers() ?? {};
  expect(answer?.status()).toBe(200);
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).not.toContain("unsafe");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  expect(headers["cache-control"]).toBe("no-cache");
});

test("nothing is asked of anybody else, and the policy refuses nothing", async ({
  page,
  complaints,
  strangers,
}) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/Parallax/);
  await page.waitForLoadState("networkidle");
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a script that isn't the site's own doesn't run", async ({ page }) => {
  await page.goto("/");
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.intruder = true";
    document.head.append(script);
    return "intruder" in window;
  });
  expect(ran).toBe(false);
});

test("a deep link is the page, and a missing file is not", async ({ request }) => {
  const page = await (await request.get("/")).text();
  for (const path of ["/signals", "/positions/x/A", "/gamma/SPY"]) {
    const answer = await request.get(path);
    expect([answer.status(), await answer.text()]).toEqual([200, page]);
  }
  for (const path of ["/assets/none.js", "/api", "/webhook/x"]) {
    expect((await request.get(path)).status()).toBe(404);
  }
});

test("the cloud chooses a file by the same rule", async ({ request }) => {
  const page = await (await request.get("/")).text();
  const inTheCloud = edgeFunction();
  const paths = ["/", "/signals", "/a/b.c/d", "/apiary", "/api", "/api/x", "/webhook", "/health/x"];
  for (const path of paths) {
    const isPage = (await (await request.get(path)).text()) === page;
    const chosen = inTheCloud({ request: { uri: path } });
    expect([path, chosen.uri === "/index.html"]).toEqual([path, isPage]);
    expect([path, chosen.statusCode]).toEqual([path, isPage ? undefined : 404]);
  }
  expect(inTheCloud({ request: { uri: "/assets/a.js" } }).uri).toBe("/assets/a.js");
});

interface Chosen {
  uri?: string;
  statusCode?: number;
}

/** The function that stands before the bucket, out of the description of the hosting. */
function edgeFunction(): (event: { request: { uri: string } }) => Chosen {
  const found = /FunctionCode: \|\n((?: {8}.*\n)+)/.exec(readFileSync(HOSTING, "utf8"));
  const code = found?.[1] ?? "";
  return new Function(`${code}; return handler;`)() as ReturnType<typeof edgeFunction>;
}
