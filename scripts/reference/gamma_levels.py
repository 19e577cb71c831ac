"""Levels of a chain: walls, flips, and where most options expire without worth."""

from collections import Counter

from gamma_exposure import by_strike, net_at, used

# From 0.80 to 1.20 of the spot in steps of 0.0025.
GRID = [0.80 + 0.0025 * step for step in range(161)]
SAMPLE_EVERY = 20


def walls(chain):
    """Strikes of most exposure and most open interest; a tie goes to the one nearest the spot.

    Open interest counts without a volatility too, as it does in max pain and the put/call ratios.
    """
    interest = {cp: Counter() for cp in "CP"}
    for row in with_interest(chain):
        interest[row["cp"]][row["strike"]] += row["oi"]
    strikes = by_strike(chain)
    calls = {row["strike"]: row["call_gex"] for row in strikes}
    puts = {row["strike"]: -row["put_gex"] for row in strikes}
    return {
        "call_wall_gex": wall(chain, calls, 1),
        "put_wall_gex": wall(chain, puts, -1),
        "call_wall_oi": wall(chain, interest["C"], 1),
        "put_wall_oi": wall(chain, interest["P"], -1),
    }


def wall(chain, sizes, side):
    """The strike of most; then the nearest; then the higher one for calls, the lower one for puts."""
    most = max(sizes.values(), default=0)
    tied = [strike for strike, size in sizes.items() if size == most and most > 0]
    return min(tied, key=lambda strike: (abs(strike - chain["spot"]), -side * strike), default=None)


def flips(chain):
    """Spots at which the net exposure changes its sign, by both readings, and a few of its values."""
    spot, rows = chain["spot"], used(chain["rows"])
    net = lambda at: net_at(chain, rows, at)
    profile = [(share * spot, net(share * spot)) for share in GRID]
    repriced = crossings(profile, lambda low, high: bisect(net, low, high, 1e-10 * spot))
    running = cumulative(chain)
    by_strikes = crossings(running, interpolate)
    return {
        "flip_repriced_nearest": nearest(chain, repriced),
        "flip_repriced_all": repriced,
        "flip_cumulative_strike_nearest": nearest(chain, by_strikes),
        "flip_cumulative_strike_all": by_strikes,
        "profile_samples": [list(point) for point in profile[::SAMPLE_EVERY]],
    }


def crossings(points, between):
    """Where neighbours that aren't zero have opposite signs."""
    signed = [point for point in points if point[1] != 0]
    return [between(a, b) for a, b in zip(signed, signed[1:]) if (a[1] > 0) != (b[1] > 0)]


def bisect(function, low, high, width):
    """Halves an interval until it is narrow enough."""
    (a, at_a), (b, _) = low, high
    while b - a >= width:
        middle = (a + b) / 2
        at_middle = function(middle)
        a, b = (middle, b) if (at_middle > 0) == (at_a > 0) else (a, middle)
    return (a + b) / 2


def cumulative(chain):
    """Running sums of net exposure by ascending strike, without those that are next to nothing."""
    total, points = 0.0, []
    strikes = by_strike(chain)
    gross = sum(row["call_gex"] - row["put_gex"] for row in strikes)
    for row in strikes:
        total += row["net_gex"]
        if abs(total) > 1e-6 * gross:
            points.append((row["strike"], total))
    return points


def interpolate(low, high):
    """Where a straight line crosses zero."""
    (a, at_a), (b, at_b) = low, high
    return a + (b - a) * at_a / (at_a - at_b)


def nearest(chain, levels):
    """The level nearest the spot."""
    return min(levels, key=lambda level: abs(level - chain["spot"]), default=None)


def with_interest(chain):
    """Contracts that aren't over and that somebody holds."""
    return [row for row in chain["rows"] if row["T_minutes"] > 0 and (row["oi"] or 0) > 0]


def pain(chain):
    """The listed strike at which holders get least, for each expiry and for all together."""
    rows = with_interest(chain)
    expiries = sorted({row["expiry_idx"] for row in rows})
    of = lambda index: [row for row in rows if row["expiry_idx"] == index]
    return {
        "max_pain_by_expiry": {str(index): least_paid(chain, of(index)) for index in expiries},
        "max_pain_all": least_paid(chain, rows),
    }


def least_paid(chain, rows):
    """A tie goes to the strike nearest the spot, then to the lower one."""
    if not rows:
        return None
    strikes = {row["strike"] for row in chain["rows"]}
    return min(strikes, key=lambda at: (paid(rows, at), abs(at - chain["spot"]), at))


def paid(rows, at):
    """What holders of all contracts get at a price."""
    sign = {"C": 1, "P": -1}
    return sum(row["oi"] * max(0, sign[row["cp"]] * (at - row["strike"])) * 100 for row in rows)
