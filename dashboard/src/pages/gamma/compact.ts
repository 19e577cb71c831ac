/** Large amounts in short: `$1.24B`, `−$450M`. */
import { ABSENT, type Decimal, numberOf } from "../../format/money";

const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

export function compactUsd(value: Decimal): string {
  const number = numberOf(value);
  if (number === null) return ABSENT;
  return `${number < 0 ? "−" : ""}$${COMPACT.format(Math.abs(number))}`;
}

/** With its sign: what pushes and what pulls. */
export function signedCompactUsd(value: Decimal): string {
  const number = numberOf(value);
  return number !== null && number > 0 ? `+${compactUsd(number)}` : compactUsd(value);
}
