/** What a browser loads before the first page is there, compressed as it travels. */
import { gzipSync } from "node:zlib";
import { expect, signIn, test } from "../harness/test.ts";

const BYTES_MAX = 90_000;

test("the first page is small, with all that it loads", async ({ page, stack }) => {
  await signIn(page, stack.admin);
  const paths = new Set<string>();
  page.on("response", (answer) => {
    const path = new URL(answer.url()).pathname;
    if (!path.startsWith("/api/")) paths.add(path);
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForTimeout(1_000);
  // Read anew, since a page that goes on may have dropped what it loaded.
  const files = await Promise.all([...paths].map(async (path) => {
    const body = await (await page.request.get(path)).body();
    return { path, bytes: gzipSync(body, { level: 9 }).length };
  }));
  const listed = files.map(({ path, bytes }) => `${bytes} ${path}`).join("\n");
  const sum = files.reduce((before, { bytes }) => before + bytes, 0);
  console.log(`first load: ${sum} bytes in ${files.length} files\n${listed}`);
  expect(files.length, "pages, scripts and styles").toBeGreaterThan(3);
  expect(sum, listed).toBeLessThanOrEqual(BYTES_MAX);
});
