/** Dark or light: what the system prefers, until the reader chooses. */
import { Store } from "../app/store";

export type Theme = "dark" | "light";

const KEY = "parallax.theme";
const PREFERS_LIGHT = "(prefers-color-scheme: light)";

function kept(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "dark" || value === "light" ? value : null;
  } catch {
    return null;
  }
}

function preferred(): Theme {
  return matchMedia(PREFERS_LIGHT).matches ? "light" : "dark";
}

export const theme = new Store<Theme>("dark");

function apply(next: Theme): void {
  document.documentElement.dataset["theme"] = next;
  theme.set(next);
}

/** Applies the theme and follows the system while nothing was chosen. */
export function startTheme(): void {
  apply(kept() ?? preferred());
  matchMedia(PREFERS_LIGHT).addEventListener("change", () => apply(kept() ?? preferred()));
}

export function toggleTheme(): void {
  const next = theme.get() === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // A browser that keeps nothing shows the choice until it is closed.
  }
  apply(next);
}
