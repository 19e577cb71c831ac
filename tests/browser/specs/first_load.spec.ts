/** What a browser loads before the first page is there, compressed as it travels. */
import { gzipSync } from "node:zlib";
import { expect, signIn, test } from "../harness/test.ts";

const BYTES_MAX = 90_000;

test("the first page is small, with all that it loads", async ({ page, stack }) => {
  await signIn(page, stack.admin);
  const files = new Map<string, number>();
  page.on("response", async (answer) => {
    const path = new URL(answer.url()).pathname;
    if (!path.startsWith("/api/")) {
      files.set(path, gzipSync(await answer.body(), { level: 9 }).length);
    }
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForTimeout(1_000);
  const listed = [...files].map(([path, bytes]) => `${bytes} ${path}`).join("\n");
  const sum = [...files.values()].reduce((one, other) => one + other, 0);
  console.log(`first load: ${sum} bytes in ${files.size} files`);
  expect(sum, listed).toBeLessThanOrEqual(BYTES_MAX);
});
