"""Black, Scholes and Merton with 60 digits. Inputs are f64 taken as exact numbers."""

import mpmath
from mpmath import exp, log, mpf, sqrt

mpmath.mp.dps = 60


def parts(case, volatility=None):
    """Sign, spot, strike, years, rate, yield, volatility, d1 and d2."""
    names = ("S", "K", "T_years", "r", "q")
    spot, strike, years, rate, dividends = (mpf(case[name]) for name in names)
    sigma = mpf(case["sigma"]) if volatility is None else volatility
    total = sigma * sqrt(years)
    d1 = (log(spot / strike) + (rate - dividends + sigma**2 / 2) * years) / total
    sign = 1 if case["cp"] == "C" else -1
    return sign, spot, strike, years, rate, dividends, sigma, d1, d1 - total


def cumulative(x):
    """The normal distribution, exact to all digits in both tails."""
    return mpmath.erfc(-x / sqrt(mpf(2))) / 2


def density(x):
    """The normal density."""
    return exp(-x * x / 2) / sqrt(2 * mpmath.pi)


def value(case):
    """Price and sensitivities in the units of the files."""
    sign, spot, strike, years, rate, dividends, sigma, d1, d2 = parts(case)
    held, owed = spot * exp(-dividends * years), strike * exp(-rate * years)
    above, exercised = cumulative(sign * d1), cumulative(sign * d2)
    decay = held * density(d1) * sigma / (2 * sqrt(years))
    carry = sign * (dividends * held * above - rate * owed * exercised)
    return {
        "price": sign * (held * above - owed * exercised),
        "delta": sign * held / spot * above,
        "gamma": held / spot * density(d1) / (spot * sigma * sqrt(years)),
        "theta_per_day_365": (carry - decay) / 365,
        "vega_per_1pct": held * density(d1) * sqrt(years) / 100,
        "rho_per_1pct": sign * years * owed * exercised / 100,
    }


def probability_in_the_money(case):
    """N(±d2)."""
    sign, *_, d2 = parts(case)
    return cumulative(sign * d2)


def bounds(case):
    """Between which prices a volatility exists."""
    spot, strike, years, rate, dividends = (mpf(case[name]) for name in ("S", "K", "T_years", "r", "q"))
    held, owed = spot * exp(-dividends * years), strike * exp(-rate * years)
    sign = 1 if case["cp"] == "C" else -1
    return max(mpf(0), sign * (held - owed)), held if sign > 0 else owed


def implied_volatility(case, price):
    """The volatility that gives an f64 price exactly, by Newton's method from the one it came from."""
    sigma = mpf(case["sigma"])
    for _ in range(60):
        here = value(case | {"sigma": sigma})
        step = (here["price"] - mpf(price)) / (here["vega_per_1pct"] * 100)
        sigma -= step
        if abs(step) < mpf(10) ** -40:
            return float(sigma)
    raise ArithmeticError(f"no volatility found: {case}")
