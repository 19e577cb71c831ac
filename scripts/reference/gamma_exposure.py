"""Exposure of one contract, and of a chain at any spot."""

from math import exp, log, pi, sqrt

MINUTES_A_YEAR = 525_600


def used(rows):
    """Contracts that aren't over, and have a volatility and open interest."""
    return [row for row in rows if row["T_minutes"] > 0 and (row["iv"] or 0) > 0 and (row["oi"] or 0) > 0]


def gamma(spot, strike, years, rate, dividends, sigma):
    """By Black, Scholes and Merton."""
    total = sigma * sqrt(years)
    d1 = (log(spot / strike) + (rate - dividends + sigma * sigma / 2) * years) / total
    density = exp(-d1 * d1 / 2) / sqrt(2 * pi)
    return exp(-dividends * years) * density / (spot * total)


def exposure(chain, row, spot=None):
    """Dollars of delta for +1 %, at the chain's spot or another one."""
    spot = spot or chain["spot"]
    years = row["T_minutes"] / MINUTES_A_YEAR
    of_one = gamma(spot, row["strike"], years, chain["r"], chain["q"], row["iv"])
    sign = 1 if row["cp"] == "C" else -1
    return sign * of_one * row["oi"] * 100 * spot**2 * 0.01


def net_at(chain, rows, spot):
    """Net exposure with every gamma computed at a spot; calls and puts are summed apart."""
    values = [exposure(chain, row, spot) for row in rows]
    return sum(value for value in values if value > 0) + sum(value for value in values if value < 0)


def by_strike(chain):
    """Exposure of each listed strike."""
    rows = used(chain["rows"])
    told = []
    for strike in sorted({row["strike"] for row in chain["rows"]}):
        sides = [
            sum(exposure(chain, row) for row in rows if (row["strike"], row["cp"]) == (strike, cp))
            for cp in "CP"
        ]
        call, put = map(float, sides)
        told.append({"strike": strike, "call_gex": call, "put_gex": put, "net_gex": call + put})
    return told
