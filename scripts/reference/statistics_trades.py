"""What is told of two arms of trades, of shares, of counts, and of the number of trades needed."""

import hashlib
import math

from scipy import stats
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import (
    proportion_confint,
    proportion_effectsize,
    proportions_ztest,
)


def experiment(both):
    """Both arms, and the variant against the control."""
    control, variant = both["control"], both["variant"]
    arms = [arm(control), arm(variant)]
    z, p = proportions_ztest([arms[1]["wins"], arms[0]["wins"]], [len(variant), len(control)])
    u = stats.mannwhitneyu(variant, control, alternative="two-sided")
    return {
        "welch": welch(control, variant),
        "mannwhitney_two_sided": {"u": float(u.statistic), "p": float(u.pvalue)},
        "control": arms[0],
        "variant": arms[1],
        "two_proportion_ztest_pooled": {"z": float(z), "p": float(p)},
    }


def welch(control, variant):
    """Welch's test of the difference of means."""
    found = stats.ttest_ind(variant, control, equal_var=False)
    interval = found.confidence_interval(0.95)
    means = [math.fsum(values) / len(values) for values in (control, variant)]
    return {
        "diff_mean_variant_minus_control": means[1] - means[0],
        "t": float(found.statistic),
        "df": float(found.df),
        "p_two_sided": float(found.pvalue),
        "ci95": [float(interval.low), float(interval.high)],
        "mean": means,
        "sd_sample": [float(stats.tstd(values)) for values in (control, variant)],
    }


def arm(trades):
    """Wins, factors and ratios of one arm. A trade of 0 is neither won nor lost."""
    gains, losses = [of for of in trades if of > 0], [of for of in trades if of < 0]
    count, mean = len(trades), math.fsum(trades) / len(trades)
    profit, loss = math.fsum(gains), -math.fsum(losses)
    rates = {"wilson95": (len(gains), count, "wilson"), "clopper_pearson95": (len(gains), count, "beta")}
    told = {"n": count, "wins": len(gains), "losses": len(losses)}
    told |= {"scratches": count - len(gains) - len(losses), "win_rate": len(gains) / count}
    told |= {name: interval(*case) for name, case in rates.items()}
    told |= {"gross_profit": profit, "gross_loss": loss, "profit_factor": ratio(profit, loss)}
    average_gain, average_loss = ratio(profit, len(gains)), ratio(-loss, len(losses))
    told |= {"expectancy": mean, "avg_win": average_gain, "avg_loss": average_loss}
    payoff = average_gain / -average_loss if gains and losses else None
    return told | {"payoff_ratio": payoff, "sqn": math.sqrt(count) * mean / float(stats.tstd(trades))}


def ratio(value, by):
    """A quotient; absent if it is of nothing."""
    return value / by if by else None


def interval(wins, count, method, alpha=0.05):
    """An interval of a share."""
    return [float(bound) for bound in proportion_confint(wins, count, alpha, method)]


def wilson_case(wins, count, confidence):
    """Wilson's interval at a confidence."""
    low, high = interval(wins, count, "wilson", 1 - confidence)
    return {"wins": wins, "n": count, "conf": confidence, "lo": low, "hi": high}


def sample_ratio(observed, weights):
    """Whether counts are those that the weights promise."""
    total = sum(observed)
    expected = [total * weight / sum(weights) for weight in weights]
    found = stats.chisquare(observed, expected)
    exact = stats.binomtest(observed[0], total, weights[0] / sum(weights)) if len(observed) == 2 else None
    return {
        "observed": observed,
        "weights": weights,
        "expected": expected,
        "chi2": float(found.statistic),
        "df": len(observed) - 1,
        "p": float(found.pvalue),
        "srm_at_0_001": bool(found.pvalue < 0.001),
        "valid_min_expected_5": min(expected) >= 5,
        "binom_p": float(exact.pvalue) if exact else None,
    }


def sample_size(deviation, effect, alpha, power, arms_ratio):
    """Trades of the control: (1 + 1/r)σ²(z₁ + z₂)²/δ², and what the t distribution makes of it."""
    quantiles = stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power)
    normal = float((1 + 1 / arms_ratio) * deviation**2 * quantiles**2 / effect**2)
    by_t = TTestIndPower().solve_power(effect / deviation, None, alpha, power, arms_ratio)
    return {
        "sd": deviation,
        "delta": effect,
        "alpha": alpha,
        "power": power,
        "ratio_variant_to_control": arms_ratio,
        "n_control_normal": normal,
        "n_control_t_statsmodels": float(by_t),
        "n_control_ceil": math.ceil(normal),
    }


def sample_size_of_shares(first, second, alpha, power):
    """Trades of each arm to tell two win rates apart, by Cohen's h."""
    effect = float(proportion_effectsize(second, first))
    count = NormalIndPower().solve_power(effect, None, alpha, power, 1.0)
    told = {"p1": first, "p2": second, "cohen_h": effect, "alpha": alpha, "power": power}
    return told | {"n_per_arm": float(count)}


def buckets(key):
    """Assignments by SHA-256 and by FNV-1a."""
    sha = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    fnv = 14695981039346656037
    for byte in key.encode():
        fnv = (fnv ^ byte) * 1099511628211 % 2**64
    told = {"key": key, "sha256_u64be": str(sha), "sha256_mod100": sha % 100}
    return told | {"fnv1a64": str(fnv), "fnv1a64_mod100": fnv % 100}
