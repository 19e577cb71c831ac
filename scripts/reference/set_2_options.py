"""Set 2: European options by mpmath with 60 digits, American ones by QuantLib.

Prices and sensitivities are those of Black, Scholes and Merton: theta by calendar day (/365), vega
and rho by one percentage point. `iv_from_price` is the volatility of which the price, rounded to f64,
is the exact price; it is given where it can be told: `iv_resolution`, (ulp(price) + 2.3e-16 ×
max(S, K)) / vega, is at most 1e-7.
"""

import math

import option_american
import option_exact
import option_libraries
from files import number, read_rows

DIRECTORY = "2_options"
# QuantLib's finite differences stand for themselves; so do implied volatilities of vollib.
TOLERANCES = {
    "": 1e-10,
    "iv_from_price": 1e-8,
    "iv_vollib": 1e-6,
    "american": 1e-5,
    "american_binomial_lr2001": 1e-5,
    "american_fd": 5e-3,
    "european_fd": 5e-3,
    "early_exercise_premium": 5e-3,
}
RATES, YIELDS = (0.0, 0.01, 0.03, 0.0435, 0.0525), (0.0, 0.012, 0.013, 0.03)
EDGE_RATES, EDGE_YIELDS = (-0.01, 0.0, 0.15), (0.0, 0.08, 0.2)
DAY, MINUTE = 1 / 365, 1 / 525_600
# How many, least and most time with its unit, volatility, and the strike's share of the spot.
CATEGORIES = {
    "near_atm": (90, (1, 60), DAY, (0.08, 0.8), (0.96, 1.04)),
    "directional_otm": (70, (2, 90), DAY, (0.08, 0.8), (0.86, 1.16)),
    "deep_itm_otm": (70, (3, 180), DAY, (0.1, 0.6), (0.4, 2.5)),
    "zero_dte": (80, (1, 390), MINUTE, (0.06, 0.6), (0.98, 1.02)),
    "one_minute": (20, (1, 6), MINUTE, (0.08, 0.5), (0.99, 1.012)),
    "high_vol": (60, (10, 400), DAY, (1.0, 5.0), (0.55, 1.8)),
    "low_vol": (40, (15, 360), DAY, (0.01, 0.06), (0.98, 1.025)),
    "leaps": (40, (366 * 1440, 1090 * 1440), MINUTE, (0.12, 0.8), (0.68, 1.45)),
    "rates_edge": (30, (10, 200), DAY, (0.08, 0.7), (0.9, 1.09)),
}


def draw(random):
    """Inputs of all files."""
    categories = [
        european(random, name) for name, case in CATEGORIES.items() for _ in range(case[0])
    ]
    return {
        "european": [{"id": index} | case for index, case in enumerate(categories)],
        "errors": drawn_errors(random) + FIXED_ERRORS,
        "expired": expired(random),
        "yield": [{"id": index} | american(random) for index in range(120)],
        "dividend": [{"id": index} | with_dividend(random) for index in range(30)],
    }


def spot_and_strike(random, shares):
    """A spot in cents, and a strike in half dollars."""
    spot = round(float(random.uniform(15, 650)), 2)
    return spot, max(0.5, round(spot * float(random.uniform(*shares)) * 2) / 2)


def european(random, category):
    """One case of a category."""
    _, (least, most), unit, volatilities, shares = CATEGORIES[category]
    spot, strike = spot_and_strike(random, shares)
    is_edge = category == "rates_edge"
    years = int(random.integers(least, most)) * unit
    return {
        "category": category,
        "cp": str(random.choice(["C", "P"])),
        "S": spot,
        "K": strike,
        "T_years": years,
        "r": float(random.choice(EDGE_RATES if is_edge else RATES)),
        "q": float(random.choice(EDGE_YIELDS if is_edge else YIELDS)),
        "sigma": round(float(random.uniform(*volatilities)), 6),
    }


def drawn_errors(random):
    """Prices that no volatility gives."""
    cases = []
    for _ in range(12):
        spot, strike = spot_and_strike(random, (0.8, 1.25))
        days = int(random.integers(2, 90))
        fixed = {"cp": str(random.choice(["C", "P"])), "S": spot, "K": strike}
        fixed |= {"T_years": days / 365, "r": 0.04, "q": 0.01}
        lower, upper = (float(bound) for bound in option_exact.bounds(fixed))
        prices = {"at or above upper bound": upper * 1.001, "zero price": 0.0}
        if lower > 0:
            prices = {"below forward intrinsic": lower * 0.9} | prices
        cases += [{"desc": name} | fixed | {"price": round(of, 6)} for name, of in prices.items()]
    return cases


def fixed_error(desc, price=1.0, **changed):
    """An error case that doesn't depend on the seed."""
    usual = {"cp": "C", "S": 100.0, "K": 100.0, "T_years": 0.1, "r": 0.04, "q": 0.0}
    return {"desc": desc} | usual | changed | {"price": price}


