/** What a trader does with the dashboard, from the first login on. Each journey has its own symbols. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { Stack } from "../harness/stack.ts";
import { expect, signIn, test } from "../harness/test.ts";

/** The first start's password opens it, and another doesn't. */
test("log in", async ({ page, stack }) => {
  await page.goto("/positions");
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel("Name").fill(stack.admin.name);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText(/wrong/);
  await page.getByLabel("Password").fill(stack.admin.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/positions$/);
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page).toHaveURL(/\/login/);
});

test("watch an alert become a position, and follow it back to its trace", async ({ page, stack }) => {
  await signIn(page, stack.admin);
  await openPage(page, "Positions");
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await stack.alert("--symbol", "AAPL", "--direction", "long");
  const row = page.getByRole("row").filter({ hasText: "AAPL" });
  await expect(row).toBeVisible();
  await openPage(page, "Signals");
  await page.getByRole("link", { name: "AAPL" }).click();
  for (const step of ["Alert received", "Decided", "Contract chosen", "Filled"]) {
    await expect(page.getByRole("heading", { name: step })).toBeVisible();
  }
  expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);
});

test("close a position by hand", async ({ page, stack }) => {
  await signIn(page, stack.admin);
  await openPosition(page, stack, "MSFT");
  await page.getByRole("button", { name: "Close position" }).click();
  // The first mark comes with the next minute.
  const question = page.getByRole("group", { name: /Sell \d+ now/ });
  await expect(question).toContainText(/Expect about \$/, { timeout: 30_000 });
  await question.getByRole("button", { name: /Sell \d+ now/ }).click();
  await expect(page.getByText(/^Closed /).first()).toBeVisible();
});

/** On a stack of its own, since what is changed holds for all positions. */
test("change a stop loss as admin, and see the exit monitor use it", async ({ page }) => {
  test.setTimeout(150_000);
  const own = await Stack.start();
  try {
    // Both ways at once: whichever way the market goes, something loses a per cent in minutes.
    await own.alert("--symbol", "SPY,IWM,AAPL", "--direction", "long", "--count", "3");
    const signalId = await own.alert("--symbol", "QQQ,MSFT,NVDA", "--direction", "short", "--count", "3");
    await signIn(page, own.admin, own.url);
    await page.goto(`${own.url}/positions/${signalId}/A`);
    const rule = page.getByRole("row").filter({ hasText: /^stop loss/i });
    await expect(rule).toContainText("-50.00%", { timeout: 30_000 });
    expect(await setStopLoss(page, "1")).toBe(200);
    await expect(rule).toContainText("-1.00%", { timeout: 30_000 });
    await page.goto(`${own.url}/positions?state=closed`);
    const closed = page.getByRole("row").filter({ hasText: /stop loss/i });
    await expect(closed.first()).toBeVisible({ timeout: 90_000 });
  } finally {
    await own.stop();
  }
});

test("be refused as user what is the admin's", async ({ page, stack }) => {
  const signalId = await stack.alert("--symbol", "GOOGL", "--direction", "long");
  await signIn(page, await stack.addUser("rita", "user"));
  await page.goto(`/positions/${signalId}/A`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("GOOGL");
  await expect(page.getByRole("button", { name: "Close position" })).toHaveCount(0);
  const status = await page.evaluate(async (path) => {
    const headers = { "content-type": "application/json" };
    return (await fetch(path, { method: "POST", headers, body: "{}" })).status;
  }, `/api/positions/${signalId}/A/close`);
  expect(status).toBe(403);
});

test("export a table", async ({ page, stack }) => {
  await stack.alert("--symbol", "META", "--direction", "long");
  await signIn(page, stack.admin);
  await openPage(page, "Signals");
  await expect(page.getByRole("link", { name: "META" })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^CSV/ }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  expect(lines[0]).toMatch(/Received.*Symbol/);
  expect(lines.slice(1).some((line) => line.includes("META"))).toBe(true);
});

test("go on when the API goes away and comes back", async ({ page, stack }) => {
  await stack.alert("--symbol", "NVDA", "--direction", "long");
  await signIn(page, stack.admin);
  await openPage(page, "Signals");
  const row = page.getByRole("link", { name: "NVDA" });
  await expect(row).toBeVisible();
  const connection = page.getByRole("banner").getByRole("status");
  await expect(connection).toHaveText("Connected");
  await stack.goAway();
  await expect(connection).toHaveText("API away", { timeout: 30_000 });
  await expect(row).toBeVisible();
  await stack.comeBack();
  await expect(connection).toHaveText("Connected", { timeout: 30_000 });
  await stack.alert("--symbol", "AMZN", "--direction", "long");
  await expect(page.getByRole("link", { name: "AMZN" })).toBeVisible();
});

async function openPage(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

async function openPosition(page: Page, stack: Stack, symbol: string): Promise<void> {
  const signalId = await stack.alert("--symbol", symbol, "--direction", "long");
  await openPage(page, "Positions");
  await expect(page.getByRole("row").filter({ hasText: symbol })).toBeVisible();
  await page.goto(`/positions/${signalId}/A`);
}

/** Sets the stop loss in the name of who is signed in on the page; the status of the answer. */
async function setStopLoss(page: Page, percent: string): Promise<number> {
  return page.evaluate(async (stop_loss_percent) => {
    const shown = await (await fetch("/api/settings/exit_rules/history")).json();
    const seen_version = shown.items[0]?.version ?? 0;
    const body = JSON.stringify({ seen_version, values: { stop_loss_percent } });
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/settings/exit_rules", { method: "PUT", headers, body });
    return answer.status;
  }, percent);
}
