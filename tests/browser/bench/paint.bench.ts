/**
 * When somebody who opens the dashboard sees something, and when what is seen is today's: figures as
 * Lighthouse gives them, on the local stack. Nothing passes or fails for its time.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { ROOT } from "../harness/checkout.ts";
import { expect, signIn, test } from "../harness/test.ts";
import { sum, watchLoads, weigh } from "../harness/weight.ts";

const LOADS = 15;

/** Who opens the page, and how. */
interface Visitor {
  name: string;
  /** Whether the browser was here before. */
  isReturning: boolean;
  /** Lighthouse's phone: a slow 4G, and a processor at a quarter of its speed. */
  isPhone: boolean;
}

const VISITORS: Visitor[] = [
  { name: "desktop, first visit", isReturning: false, isPhone: false },
  { name: "desktop, again", isReturning: true, isPhone: false },
  { name: "phone on slow 4G, first visit", isReturning: false, isPhone: true },
  { name: "phone on slow 4G, again", isReturning: true, isPhone: true },
];
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 } };
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const PHONE_CPU = 4;

/** Milliseconds since the page was asked for. */
interface Figures {
  firstPaint: number;
  largestPaint: number;
  liveData: number;
}

test("paint", async ({ browser, page, stack }) => {
  test.setTimeout(600_000);
  await signIn(page, stack.admin);
  for (const symbol of ["SPY", "QQQ", "IWM"]) {
    await stack.alert("--symbol", symbol, "--direction", "long");
  }
  const session = await page.context().storageState();
  const rows: string[][] = [];
  for (const visitor of VISITORS) {
    const options = { storageState: session, baseURL: stack.url, ...(visitor.isPhone ? PHONE : {}) };
    rows.push(row(visitor.name, await visits(browser, options, visitor)));
  }
  const paths = watchLoads(page);
  await page.goto("/");
  await isLive(page);
  const files = await weigh(page, paths);
  report(rows, `First load: ${sum(files)} bytes by gzip in ${files.length} files.`);
  expect(rows).toHaveLength(VISITORS.length);
});

async function visits(
  browser: Browser, options: BrowserContextOptions, visitor: Visitor,
): Promise<Figures[]> {
  const found: Figures[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      if (visitor.isPhone) await slowDown(page);
      if (visitor.isReturning) await figures(page);
      found.push(await figures(page));
    } finally {
      await context.close();
    }
  }
  return found;
}

async function slowDown(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("Network.enable");
  await browser.send("Network.emulateNetworkConditions", SLOW_4G);
  await browser.send("Emulation.setCPUThrottlingRate", { rate: PHONE_CPU });
}

async function figures(page: Page): Promise<Figures> {
  await page.goto("/", { waitUntil: "commit" });
  const liveData = await isLive(page);
  const paints = await page.evaluate(() => new Promise<[number, number]>((told) => {
    const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    new PerformanceObserver((list) => told([first, list.getEntries().at(-1)?.startTime ?? 0]))
      .observe({ type: "largest-contentful-paint", buffered: true });
  }));
  return { firstPaint: paints[0], largestPaint: paints[1], liveData };
}

/** Waits until the page shows what the API said, and no placeholder; gives when that was. */
async function isLive(page: Page): Promise<number> {
  const at = await page.waitForFunction(() => {
    const isThere = document.querySelector("main h1") !== null;
    return isThere && document.querySelector(".skeleton-line") === null ? performance.now() : 0;
  }, undefined, { polling: "raf" });
  return at.jsonValue();
}

function row(name: string, found: Figures[]): string[] {
  const of = (figure: keyof Figures) => {
    const sorted = found.map((it) => it[figure]).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return [at(0.5).toFixed(0), at(0.9).toFixed(0)];
  };
  return [name, ...of("firstPaint"), ...of("largestPaint"), ...of("liveData")];
}

const COLUMNS = [
  "visitor", "first paint p50 ms", "p90", "largest paint p50 ms", "p90", "live data p50 ms", "p90",
];

function report(rows: string[][], note: string): void {
  const lines = [COLUMNS, COLUMNS.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  console.log(["", "## site", "", ...lines, "", `* ${note}`, `* ${LOADS} loads each.`].join("\n"));
  const directory = path.join(ROOT, "target/bench");
  mkdirSync(directory, { recursive: true });
  const kept = { section: "site", columns: COLUMNS, rows, notes: [note] };
  writeFileSync(path.join(directory, "site.json"), JSON.stringify(kept, null, 2));
}
