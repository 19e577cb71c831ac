/** What begins with the site: theme, links, clock, and the question who is logged in. */
import { readSession, session } from "../api/session";
import { asProblem } from "../api/problem";
import { startTheme } from "../look/theme";
import { followLinks } from "../routes/location";
import { startClock } from "./now";

const RETRY_MS = 3_000;

export function start(): void {
  startTheme();
  followLinks();
  startClock();
  void askWhoIsThere();
}

/** Asks until the API answers: it may be away just now. */
async function askWhoIsThere(): Promise<void> {
  try {
    await readSession();
  } catch (cause) {
    if (asProblem(cause).status === 401) return;
    if (session.get() === undefined) window.setTimeout(() => void askWhoIsThere(), RETRY_MS);
  }
}
