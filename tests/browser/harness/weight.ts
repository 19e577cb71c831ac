/** What a page loads beside the API's answers, compressed as it travels. */
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";

/** A file, and its bytes by gzip. */
export interface Weight {
  path: string;
  bytes: number;
}

/** Notes what the page loads from now on. */
export function watchLoads(page: Page): Set<string> {
  const paths = new Set<string>();
  page.on("response", (answer) => {
    const path = new URL(answer.url()).pathname;
    if (!path.startsWith("/api/")) paths.add(path);
  });
  return paths;
}

/** Reads the files anew, since a page that goes on may have dropped what it loaded. */
export function weigh(page: Page, paths: Set<string>): Promise<Weight[]> {
  return Promise.all([...paths].map(async (path) => {
    const body = await (await page.request.get(path)).body();
    return { path, bytes: gzipSync(body, { level: 9 }).length };
  }));
}

/** Their bytes together. */
export function sum(files: Weight[]): number {
  return files.reduce((before, { bytes }) => before + bytes, 0);
}