FIXED_ERRORS = [
    fixed_error("T zero", T_years=0.0),
    fixed_error("negative T", T_years=-0.01),
    fixed_error("negative price", price=-1.0),
    fixed_error("NaN spot", S=None),
    fixed_error("zero strike", K=0.0),
    fixed_error("exactly intrinsic", price=10.0, K=90.0, r=0.0),
    fixed_error("exactly the spot", price=100.0, r=0.0),
    fixed_error("exactly the strike", price=100.0, cp="P", r=0.0),
]


def expired(random):
    """Spots around a strike, at expiry."""
    strike = float(random.integers(20, 500))
    spots = [strike + step for step in (-10.0, -0.01, 0.0, 0.01, 10.0)]
    return [{"cp": cp, "S": round(spot, 2), "K": strike} for cp in "CP" for spot in spots]


def american(random):
    """An option on something with a steady yield."""
    spot, strike = spot_and_strike(random, (0.85, 1.15))
    days = int(random.choice([1, 2, 5, 7, 14, 21, 30, 45, 60, 90, 180]))
    return {
        "cp": str(random.choice(["C", "P"])),
        "S": spot,
        "K": max(1, round(strike)),
        "days": days,
        "T_years": days / 365,
        "r": float(random.choice(RATES)),
        "q": float(random.choice([0.0, 0.012, 0.03, 0.07])),
        "sigma": round(float(random.uniform(0.1, 0.6)), 4),
    }


def with_dividend(random):
    """A call over a day on which a dividend is paid."""
    spot = round(float(random.uniform(400, 650)), 2)
    days = int(random.choice([5, 10, 20, 30, 45, 60]))
    return {
        "cp": "C",
        "S": spot,
        "K": round(spot * float(random.uniform(0.94, 1.0))),
        "days": days,
        "ex_div_day": int(random.integers(2, days)),
        "dividend": round(float(random.uniform(1.5, 2.0)), 3),
        "r": float(random.choice([0.03, 0.0435, 0.0525])),
        "sigma": round(float(random.uniform(0.1, 0.25)), 4),
    }


def read(directory):
    """Inputs of files."""
    greeks = ("S", "K", "T_years", "r", "q")
    case = ("id", "cp", "S", "K", "days")
    return {
        "european": inputs(directory / "bsm_european.csv", ("id", "category", "cp", *greeks, "sigma")),
        "errors": inputs(directory / "iv_error_cases.csv", ("desc", "cp", *greeks, "price")),
        "expired": inputs(directory / "at_expiry_T0.csv", ("cp", "S", "K")),
        "yield": inputs(
            directory / "american_continuous_yield.csv", (*case, "T_years", "r", "q", "sigma")
        ),
        "dividend": inputs(
            directory / "american_discrete_dividend.csv",
            (*case, "ex_div_day", "dividend", "r", "sigma"),
        ),
    }


def inputs(path, names):
    """The columns of a file that its answers come from."""
    parse = {"id": int, "days": int, "ex_div_day": int} | dict.fromkeys(("category", "cp", "desc"), str)
    return [{name: parse.get(name, number)(row[name]) for name in names} for row in read_rows(path)]


def answers(cases):
    """All files of the set."""
    return {
        "bsm_european.csv": [european_row(case) for case in cases["european"]],
        "iv_error_cases.csv": [case | {"expect": error(case)} for case in cases["errors"]],
        "at_expiry_T0.csv": [expired_row(case) for case in cases["expired"]],
        "american_continuous_yield.csv": [option_american.with_yield(case) for case in cases["yield"]],
        "american_discrete_dividend.csv": [
            option_american.with_dividend(case) for case in cases["dividend"]
        ],
    }


def european_row(case):
    """A case with its price, its sensitivities and its implied volatility."""
    exact = option_exact.value(case)
    row = case | {name: float(value) for name, value in exact.items()}
    sign = 1 if case["cp"] == "C" else -1
    row["intrinsic_spot"] = max(0.0, sign * (case["S"] - case["K"]))
    row["prob_itm_d2"] = float(option_exact.probability_in_the_money(case))
    vega = exact["vega_per_1pct"] * 100
    least = math.ulp(row["price"]) + 2.3e-16 * max(case["S"], case["K"])
    resolution = float(least / vega) if vega else math.inf
    is_told = resolution <= 1e-7
    row |= {"iv_identifiable": is_told, "iv_resolution": resolution}
    implied = option_exact.implied_volatility(case, row["price"]) if is_told else None
    return row | {"iv_from_price": implied} | option_libraries.columns(case, row["price"])


def error(case):
    """Why a case has no implied volatility."""
    if None in case.values() or min(case["S"], case["K"], case["T_years"]) <= 0:
        return "error_domain"
    lower, upper = option_exact.bounds(case)
    if case["price"] <= lower:
        return "error_below_intrinsic"
    return "error_above_bound" if case["price"] >= upper else "none"


def expired_row(case):
    """The payoff, and half a share where spot and strike are the same."""
    sign = 1 if case["cp"] == "C" else -1
    inside = sign * (case["S"] - case["K"])
    delta = 0.5 if inside == 0 else float(inside > 0)
    row = case | {"price": max(0.0, inside), "delta": sign * delta or 0.0}
    return row | dict.fromkeys(("gamma", "vega", "theta", "rho"), 0.0)
