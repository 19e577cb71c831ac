/** How the report's numbers are written: shares as per cent, differences with their sign. */
import { ABSENT, percent, plain, signedPercent, signedUsd, usd } from "../../format/money";
import type { Metric, Range } from "./kinds";

export type Written = (value: number | null | undefined) => string;

const share: Written = (value) => percent(hundredfold(value), 2);
const signedShare: Written = (value) => signedPercent(hundredfold(value), 2);

/** 0.01 of the API is 1 %. */
export function hundredfold(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : value * 100;
}

export const shareOf = share;
export const signedShareOf = signedShare;

interface MetricWords {
  title: string;
  hint: string;
  write: Written;
  writeDifference: Written;
}

const IN_USD = { write: signedUsd, writeDifference: signedUsd };
const IN_SHARES = { write: share, writeDifference: signedShare };
const IN_RETURNS = { write: signedShare, writeDifference: signedShare };

export const METRICS: Readonly<Record<Metric, MetricWords>> = {
  net_return_per_signal: {
    title: "Net return per signal",
    hint: "Net result by premium paid; a signal without an entry counts as zero",
    ...IN_RETURNS,
  },
  net_return_without_capacity: {
    title: "Net return without capacity rejections",
    hint: "The same, without the signals that limits or missing prices kept an engine from",
    ...IN_RETURNS,
  },
  net_usd_per_signal: { title: "Dollars per signal", hint: "Net of fees", ...IN_USD },
  net_usd_per_trade: { title: "Dollars per trade", hint: "Net of fees, closed trades alone", ...IN_USD },
  win_rate: { title: "Win rate", hint: "Closed trades with a net result above zero", ...IN_SHARES },
  entry_rate: { title: "Entry rate", hint: "Signals that became a position", ...IN_SHARES },
};

/** `0.034`; very small ones by their bound. */
export function pWords(p: number | null | undefined): string {
  if (p === null || p === undefined) return ABSENT;
  return p < 0.001 ? "< 0.001" : plain(p, 3, 3);
}

export function rangeWords(range: Range, write: Written): string {
  return `${write(range.low)} to ${write(range.high)}`;
}

export const usdOf: Written = (value) => usd(value);
