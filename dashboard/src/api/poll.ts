/** Hooks that show what the API says, and ask again while the page is looked at. */
import { useEffect, useState } from "preact/hooks";
import { Store } from "../app/store";
import { tell } from "../app/toasts";
import type { ApiProblem } from "./problem";
import { NOTHING, Resource, type Shown } from "./resource";
import { api, session } from "./session";

interface Watched {
  resource: Resource<unknown>;
  watchers: number;
}

const watched = new Map<string, Watched>();

/** Whether every address shown now was answered at its last try. */
export const connection = new Store(true);

function onProblem(url: string, problem: ApiProblem): void {
  const what = new URL(url, "http://site").pathname.replace("/api/", "").replaceAll("/", " ");
  tell("loss", `Reading ${what} failed: ${problem.message}`);
}

/** Addresses that are remembered, so that going back shows the last answer at once. */
const REMEMBERED_MAX = 48;

function forgetOldest(): void {
  if (watched.size < REMEMBERED_MAX) return;
  const unwatched = [...watched].find(([, entry]) => entry.watchers === 0);
  if (unwatched) watched.delete(unwatched[0]);
}

function resourceOf(url: string): Watched {
  const known = watched.get(url);
  if (known) return known;
  const reader = { read: api.read.bind(api), nowMs: () => Date.now(), onProblem };
  forgetOldest();
  const made = { resource: new Resource<unknown>(url, reader), watchers: 0 };
  watched.set(url, made);
  return made;
}

/** Reads at once, then every so often while the page is visible; ends with the answer. */
function watch(url: string, everyMs: number, onChange: () => void): () => void {
  const entry = resourceOf(url);
  entry.watchers += 1;
  const unwatch = entry.resource.shown.watch(() => {
    onChange();
    connection.set(isConnected());
  });
  const isWanted = () => document.visibilityState === "visible" && session.get() !== null;
  const ask = () => void (isWanted() && entry.resource.read());
  ask();
  const timer = everyMs > 0 ? window.setInterval(ask, everyMs) : undefined;
  document.addEventListener("visibilitychange", ask);
  return () => {
    document.removeEventListener("visibilitychange", ask);
    window.clearInterval(timer);
    unwatch();
    entry.watchers -= 1;
    connection.set(isConnected());
  };
}

/** What `url` says, read every `everyMs` (0: once). `null` reads nothing. */
export function usePoll<T>(url: string | null, everyMs: number): Shown<T> {
  const seen = (): Shown<T> =>
    url === null ? NOTHING : (resourceOf(url).resource.shown.get() as Shown<T>);
  const [, draw] = useState(0);
  useEffect(() => {
    if (url === null) return undefined;
    return watch(url, everyMs, () => draw((turn) => turn + 1));
  }, [url, everyMs]);
  return seen();
}

/** Reads everything that is shown now again, past every cache. */
export async function refreshShown(): Promise<void> {
  const shown = [...watched.values()].filter((entry) => entry.watchers > 0);
  await Promise.all(shown.map((entry) => entry.resource.read({ fresh: true })));
}

/** Reads again what begins with this address, after something was changed there. */
export async function readAgain(prefix: string): Promise<void> {
  const touched = [...watched.entries()].filter(([url]) => url.startsWith(prefix));
  await Promise.all(touched.map(([, entry]) => entry.resource.read({ fresh: true })));
}

/** Forgets what was read for somebody else. */
export function forgetShown(): void {
  for (const [url, entry] of watched) {
    if (entry.watchers === 0) watched.delete(url);
    else entry.resource.shown.set(NOTHING);
  }
}

function isConnected(): boolean {
  const shown = [...watched.values()].filter((entry) => entry.watchers > 0);
  return !shown.some((entry) => entry.resource.shown.get().problem?.isAway);
}
