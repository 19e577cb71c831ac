/** A picture of every page in both themes on a desk and on a phone; and nobody is shut out. */
import path from "node:path";
import type { Page } from "@playwright/test";
import { barriers } from "../harness/accessibility.ts";
import { SCREENS } from "../harness/checkout.ts";
import { PUBLIC_PAGES, SIZES, THEMES, type Traded, signedInPages } from "../harness/pages.ts";
import { expect, signIn, test } from "../harness/test.ts";

const PAGES = Object.keys({ ...PUBLIC_PAGES, ...signedInPages({ signalId: "", engine: "A" }) });
let traded: Traded | undefined;

test.beforeAll(async ({ stack }) => {
  // Both engines trade, so that no page is empty.
  await stack.command("flags", "set", "enable_variant_b", "enable_shadow_execution", "on");
  await stack.command("settings", "set", "routing", "mode=paired");
  await stack.command("settings", "set", "committee", "enter_at_points=0");
  await stack.command("experiment", "start", "screens", "--hypothesis", "B is better");
  // Every function sees changes within ten seconds.
  await new Promise((seen) => setTimeout(seen, 11_000));
  const closedId = await stack.alert("--symbol", "IWM", "--direction", "long");
  await expect.poll(() => stack.command("trace", closedId), { timeout: 30_000 }).toMatch(/open/i);
  await stack.command("close", closedId, "--engine", "A");
  await stack.command("halt", "--engine", "B", "--why", "to see who worked it", "--by", "ann");
  await stack.command("resume", "--engine", "B", "--by", "ann");
  const signalId = await stack.alert("--symbol", "SPY", "--direction", "long");
  await stack.alert("--symbol", "QQQ,TSLA", "--direction", "short", "--count", "2");
  await expect.poll(() => stack.command("trace", signalId), { timeout: 30_000 }).toMatch(/open/i);
  // A pass of the sweeper counts what came of it, and what agents said.
  await expect.poll(() => stack.command("trace", closedId), { timeout: 30_000 }).toMatch(/closed/i);
  await new Promise((counted) => setTimeout(counted, 15_000));
  traded = { signalId, engine: "A" };
});

for (const name of PAGES) {
  test(name, async ({ page, stack, complaints, strangers }) => {
    const isPublic = name in PUBLIC_PAGES;
    if (!isPublic) {
      await signIn(page, stack.admin);
    }
    const address = isPublic ? PUBLIC_PAGES[name] : signedInPages(traded!)[name];
    for (const theme of THEMES) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.setViewportSize(viewport);
        await settled(page, address ?? "/");
        const file = path.join(SCREENS, `${name}-${theme}-${size}.png`);
        await page.screenshot({ path: file, fullPage: true });
        expect.soft(await barriers(page), `${name}, ${theme}, ${size}`).toEqual([]);
        expect.soft(await overflow(page), `${name}, ${theme}, ${size}`).toBeLessThanOrEqual(0);
      }
    }
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
  });
}

/** Opens a page, and waits until it shows what it has. */
async function settled(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.locator(".skeleton-line")).toHaveCount(0);
}

/** By how much the page is wider than its window: a phone shall not scroll sideways. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
