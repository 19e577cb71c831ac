"""The same options by QuantLib and vollib, for comparison; empty where a library refuses."""

import math

import QuantLib
from py_vollib.black_scholes_merton import black_scholes_merton
from py_vollib.black_scholes_merton.implied_volatility import implied_volatility


def columns(case, price):
    """Implied volatility by vollib, and prices by both."""
    flag = case["cp"].lower()
    terms = (case["S"], case["K"], case["T_years"], case["r"])
    return {
        "iv_vollib": attempt(lambda: implied_volatility(price, *terms, case["q"], flag)),
        "price_quantlib": quantlib_price(case),
        "price_vollib": attempt(
            lambda: black_scholes_merton(flag, *terms, case["sigma"], case["q"])
        ),
    }


def attempt(function):
    """A library's finite answer, or nothing."""
    try:
        answer = float(function())
    # Each of these libraries has its own kinds of errors, some of them plain Exceptions.
    except Exception:  # noqa: BLE001
        return None
    return answer if math.isfinite(answer) else None


def quantlib_price(case):
    """QuantLib's calculator of the formula."""
    right = QuantLib.Option.Call if case["cp"] == "C" else QuantLib.Option.Put
    forward = case["S"] * math.exp((case["r"] - case["q"]) * case["T_years"])
    deviation = case["sigma"] * math.sqrt(case["T_years"])
    discount = math.exp(-case["r"] * case["T_years"])
    return QuantLib.blackFormula(right, case["K"], forward, deviation, discount)
