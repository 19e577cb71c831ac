"""Set 6: statistics of experiments by scipy and statsmodels, and in plain Python where they have none.

`ab_trades.json` holds gains and losses in dollars by trade; `expected.json` what is told of them;
`bca.json` replicates and jackknife values, so that the interval can be checked without chance.
"""

import statistics_bootstrap
import statistics_performance
import statistics_sequential
import statistics_trades
from files import read_json

DIRECTORY = "6_stats"
# Two of our own random draws can't agree better than bootstraps do.
TOLERANCES = {"n_control_t_statsmodels": 1e-4}
SIZES = ((60, 60), (200, 180), (35, 400), (500, 500), (8, 12), (1000, 900))
FIXED_WILSON = ((0, 1), (1, 1), (0, 10), (10, 10), (5, 10), (1, 20))
# Equal shares, an odd split, three arms, and counts that are too small.
SPLITS = ((50, 50), (50, 50), (90, 10), (34, 33, 33), (80, 20), (60, 30, 10), (99, 1))


def draw(random):
    """Trades, counts, plans and returns."""
    trades = {f"exp{index}": arms(random, sizes) for index, sizes in enumerate(SIZES)}
    return {
        "trades": trades,
        "wilson": drawn_wins(random),
        "counts": [drawn_counts(random, weights) for weights in SPLITS],
        "sequential": sequential_plans(trades),
        "sizes": drawn_sizes(random),
        "shares": drawn_shares(random),
        "returns": [drawn_returns(random) for _ in range(3)],
        "keys": [""] + [drawn_key(random) for _ in range(199)],
        "bootstraps": statistics_bootstrap.draw(random, trades),
    }


def arms(random, sizes):
    """Trades of both variants: more small losses than large gains, and now and then a scratch."""
    scale = float(random.uniform(40, 160))
    return {name: drawn_trades(random, size, scale) for name, size in zip(("control", "variant"), sizes)}


def drawn_trades(random, size, scale):
    """Gains and losses in dollars."""
    wins = random.random(size) < random.uniform(0.38, 0.62)
    gains = random.lognormal(0.0, 0.8, size) * scale
    losses = random.lognormal(-0.2, 0.6, size) * scale
    scratches = random.random(size) < 0.02
    values = ((gain if won else -loss) for won, gain, loss in zip(wins, gains, losses))
    return [0.0 if is_flat else round(float(value), 2) for value, is_flat in zip(values, scratches)]


def drawn_wins(random):
    """Wins of trades, with the edges."""
    totals = [int(total) for total in random.integers(2, 2000, 4)]
    cases = FIXED_WILSON + tuple((int(random.integers(0, n + 1)), n) for n in totals)
    return [(wins, n, confidence) for wins, n in cases for confidence in (0.9, 0.95, 0.99)]


def drawn_counts(random, weights):
    """How many came to each arm, sometimes not as they should."""
    total = int(random.choice([15, 40, 1000, 3000, 10_000]))
    bias = random.normal(1, 0.04, len(weights))
    shares = [weight * abs(float(factor)) for weight, factor in zip(weights, bias)]
    counts = random.multinomial(total, [share / sum(shares) for share in shares])
    return [int(count) for count in counts], list(weights)


def sequential_plans(trades):
    """An expected effect for each experiment: a quarter of the deviation of all its trades."""
    return [
        {"data": name, "tau": statistics_sequential.usual_effect(both), "alpha": 0.05}
        for name, both in trades.items()
    ]


def drawn_sizes(random):
    """Deviation, effect, level, power, and variants for one of the control."""
    cases = []
    for _ in range(3):
        deviation = round(float(random.uniform(80, 400)), 1)
        effect = round(deviation * float(random.uniform(0.08, 0.4)), 1)
        cases += [(deviation, effect, 0.05, power, r) for power in (0.8, 0.9) for r in (1.0, 0.25)]
    return cases


def drawn_shares(random):
    """Pairs of win rates that a test should tell apart."""
    first = [round(float(share), 2) for share in random.uniform(0.3, 0.55, 3)]
    return [(share, round(share + float(random.choice([0.05, 0.1])), 2), 0.05, 0.8) for share in first]


def drawn_returns(random):
    """Daily returns of a year, with flat days among them."""
    mean, deviation = random.normal(0.0004, 0.0006), random.uniform(0.005, 0.015)
    values = random.normal(mean, deviation, 252) * (random.random(252) > 0.05)
    return {"returns": [round(float(value), 8) for value in values], "rf_annual": 0.04, "periods": 252}


def drawn_key(random):
    """An experiment and what is assigned in it."""
    return f"exp-{random.integers(1, 9)}:{random.integers(0, 10**12)}"


def read(directory):
    """Inputs of files."""
    told = read_json(directory / "expected.json")
    sizes = told["sample_size"]
    pick = lambda names, rows: [tuple(row[name] for name in names) for row in rows if names[0] in row]
    return {
        "trades": read_json(directory / "ab_trades.json"),
        "wilson": pick(("wins", "n", "conf"), told["wilson_cases"]),
        "counts": pick(("observed", "weights"), told["srm"]),
        "sequential": [{name: row[name] for name in ("data", "tau", "alpha")} for row in told["sequential"]],
        "sizes": pick(("sd", "delta", "alpha", "power", "ratio_variant_to_control"), sizes),
        "shares": pick(("p1", "p2", "alpha", "power"), sizes),
        "returns": [{name: row[name] for name in ("returns", "rf_annual", "periods")} for row in told["performance"]],
        "keys": [row["key"] for row in told["hash_buckets"]],
        "bootstraps": statistics_bootstrap.read(read_json(directory / "bca.json")),
    }


def answers(inputs):
    """All files of the set."""
    trades = inputs["trades"]
    expected = {
        "ab": {name: statistics_trades.experiment(both) for name, both in trades.items()},
        "wilson_cases": [statistics_trades.wilson_case(*case) for case in inputs["wilson"]],
        "srm": [statistics_trades.sample_ratio(*case) for case in inputs["counts"]],
        "bca_two_sample_tolerance": statistics_bootstrap.two_samples(trades),
        "sequential": [plan | statistics_sequential.path(trades, plan) for plan in inputs["sequential"]],
        "sample_size": [statistics_trades.sample_size(*case) for case in inputs["sizes"]]
        + [statistics_trades.sample_size_of_shares(*case) for case in inputs["shares"]],
        "performance": [case | statistics_performance.told(case) for case in inputs["returns"]],
        "hash_buckets": [statistics_trades.buckets(key) for key in inputs["keys"]],
    }
    bootstraps = statistics_bootstrap.answers(trades, inputs["bootstraps"])
    return {"ab_trades.json": trades, "expected.json": expected, "bca.json": bootstraps}
