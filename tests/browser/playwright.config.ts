/** How the browser tests run: one stack, one browser, everything on this machine. */
import { defineConfig } from "@playwright/test";
import { chromium } from "./harness/chromium.ts";

export default defineConfig({
  testDir: "specs",
  outputDir: "../../target/browser-tests",
  // The stack and the browser share two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: await chromium() },
    locale: "en-US",
    timezoneId: "America/New_York",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
