"""The TTM squeeze: Bollinger's bands inside Keltner's channels, and the momentum behind it."""

import plain

LENGTH = 20


def rows(bars):
    """A row for each bar."""
    close = plain.column(bars, "close")
    ranges = plain.true_ranges(bars)
    middle = plain.rolling(close, LENGTH, plain.mean)
    deviation = plain.rolling(close, LENGTH, plain.deviation)
    mean_range = plain.rolling(ranges, LENGTH, plain.mean)
    usual = zip(plain.exponential(close, LENGTH), plain.wilder(ranges, LENGTH))
    columns = {
        "bb_upper": [m and m + 2 * sd for m, sd in zip(middle, deviation)],
        "bb_lower": [m and m - 2 * sd for m, sd in zip(middle, deviation)],
        "kc_mid_sma": middle,
        "atr_sma": mean_range,
        "momentum": momentum(bars, close, middle),
    }
    columns |= states(columns, deviation, list(usual))
    return [
        {"i": bar["i"], "t": bar["t"]} | {name: values[index] for name, values in columns.items()}
        for index, bar in enumerate(bars)
    ]


def momentum(bars, close, middle):
    """End of a regression over how far the close is from the middle of the range and the mean."""
    highest = plain.rolling(plain.column(bars, "high"), LENGTH, max)
    lowest = plain.rolling(plain.column(bars, "low"), LENGTH, min)
    distance = [
        None if m is None else c - ((h + low) / 2 + m) / 2
        for c, h, low, m in zip(close, highest, lowest, middle)
    ]
    return plain.rolling(distance, LENGTH, regression_end)


def regression_end(values):
    """Least squares over x = 0…n-1, at x = n-1."""
    count = len(values)
    middle = (count - 1) / 2
    spread = sum((x - middle) ** 2 for x in range(count))
    slope = plain.mean([(x - middle) * y for x, y in enumerate(values)]) * count / spread
    return plain.mean(values) + slope * (count - 1 - middle)


def states(columns, deviation, usual):
    """Flags of each bar, with what they carry from one bar to the next."""
    names = ("pro_state", "squeeze_on", "bars_in_squeeze", "fired", "fired_dir")
    names += ("bars_in_prior_squeeze", "mom_colour", "squeeze_on_ema_wilder")
    found = {name: [] for name in names}
    count = 0
    for index, width in enumerate(columns["atr_sma"]):
        values = [None] * len(names)
        if width is not None:
            before, now = (columns["momentum"][at] for at in (index - 1, index))
            state = pro_state(2 * deviation[index], width)
            is_on = state >= 2
            prior, count = count, count + 1 if is_on else 0
            fired = prior > 0 and not is_on
            side = sign(now) if fired and now else None
            values = [state, is_on, count, fired, side, prior if fired else None]
            values += [colour(before, now), is_inside_usual(columns, usual[index], index)]
        for name, value in zip(names, values):
            found[name].append(value)
    return found


def pro_state(band, width):
    """3 inside one average range, 2 inside one and a half, 1 inside two, else 0: all strictly."""
    return next((state for state, m in ((3, 1.0), (2, 1.5), (1, 2.0)) if band < m * width), 0)


def sign(value):
    """1, -1, or nothing."""
    return (value > 0) - (value < 0) or None


def colour(before, now):
    """Side of zero, and whether it rises."""
    if before is None or now is None:
        return None
    return ("pos" if now >= 0 else "neg") + ("_up" if now > before else "_down")


def is_inside_usual(columns, usual, index):
    """Whether the bands are inside a channel of EMA20 and 1.5 of Wilder's ATR20."""
    middle, width = usual
    below = columns["bb_lower"][index] > middle - 1.5 * width
    return below and columns["bb_upper"][index] < middle + 1.5 * width
