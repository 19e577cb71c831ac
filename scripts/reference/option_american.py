"""American options by QuantLib: fixed points for steady yields, finite differences for dividends."""

import QuantLib as ql

TODAY = ql.Date(2, 1, 2026)
COUNT = ql.Actual365Fixed()
TREE_STEPS = 2001
GRID = (800, 800)
# How near to its payoff an option is worth exercising at once.
AT_INTRINSIC = 1e-9


def market(case, dividend_yield):
    """The process of the price."""
    ql.Settings.instance().evaluationDate = TODAY
    flat = lambda rate: ql.YieldTermStructureHandle(ql.FlatForward(TODAY, rate, COUNT))
    volatility = ql.BlackConstantVol(TODAY, ql.NullCalendar(), case["sigma"], COUNT)
    return ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(case["S"])),
        flat(dividend_yield),
        flat(case["r"]),
        ql.BlackVolTermStructureHandle(volatility),
    )


def price(case, is_american, engine):
    """An option's value by an engine."""
    right = ql.Option.Call if case["cp"] == "C" else ql.Option.Put
    last = TODAY + case["days"]
    exercise = ql.AmericanExercise(TODAY, last) if is_american else ql.EuropeanExercise(last)
    option = ql.VanillaOption(ql.PlainVanillaPayoff(right, case["K"]), exercise)
    option.setPricingEngine(engine)
    return option.NPV()


def with_yield(case):
    """By fixed points, checked by a tree of Leisen and Reimer."""
    process = market(case, case["q"])
    scheme = ql.QdFpAmericanEngine.highPrecisionScheme()
    american = price(case, True, ql.QdFpAmericanEngine(process, scheme))
    european = price(case, False, ql.AnalyticEuropeanEngine(process))
    tree = ql.BinomialVanillaEngine(process, "lr", TREE_STEPS)
    sign = 1 if case["cp"] == "C" else -1
    inside = sign * (case["S"] - case["K"])
    return case | {
        "american": american,
        "american_binomial_lr2001": price(case, True, tree),
        "european": european,
        "early_exercise_premium": max(0.0, american - european),
        "at_intrinsic": inside > 0 and american - inside < AT_INTRINSIC,
    }


def with_dividend(case):
    """By finite differences with one dividend in cash."""
    paid = ql.FixedDividend(case["dividend"], TODAY + case["ex_div_day"])
    dividends = ql.DividendSchedule([paid])
    engine = ql.FdBlackScholesVanillaEngine(market(case, 0.0), dividends, *GRID)
    american, european = price(case, True, engine), price(case, False, engine)
    return case | {
        "american_fd": american,
        "european_fd": european,
        "early_exercise_premium": american - european,
    }
