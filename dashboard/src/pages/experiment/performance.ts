/** What each engine's trades brought, one line for each figure. */
import { ABSENT, plain, signedUsd, usd } from "../../format/money";
import { duration } from "../../format/instant";
import { shareOf, type Written } from "./figures";
import { found, type Performance, type Range } from "./kinds";

export interface FigureLine {
  name: string;
  a: number | null;
  b: number | null;
  write: Written;
  /** Within what each engine's true share plausibly is, 0 to 1. */
  ranges?: readonly [Range | null, Range | null];
}

type Of = (performance: Performance) => number | string | null | undefined;

const ratio: Written = (value) => plain(value, 2, 2);
const count: Written = (value) => plain(value, 0);
const minutes: Written = (value) => (value === null || value === undefined ? ABSENT : duration(value * 60_000));

interface Account {
  drawdown_max_share: number;
  drawdown_max_usd: number;
  sharpe?: number | null;
  sortino?: number | null;
  calmar?: number | null;
}

function account(of: Performance): Account | null {
  return found(of.equity) as Account | null;
}

const FIGURES: readonly [name: string, of: Of, write: Written][] = [
  ["Closed trades", (it) => it.trades, count],
  ["Net result", (it) => it.net_usd, signedUsd],
  ["Result before fees", (it) => it.gross_usd, signedUsd],
  ["Fees", (it) => it.fees_usd, usd],
  ["Mean result of a trade", (it) => it.expectancy_usd, signedUsd],
  ["Win rate", (it) => it.win_rate?.share, shareOf],
  ["Profit factor", (it) => it.profit_factor, ratio],
  ["Mean win by mean loss", (it) => it.payoff, ratio],
  ["System quality", (it) => it.quality, ratio],
  ["Median time held", (it) => it.holding?.median_minutes, minutes],
  ["Maximum drawdown", (it) => account(it)?.drawdown_max_share, shareOf],
  ["Maximum drawdown in dollars", (it) => account(it)?.drawdown_max_usd, usd],
  ["Sharpe’s ratio, of a year", (it) => account(it)?.sharpe, ratio],
  ["Sortino’s ratio, of a year", (it) => account(it)?.sortino, ratio],
  ["Calmar’s ratio", (it) => account(it)?.calmar, ratio],
];

function numberIn(value: number | string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

export function figureLines(a: Performance | undefined, b: Performance | undefined): FigureLine[] {
  return FIGURES.map(([name, of, write]) => {
    const line = { name, a: numberIn(a && of(a)), b: numberIn(b && of(b)), write };
    if (name !== "Win rate") return line;
    return { ...line, ranges: [a?.win_rate?.wilson ?? null, b?.win_rate?.wilson ?? null] };
  });
}
