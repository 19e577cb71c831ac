"""What is told of a series of daily returns."""

import math
import statistics

import numpy
from scipy import stats

STARTING_EQUITY = 100_000.0


def told(case):
    """Ratios, drawdowns and moments."""
    returns, periods = case["returns"], case["periods"]
    equity = [STARTING_EQUITY]
    for value in returns:
        equity.append(equity[-1] * (1 + value))
    growth = (equity[-1] / equity[0]) ** (periods / len(returns)) - 1
    fallen = drawdowns(equity)
    return ratios(returns, case["rf_annual"] / periods, periods) | fallen | {
        "cagr": growth,
        "calmar": growth / fallen["max_drawdown_pct"],
        "var95_hist": -float(numpy.percentile(returns, 5)),
        "skew": float(stats.skew(returns)),
        "kurtosis_excess": float(stats.kurtosis(returns)),
    }


def ratios(returns, free, periods):
    """Sharpe and Sortino by year; all days count."""
    excess = [value - free for value in returns]
    mean, below = statistics.fmean(excess), [min(value, 0) ** 2 for value in excess]
    return {
        "sharpe": mean / statistics.stdev(excess) * math.sqrt(periods),
        "sortino_target_rf": mean / math.sqrt(statistics.fmean(below)) * math.sqrt(periods),
    }


def drawdowns(equity):
    """How far equity was below its peak; the starting equity is the first peak."""
    peaks = [max(equity[: end + 1]) for end in range(len(equity))]
    shares = [1 - value / peak for value, peak in zip(equity, peaks)]
    return {
        "max_drawdown_pct": max(shares),
        "max_drawdown_dollars": max(peak - value for value, peak in zip(equity, peaks)),
        "max_dd_trough_index": shares.index(max(shares)),
        "longest_underwater_days": longest_run(share > 0 for share in shares),
        "ulcer": math.sqrt(statistics.fmean(share**2 for share in shares)),
    }


def longest_run(flags):
    """Most days in a row."""
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest
