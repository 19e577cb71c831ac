/** A clock's hand that moves once a second while the page is looked at. */
import { api } from "../api/session";
import { Store, useStore } from "./store";

const hand = new Store(Date.now());

/** Starts the hand; done once. */
export function startClock(): void {
  const tick = () => void (document.visibilityState === "visible" && hand.set(Date.now()));
  window.setInterval(tick, 1_000);
  document.addEventListener("visibilitychange", tick);
}

/** The stack's clock now, in milliseconds since 1970; moves once a second. */
export function useServerNowMs(): number {
  return api.clock.nowMs(useStore(hand));
}

/** Our own clock, for how long an answer has been kept. */
export function useOwnNowMs(): number {
  return useStore(hand);
}
