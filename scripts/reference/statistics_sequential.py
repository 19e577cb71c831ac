"""Tests that stay valid however often they are looked at."""

import math
import statistics

FIRST_LOOK, LOOKS = 20, 15
TUNED_FOR = 100


def usual_effect(both):
    """A quarter of the deviation of all trades together."""
    return 0.25 * statistics.stdev(both["control"] + both["variant"])


def path(trades, plan):
    """Every look at an experiment, and a confidence sequence of the variant alone."""
    both = trades[plan["data"]]
    count = min(len(both["control"]), len(both["variant"]))
    counts = sorted({*range(FIRST_LOOK, count, max(1, count // LOOKS)), count})
    looks, p = [], 1.0
    for at in counts:
        found = look(both, at, plan["tau"], plan["alpha"])
        p = min(p, 1 / found["Lambda"])
        looks.append({"n_per_arm": at} | found | {"p_always_valid": p})
    sequence = confidence_sequence(both["variant"], count, plan["alpha"])
    return {"msprt": looks, "asymptotic_cs_one_sample_variant": sequence}


def look(both, count, tau, alpha):
    """Λ = √(V/(V+τ²))·exp(τ²Δ²/(2V(V+τ²))), and the interval that belongs to it."""
    control, variant = both["control"][:count], both["variant"][:count]
    difference = statistics.fmean(variant) - statistics.fmean(control)
    v = (statistics.variance(control) + statistics.variance(variant)) / count
    wide = v + tau**2
    likelihood = math.sqrt(v / wide) * math.exp(tau**2 * difference**2 / (2 * v * wide))
    half = math.sqrt(v * wide / tau**2 * (math.log(wide / v) - 2 * math.log(alpha)))
    told = {"diff": difference, "V": v, "Lambda": likelihood}
    return told | {"ci": [difference - half, difference + half]}


def confidence_sequence(values, count, alpha):
    """Mean ± s·√(2(tρ²+1)/(t²ρ²)·ln(√(tρ²+1)/α)), with the ρ that is best at one t."""
    rho2 = (-2 * math.log(alpha) + math.log(-2 * math.log(alpha) + 1)) / TUNED_FOR
    times = sorted({at for at in (10, 50, count // 2, count) if at <= count})
    points = [confidence_point(values[:at], rho2, alpha) for at in times]
    return {"rho2_tuned_for_t": TUNED_FOR, "rho2": rho2, "points": points}


def confidence_point(values, rho2, alpha):
    """One moment of the sequence."""
    t, deviation = len(values), statistics.pstdev(values)
    inside = t * rho2 + 1
    width = math.sqrt(2 * inside / (t * t * rho2) * math.log(math.sqrt(inside) / alpha))
    told = {"t": t, "mean": statistics.fmean(values), "sd_pop": deviation}
    return told | {"half_width": deviation * width}
