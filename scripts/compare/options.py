#!/usr/bin/env python3
"""Times option pricing of vollib and QuantLib on the inputs of our own benchmark.

The mix is the one of shared/quant/benches/options.rs. Both libraries are called as their users
call them, one option at a time from Python; so their rates have the calls in them, for QuantLib
most of its time. Where our benchmark has been run, its rates and the ratios are printed too:

  cargo bench --package quant --bench options
  scripts/compare/options.py

The libraries are installed into .tools/compare the first time. Nothing passes or fails.
"""

import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ROOT / ".tools" / "compare"
LIBRARIES = {"vollib": "1.0.11", "QuantLib": "1.44"}

SPOT, RATE, DIVIDEND_YIELD = 600.0, 0.043, 0.012
YEARS = [0.0002, 0.0007, 0.003, 0.01, 0.02, 0.08, 0.25, 0.5]
STRIKES = 64
ROUNDS = 5


def install():
    """Runs this script again with an interpreter that has the libraries."""
    python = TOOLS / "bin" / "python"
    if Path(sys.prefix).resolve() == TOOLS:
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=True)
    wanted = [f"{name}=={version}" for name, version in LIBRARIES.items()]
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(pip + wanted, check=True)
    os.execv(python, [str(python), __file__, *sys.argv[1:]])


def mix():
    """(flag, strike, years, volatility) of each option."""
    for years in YEARS:
        reach = min(3.0 * 0.2 * math.sqrt(years), 0.1)
        for index in range(STRIKES):
            moneyness = reach * (2.0 * index / (STRIKES - 1) - 1.0)
            volatility = 0.2 - 0.5 * moneyness + 2.0 * moneyness**2
            for flag in "cp":
                yield flag, SPOT * (1.0 + moneyness), years, volatility


def rate(inputs, function):
    """Calls a second: the best of some rounds."""
    best = math.inf
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for one in inputs:
            function(*one)
        best = min(best, time.perf_counter() - start)
    return len(inputs) / best


# ------------------------------------------------------------------ vollib


def of_vollib(options):
    from vollib.black_scholes_merton import black_scholes_merton
    from vollib.black_scholes_merton.greeks import analytical
    from vollib.black_scholes_merton.implied_volatility import implied_volatility

    greeks = [getattr(analytical, name) for name in ("delta", "gamma", "theta", "vega", "rho")]

    def price(flag, strike, years, volatility):
        return black_scholes_merton(flag, SPOT, strike, years, RATE, volatility, DIVIDEND_YIELD)

    def price_and_greeks(flag, strike, years, volatility):
        price(flag, strike, years, volatility)
        for greek in greeks:
            greek(flag, SPOT, strike, years, RATE, volatility, DIVIDEND_YIELD)

    def volatility_of(paid, flag, strike, years):
        try:
            implied_volatility(paid, SPOT, strike, years, RATE, DIVIDEND_YIELD, flag)
        except Exception:  # noqa: BLE001 - its errors have no common class
            pass

    priced = [(price(*option), *option[:3]) for option in options]
    return {
        "price": rate(options, price),
        "price and Greeks": rate(options, price_and_greeks),
        "implied volatility": rate(priced, volatility_of),
    }


# ------------------------------------------------------------------ QuantLib


