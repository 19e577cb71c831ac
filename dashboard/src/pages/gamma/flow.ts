/** How much of the premium the calls hold. */
import { numberOf } from "../../format/money";
import type { Flow } from "./kinds";

/** In per cent; none where nothing was traded. */
export function callShare({ call_premium_usd, put_premium_usd }: Pick<Flow, "call_premium_usd" | "put_premium_usd">): number | null {
  const calls = numberOf(call_premium_usd) ?? 0;
  const whole = calls + (numberOf(put_premium_usd) ?? 0);
  return whole > 0 ? (calls / whole) * 100 : null;
}
