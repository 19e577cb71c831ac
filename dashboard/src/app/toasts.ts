/** Short notes at the edge of the page that go away by themselves. */
import { Store } from "./store";

export type Tone = "gain" | "loss" | "note";

export interface Toast {
  id: number;
  tone: Tone;
  text: string;
}

export const toasts = new Store<readonly Toast[]>([]);

const SHOWN_MAX = 4;
let lastId = 0;

/** Shows a note; one that is shown already isn't shown twice. */
export function tell(tone: Tone, text: string): void {
  const shown = toasts.get();
  if (shown.some((toast) => toast.text === text)) return;
  lastId += 1;
  toasts.set([...shown, { id: lastId, tone, text }].slice(-SHOWN_MAX));
}

export function dismiss(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