def of_quantlib(options):
    import QuantLib as ql

    kinds = {"c": ql.Option.Call, "p": ql.Option.Put}

    def market(strike, years, volatility):
        discount = math.exp(-RATE * years)
        forward = SPOT * math.exp((RATE - DIVIDEND_YIELD) * years)
        return forward, volatility * math.sqrt(years), discount

    def calculator(flag, strike, years, volatility):
        forward, deviation, discount = market(strike, years, volatility)
        payoff = ql.PlainVanillaPayoff(kinds[flag], strike)
        return ql.BlackCalculator(payoff, forward, deviation, discount)

    def price(flag, strike, years, volatility):
        forward, deviation, discount = market(strike, years, volatility)
        return ql.blackFormula(kinds[flag], strike, forward, deviation, discount)

    def price_and_greeks(flag, strike, years, volatility):
        of = calculator(flag, strike, years, volatility)
        of.value(), of.delta(SPOT), of.gamma(SPOT)
        of.theta(SPOT, years), of.vega(years), of.rho(years)

    def volatility_of(paid, flag, strike, years):
        forward, _, discount = market(strike, years, 0.0)
        try:
            ql.blackFormulaImpliedStdDevLiRS(
                kinds[flag], strike, forward, paid, discount, 0.0, ql.nullDouble(), 1.0, 1e-12, 100
            )
        except RuntimeError:
            pass

    priced = [(price(*option), *option[:3]) for option in options]
    return {
        "price": rate(options, price),
        "price and Greeks": rate(options, price_and_greeks),
        "implied volatility": rate(priced, volatility_of),
        **american_of(ql),
    }


def american_of(ql):
    today = ql.Date(15, 1, 2025)
    ql.Settings.instance().evaluationDate = today
    days = ql.Actual365Fixed()

    def curve(level):
        return ql.YieldTermStructureHandle(ql.FlatForward(today, level, days))

    volatility = ql.BlackConstantVol(today, ql.NullCalendar(), 0.2, days)
    underlying = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(SPOT)),
        curve(0.0),
        curve(RATE),
        ql.BlackVolTermStructureHandle(volatility),
    )
    dividends = ql.DividendSchedule([ql.FixedDividend(1.8, today + 30)])
    exercise = ql.AmericanExercise(today, today + 45)

    def one(kind, strike, engine):
        option = ql.VanillaOption(ql.PlainVanillaPayoff(kind, strike), exercise)
        option.setPricingEngine(engine())
        return option.NPV()

    def tree():
        return ql.BinomialLRVanillaEngine(underlying, 601)

    def grid():
        return ql.FdBlackScholesVanillaEngine(underlying, dividends, 200, 400)

    return {
        "put": rate([(ql.Option.Put, 620.0, tree)] * 20, one),
        "call over an ex-date": rate([(ql.Option.Call, 580.0, grid)] * 20, one),
    }


# ------------------------------------------------------------------ ours


def ours():
    """Calls a second by the last run of our benchmark; empty where it hasn't been run."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    count = len(YEARS) * STRIKES * 2
    sizes = {
        "european/price and Greeks": count,
        "european/implied volatility": count,
        "american/put": 1,
        "american/call over an ex-date": 1,
    }
    rates = {}
    for name, size in sizes.items():
        path = target / "criterion" / name / "new" / "estimates.json"
        if path.exists():
            ns = json.loads(path.read_text())["median"]["point_estimate"]
            rates[name.split("/")[1]] = size / ns * 1e9
    if "price and Greeks" in rates:
        rates["price"] = rates["price and Greeks"]
    return rates


def main():
    if sys.argv[1:]:
        print(f"usage: {Path(sys.argv[0]).name}\n\n{__doc__.strip()}")
        return 0 if sys.argv[1] in ("-h", "--help") else 2
    install()
    options = list(mix())
    own, others = ours(), {"vollib": of_vollib(options), "QuantLib": of_quantlib(options)}
    print(f"{'a second':22}{'ours':>14}" + "".join(f"{n:>14}{'ratio':>8}" for n in others))
    for name in ("price", "price and Greeks", "implied volatility", "put", "call over an ex-date"):
        line = f"{name:22}" + (f"{own[name]:14,.0f}" if name in own else f"{'-':>14}")
        for rates in others.values():
            theirs = rates.get(name)
            line += f"{theirs:14,.0f}" if theirs else f"{'-':>14}"
            line += f"{own[name] / theirs:8,.1f}" if theirs and name in own else f"{'-':>8}"
        print(line)
    print("\nOurs gives the Greeks with each price. QuantLib's put is a tree of 601 steps, its call")
    print("over an ex-date a grid of 200 by 400; ours are two trees, of 600 and 300 steps.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
