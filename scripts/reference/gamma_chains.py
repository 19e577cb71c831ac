"""Draws the five chains of set 7: sixty strikes, four expiries, calls and puts."""

from math import exp, log, sqrt

# Step of strikes, range of spots, minutes to each expiry, and how many puts for a call.
KINDS = {
    "A_normal": (5.0, (400, 700), ((60, 390), (1500, 6000), (10_000, 20_000), (40_000, 60_000)), 0.9),
    "B_put_heavy": (5.0, (400, 700), ((60, 390), (1500, 6000), (10_000, 20_000), (40_000, 60_000)), 1.6),
    "C_calls_only": (2.0, (150, 300), ((500, 1500), (3000, 6000), (15_000, 30_000), (50_000, 70_000)), 0.0),
    "D_dirty_0dte": (1.0, (90, 180), ((-30, 0), (1, 60), (3000, 8000), (20_000, 30_000)), 1.0),
}
SMALLEST_OI = 1500


def draw(random):
    """Spot, rate, yield and rows of each chain."""
    rate, dividends = round(float(random.uniform(0, 0.055)), 4), round(float(random.uniform(0, 0.02)), 4)
    chains = {}
    for name, kind in KINDS.items():
        spot = round(float(random.uniform(*kind[1])), 2)
        rows = chain_rows(random, spot, kind)
        if name == "D_dirty_0dte":
            rows = [soiled(random, row) for row in rows]
        chains[name] = {"spot": spot, "r": rate, "q": dividends, "rows": rows}
    return chains | {"E_ties": ties()}


def chain_rows(random, spot, kind):
    """Rows of a chain: strikes around the spot, most open interest near it and at round strikes."""
    step, _, expiries, puts = kind
    first = round(spot / step) * step - 30 * step
    rows = []
    for index, (least, most) in enumerate(expiries):
        minutes = int(random.integers(least, most + 1))
        for number in range(60):
            for cp in "CP":
                strike = first + number * step
                fixed = {"expiry_idx": index, "T_minutes": minutes, "strike": strike, "cp": cp}
                rows.append(fixed | contract(random, spot, strike, minutes, puts if cp == "P" else 1.0, step))
    return rows


def contract(random, spot, strike, minutes, popularity, step):
    """Volatility, open interest and volume of a contract."""
    years = max(minutes, 30) / 525_600
    distance = log(strike / spot)
    smile = 0.13 - 0.25 * distance + 0.12 * abs(distance) / sqrt(years)
    sigma = round(max(0.05, smile) * float(random.lognormal(0, 0.01)), 6)
    width = max(0.02, 0.25 * sqrt(years))
    usual = 6000 * exp(-((distance / width) ** 2) / 2) * (3 if strike % (5 * step) == 0 else 1)
    interest = int(popularity * usual * float(random.lognormal(0, 0.6)))
    volume = int(popularity * usual * 0.4 * float(random.lognormal(0, 0.8)))
    return {"iv": sigma, "oi": interest, "volume": volume}


def soiled(random, row):
    """A row that may lack something."""
    kind = random.random()
    if kind < 0.03:
        return row | {"iv": None}
    if kind < 0.06:
        return row | {"oi": None}
    return row | {"iv": 0.0} if kind < 0.09 else row


def ties():
    """Calls and puts alike, with four strikes that have most: nothing is nearer or larger."""
    rows = []
    for index, minutes in enumerate((1440, 2880, 5760, 11520)):
        for strike in range(70, 130):
            for cp in "CP":
                fixed = {"expiry_idx": index, "T_minutes": minutes, "strike": float(strike), "cp": cp}
                interest = 100 if strike in (93, 97, 103, 107) else 10
                rows.append(fixed | {"iv": 0.2, "oi": interest, "volume": 5})
    return {"spot": 100.0, "r": 0.0, "q": 0.0, "rows": rows}
