"""Bias-corrected and accelerated bootstrap intervals, from replicates that are in the file."""

import numpy
from scipy import stats

REPLICATES = 2000
RULE = "numpy percentile, linear interpolation (type 7); z0 uses the mean of '<' and '<=' counts as scipy does"


def mean(trades):
    """Dollars by trade."""
    return float(numpy.mean(trades))


def profit_factor(trades):
    """Gains against losses."""
    trades = numpy.asarray(trades)
    return float(trades[trades > 0].sum() / -trades[trades < 0].sum())


STATISTICS = {"mean": mean, "profit_factor": profit_factor}


def draw(random, trades):
    """Replicates of the variants of four experiments."""
    cases = []
    for experiment in ("exp0", "exp1", "exp2", "exp3"):
        values = numpy.array(trades[experiment]["variant"])
        picks = random.integers(0, len(values), (REPLICATES, len(values)))
        for name, function in STATISTICS.items():
            replicates = [function(values[pick]) for pick in picks]
            cases.append({"data": f"{experiment}.variant", "statistic": name, "replicates": replicates})
    return cases


def read(known):
    """Replicates of a file."""
    return [{name: case[name] for name in ("data", "statistic", "replicates")} for case in known["cases"]]


def answers(trades, cases):
    """The file of intervals."""
    return {"quantile_rule": RULE, "cases": [case | told(trades, case) for case in cases]}


def told(trades, case):
    """The interval of one statistic, and scipy's own of 50,000 replicates."""
    experiment, arm = case["data"].split(".")
    values, function = trades[experiment][arm], STATISTICS[case["statistic"]]
    theta = function(values)
    jackknife = [function(values[:left] + values[left + 1 :]) for left in range(len(values))]
    z0 = bias(theta, numpy.array(case["replicates"]))
    a = acceleration(numpy.array(jackknife))
    levels = [adjusted(z0, a, level) for level in (0.025, 0.975)]
    quantiles = lambda at: [float(of) for of in numpy.quantile(case["replicates"], at)]
    found = {"theta": theta, "jackknife": jackknife, "z0": z0, "acceleration": a}
    found |= {"alpha_adjusted": levels, "bca95": quantiles(levels), "percentile95": quantiles([0.025, 0.975])}
    return found | by_scipy(values, case["statistic"])


def bias(theta, replicates):
    """z0 from the share of replicates below, counting ties half."""
    share = (numpy.mean(replicates < theta) + numpy.mean(replicates <= theta)) / 2
    return float(stats.norm.ppf(share))


def acceleration(jackknife):
    """Σd³ / (6(Σd²)^1.5), with d = mean - value."""
    d = jackknife.mean() - jackknife
    return float((d**3).sum() / (6 * (d**2).sum() ** 1.5))


def adjusted(z0, a, level):
    """Φ(z0 + (z0 + z)/(1 - a(z0 + z)))."""
    z = z0 + stats.norm.ppf(level)
    return float(stats.norm.cdf(z0 + z / (1 - a * z)))


def by_scipy(values, statistic):
    """scipy's interval of a mean; it has no profit factor."""
    if statistic != "mean":
        return {"scipy_bca95_B50000_seed12345": None, "scipy_se": None}
    found = bootstrap((values,), numpy.mean, 50_000, 12_345)
    return {"scipy_bca95_B50000_seed12345": ends(found), "scipy_se": float(found.standard_error)}


def bootstrap(samples, statistic, count, seed):
    """scipy's bootstrap, with its own random numbers."""
    random = numpy.random.default_rng(seed)
    return stats.bootstrap(
        samples, statistic, n_resamples=count, method="BCa", rng=random, batch=1000, vectorized=True
    )


def ends(found):
    """Both ends of an interval."""
    return [float(found.confidence_interval.low), float(found.confidence_interval.high)]


def two_samples(trades):
    """scipy's interval of the difference of means."""
    rows = []
    difference = lambda variant, control, axis: variant.mean(axis) - control.mean(axis)
    for name in ("exp0", "exp1", "exp2", "exp3"):
        samples = (trades[name]["variant"], trades[name]["control"])
        found = bootstrap(samples, difference, 20_000, 777)
        error = float(found.standard_error)
        row = {"data": name, "statistic": "mean(variant)-mean(control)"}
        row |= {"scipy_bca95_B20000_seed777": ends(found), "se": error}
        rows.append(row | {"suggested_tolerance": 0.1 * error})
    return rows
