/** How the site's figures are taken: as the tests run, and nothing is kept of it. */
import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

export default defineConfig({
  ...tests,
  testDir: "bench",
  testMatch: "*.bench.ts",
  reporter: [["line"]],
  use: { ...tests.use, trace: "off", screenshot: "off" },
});
