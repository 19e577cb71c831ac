"""Averages and ranges over a whole series, as lists; None where there is no value yet."""

from math import fsum


def mean(values):
    """Arithmetic mean."""
    return fsum(values) / len(values)


def deviation(values):
    """Deviation of the population: the sum of squares is divided by the count."""
    middle = mean(values)
    return mean([(value - middle) ** 2 for value in values]) ** 0.5


def rolling(values, length, function):
    """A function of the last `length` values, none of which may be absent."""
    windows = (values[max(0, end - length) : end] for end in range(1, len(values) + 1))
    full = lambda window: len(window) == length and None not in window
    return [function(window) if full(window) else None for window in windows]


def exponential(values, length):
    """k = 2/(n+1), seeded with the mean of the first n present values; an absent one is passed over."""
    result, seen, current = [], [], None
    for value in values:
        if value is not None:
            seen.append(value)
            if len(seen) == length:
                current = mean(seen)
            elif len(seen) > length:
                current += (value - current) * 2 / (length + 1)
        result.append(current if value is not None else None)
    return result


def true_ranges(bars):
    """max(h - l, |h - c1|, |l - c1|), absent at the first bar."""
    pairs = zip(bars, bars[1:])
    return [None] + [
        max(
            bar["high"] - bar["low"],
            abs(bar["high"] - before["close"]),
            abs(bar["low"] - before["close"]),
        )
        for before, bar in pairs
    ]


def wilder(values, length):
    """First the mean of the first n values, then (average·(n-1) + value)/n."""
    result, seen, current = [], [], None
    for value in values:
        if value is not None:
            seen.append(value)
            if len(seen) == length:
                current = mean(seen)
            elif len(seen) > length:
                current = (current * (length - 1) + value) / length
        result.append(current)
    return result


def column(bars, name):
    """One field of the bars."""
    return [bar[name] for bar in bars]
