/** Addresses of pages that take parameters. */

export function signalHref(signalId: string): string {
  return `/signals/${encodeURIComponent(signalId)}`;
}

export function positionHref(signalId: string, engine: string): string {
  return `/positions/${encodeURIComponent(signalId)}/${encodeURIComponent(engine)}`;
}

export function gammaHref(symbol: string): string {
  return `/gamma/${encodeURIComponent(symbol)}`;
}

/** The login page, and where it leads back to. */
export function loginHref(backTo: string): string {
  return backTo === "/" ? "/login" : `/login?to=${encodeURIComponent(backTo)}`;
}

/** The way back that the login page was given; an address of another site isn't taken. */
export function backFrom(search: string): string {
  const to = new URLSearchParams(search).get("to") ?? "/";
  const isOurs = /^\/(?![/\\])/.test(to) && !to.startsWith("/login");
  return isOurs ? to : "/";
}
