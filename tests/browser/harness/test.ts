/** The tests' own `test`: one stack for each file of tests, and a watch on what the browser says. */
import { type Page, test as base, expect } from "@playwright/test";
import { type Account, Stack } from "./stack.ts";

interface PerFile {
  stack: Stack;
}

interface PerTest {
  /** What the browser complained of on the page: errors, and what the policy refused. */
  complaints: string[];
  /** Requests that went to anybody but the stack. */
  strangers: string[];
}

export const test = base.extend<PerTest, PerFile>({
  stack: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const stack = await Stack.start();
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("console", (said) => {
      if (said.type() === "error" && !isRefusedLogin(said.location().url)) {
        complaints.push(said.text());
      }
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await use(complaints);
  },
  strangers: async ({ page, stack }, use) => {
    const strangers: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(stack.url) && !/^(data|blob):/.test(request.url())) {
        strangers.push(request.url());
      }
    });
    await use(strangers);
  },
});

/** Asking who is signed in is answered with 401 by design, which a browser calls an error. */
function isRefusedLogin(url: string): boolean {
  return url.endsWith("/api/me");
}

/** Signs in on the page, as a person does. */
export async function signIn(page: Page, account: Account, url = ""): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).not.toHaveURL(/login/);
}

export { expect };
