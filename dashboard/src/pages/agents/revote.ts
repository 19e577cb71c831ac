/** The what-if: other weights, another threshold, and what is sent of them. */
import { numberOf } from "../../format/money";
import type { Committee, RevoteAnswer, RevoteRequest } from "./kinds";

export const WEIGHT_MAX = 1_000;
export const DAYS_MAX = 366;

export interface WhatIf {
  weights: Readonly<Record<string, number>>;
  enterAtPoints: number;
  days: number;
}

export function asItIs(committee: Committee, days = 30): WhatIf {
  const weights = Object.fromEntries(committee.agents.map((agent) => [agent.agent, agent.weight]));
  return { weights, enterAtPoints: committee.enter_at_points, days };
}

/** Only what differs from what is in force is sent. */
export function revoteRequest(what: WhatIf, committee: Committee): RevoteRequest {
  const now = asItIs(committee);
  const changed = Object.entries(what.weights).filter(([agent, weight]) => now.weights[agent] !== weight);
  return {
    days: what.days,
    weights: Object.fromEntries(changed),
    ...(what.enterAtPoints === now.enterAtPoints ? {} : { enter_at_points: what.enterAtPoints }),
  };
}

export function isChanged(what: WhatIf, committee: Committee): boolean {
  const { weights, enter_at_points } = revoteRequest(what, committee);
  return Object.keys(weights ?? {}).length > 0 || enter_at_points !== undefined;
}

/** A whole number within its limits; none for what isn't one. */
export function wholeWithin(text: string, least: number, most: number): number | null {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) return null;
  return Math.min(most, Math.max(least, Math.round(number)));
}

/** What the other vote would have brought more than that of then, to the cent. */
export function gainUsd(answer: RevoteAnswer): number {
  const cents = (text: string) => Math.round((numberOf(text) ?? 0) * 100);
  return (cents(answer.net_now_usd) - cents(answer.net_then_usd)) / 100;
}
