/** What a browser loads before the first page is there, compressed as it travels. */
import { expect, signIn, test } from "../harness/test.ts";
import { sum, watchLoads, weigh } from "../harness/weight.ts";

const BYTES_MAX = 90_000;

test("the first page is small, with all that it loads", async ({ page, stack }) => {
  await signIn(page, stack.admin);
  const paths = watchLoads(page);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForTimeout(1_000);
  const files = await weigh(page, paths);
  const listed = files.map(({ path, bytes }) => `${bytes} ${path}`).join("\n");
  console.log(`first load: ${sum(files)} bytes in ${files.length} files\n${listed}`);
  expect(files.length, "pages, scripts and styles").toBeGreaterThan(3);
  expect(sum(files), listed).toBeLessThanOrEqual(BYTES_MAX);
});
