/** Option symbols (OSI) as traders say them. */
import { dateOf } from "./instant";

export interface ContractParts {
  root: string;
  /** `2026-02-13`. */
  expiration: string;
  right: "call" | "put";
  strike: number;
}

const SYMBOL = /^([A-Z0-9]{1,6}?)(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;

export function contractParts(symbol: string): ContractParts | null {
  const found = SYMBOL.exec(symbol.replaceAll(" ", ""));
  if (!found) return null;
  const [, root = "", year, month, day, right, strike] = found;
  return {
    root,
    expiration: `20${year}-${month}-${day}`,
    right: right === "C" ? "call" : "put",
    strike: Number(strike) / 1_000,
  };
}

/** `SPY 451 call Feb 13`; a symbol of another form stands as it is. */
export function contractWords(symbol: string): string {
  const parts = contractParts(symbol);
  if (!parts) return symbol;
  const day = dateOf(parts.expiration).replace(/, \d{4}$/, "");
  return `${parts.root} ${parts.strike} ${parts.right} ${day}`;
}
