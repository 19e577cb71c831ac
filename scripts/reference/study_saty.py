"""Saty Mahajan's ATR levels, phase oscillator, compression and pivot ribbon."""

import plain

FRACTIONS = (0.236, 0.382, 0.5, 0.618, 0.786, 1.0, 1.236, 1.382, 1.5, 1.618, 1.786, 2.0)
FRACTIONS += (2.236, 2.382, 2.5, 2.618, 2.786, 3.0)
RIBBON = (8, 13, 21, 34, 48, 200)


def level_rows(bars):
    """Levels of each day from the close and Wilder's ATR14 of the day before."""
    average = plain.wilder(plain.true_ranges(bars), 14)
    return [
        level_row(bar, before["close"], known)
        for before, bar, known in zip(bars, bars[1:], average)
        if known is not None
    ]


def level_row(bar, close, average):
    """Levels of one day, and how much of the usual range it has used."""
    row = {"i": bar["i"], "t": bar["t"], "prev_close": close, "atr14_prev": average}
    row |= {f"lower_{fraction}": close - fraction * average for fraction in FRACTIONS}
    row |= {f"upper_{fraction}": close + fraction * average for fraction in FRACTIONS}
    used = (bar["high"] - bar["low"]) / average * 100
    colour = "green" if used <= 70 else "red" if used >= 90 else "orange"
    return row | {"range": bar["high"] - bar["low"], "range_pct_atr": used, "range_status": colour}


def phase_and_ribbon_rows(bars):
    """A row for each bar."""
    close = plain.column(bars, "close")
    average = plain.wilder(plain.true_ranges(bars), 14)
    ribbon = {f"ema{length}": plain.exponential(close, length) for length in RIBBON}
    columns = phase(close, ribbon["ema21"], average) | ribbon | stacks(close, ribbon)
    order = ("raw", "phase_osc", "compression_value", "expansion_zone", "in_compression", "zone")
    order += ("cross", *ribbon, "ribbon_8_21_48", "trend_label_8_21_34", "conviction_13x48")
    return [
        {"i": bar["i"], "t": bar["t"]} | {name: columns[name][index] for name in order}
        for index, bar in enumerate(bars)
    ]


def phase(close, pivot, average):
    """The oscillator, its zones and crosses, and whether the price is compressed."""
    raw = [
        (c - p) / (3 * a) * 100 if p is not None and a else None
        for c, p, a in zip(close, pivot, average)
    ]
    oscillator = plain.exponential(raw, 3)
    width = [
        None if sd is None else 2 * sd for sd in plain.rolling(close, 21, plain.deviation)
    ]
    narrow, wide = (
        [None if w is None else w - factor * a for w, a in zip(width, average)]
        for factor in (2.0, 1.854)
    )
    return {
        "raw": raw,
        "phase_osc": oscillator,
        "compression_value": narrow,
        "expansion_zone": wide,
        "in_compression": list(map(is_compressed, [None, *narrow], narrow, wide)),
        "zone": list(map(zone, oscillator)),
        "cross": list(map(crosses, [None, *oscillator], oscillator)),
    }


def is_compressed(before, now, wide):
    """Narrow, unless it is widening already."""
    if now is None:
        return None
    is_widening = before is not None and before <= now and wide > 0
    return not is_widening and now <= 0


def zone(value):
    """Where the oscillator is."""
    if value is None:
        return None
    for bound, name in ((100, "extended_up"), (61.8, "distribution")):
        if value >= bound:
            return name
    for bound, name in ((-100, "extended_down"), (-61.8, "accumulation")):
        if value <= bound:
            return name
    if -23.6 <= value <= 23.6:
        return "launch_box"
    return "mark_up" if value > 0 else "mark_down"


def crosses(before, now):
    """Which zones the oscillator leaves; several are parted by `|`."""
    if before is None or now is None:
        return None
    found = {
        "leaving_accumulation": before <= -61.8 < now,
        "leaving_extreme_down": before <= -100 < now,
        "leaving_distribution": before >= 61.8 > now,
        "leaving_extreme_up": before >= 100 > now,
    }
    return "|".join(name for name, is_left in found.items() if is_left)


def stacks(close, ribbon):
    """Order of the averages, and crosses of the 13 and the 48."""
    names = [f"ema{length}" for length in (8, 13, 21, 34, 48)]
    e8, e13, e21, e34, e48 = (ribbon[name] for name in names)
    above = [None if slow is None else fast >= slow for fast, slow in zip(e13, e48)]
    return {
        "ribbon_8_21_48": [stack(values, lambda a, b: a > b) for values in zip(e8, e21, e48)],
        "trend_label_8_21_34": [
            stack(values, lambda a, b: a >= b) for values in zip(close, e8, e21, e34)
        ],
        "conviction_13x48": list(map(conviction, [None, *above], above)),
    }


def stack(values, is_over):
    """Bullish if each is over the next, bearish if each is under it, else mixed."""
    if None in values:
        return None
    pairs = list(zip(values, values[1:]))
    if all(is_over(a, b) for a, b in pairs):
        return "bullish"
    return "bearish" if all(is_over(b, a) for a, b in pairs) else "mixed"


def conviction(before, now):
    """1 when the 13 gets to the 48 or over it, -1 when it falls below."""
    if before is None or now is None:
        return None
    return int(now) - int(before)
