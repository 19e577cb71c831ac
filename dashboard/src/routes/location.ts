/** Where the reader is: the address bar as a store, and ways to change it. */
import { Store, useStore } from "../app/store";

export interface Place {
  path: string;
  search: string;
}

function placeOfWindow(): Place {
  return { path: window.location.pathname, search: window.location.search };
}

export const place = new Store<Place>(
  typeof window === "undefined" ? { path: "/", search: "" } : placeOfWindow(),
);

/** Goes to an address of this site; `replace` leaves no entry for the back button. */
export function goTo(href: string, options: { replace?: boolean } = {}): void {
  const isSamePath = new URL(href, window.location.href).pathname === window.location.pathname;
  if (options.replace) window.history.replaceState(null, "", href);
  else window.history.pushState(null, "", href);
  place.set(placeOfWindow());
  if (!isSamePath) window.scrollTo(0, 0);
}

/** Turns clicks on links to this site into changes of the address without a reload. */
export function followLinks(): void {
  window.addEventListener("popstate", () => place.set(placeOfWindow()));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || !isOurs(link) || isForTheBrowser(event)) return;
    event.preventDefault();
    goTo(link.href);
  });
}

function isOurs(link: HTMLAnchorElement): boolean {
  const isPlain = !link.target && !link.hasAttribute("download");
  const isAnchor = link.getAttribute("href")?.startsWith("#") ?? true;
  return isPlain && !isAnchor && link.origin === window.location.origin;
}

function isForTheBrowser(event: MouseEvent): boolean {
  const hasModifier = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return event.defaultPrevented || event.button !== 0 || hasModifier;
}

export function usePlace(): Place {
  return useStore(place);
}

/** The address with one query parameter changed; the fallback value isn't written. */
export function hrefWith(at: Place, name: string, value: string, fallback = ""): string {
  const query = new URLSearchParams(at.search);
  if (value === fallback) query.delete(name);
  else query.set(name, value);
  const search = query.toString();
  return search ? `${at.path}?${search}` : at.path;
}

/** A query parameter as state: it lives in the address, so a link carries it. */
export function useQuery(name: string, fallback: string): [string, (value: string) => void] {
  const at = usePlace();
  const value = new URLSearchParams(at.search).get(name) ?? fallback;
  return [value, (next) => goTo(hrefWith(place.get(), name, next, fallback), { replace: true })];
}
