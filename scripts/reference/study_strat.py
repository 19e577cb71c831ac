"""Rob Smith's Strat: types of bars, combinations of them, and full timeframe continuity."""

from datetime import date

OPPOSITE = {"2U": "2D", "2D": "2U"}
TARGET_BARS_MAX = 50
SHAPE_SHARE = 0.75


def bar_types(bars):
    """Which sides of the bar before each bar breaks; the first has no type."""
    kinds = {(0, 0): "1", (1, 0): "2U", (0, 1): "2D", (1, 1): "3"}
    pairs = zip(bars, bars[1:])
    return [None] + [kinds[bar["high"] > old["high"], bar["low"] < old["low"]] for old, bar in pairs]


def colour(bar):
    """By close against open."""
    if bar["close"] == bar["open"]:
        return "doji"
    return "green" if bar["close"] > bar["open"] else "red"


def shape(bar):
    """Hammer: open and close in the top quarter of the range. Shooter: in the bottom quarter."""
    length = bar["high"] - bar["low"]
    if length == 0:
        return None
    body = sorted((bar["open"], bar["close"]))
    if body[0] - bar["low"] >= SHAPE_SHARE * length:
        return "hammer"
    return "shooter" if bar["high"] - body[1] >= SHAPE_SHARE * length else None


def bar_rows(bars):
    """Type, colour and shape of each bar."""
    return [
        {"i": bar["i"], "t": bar["t"], "type": kind, "colour": colour(bar), "shape": shape(bar)}
        for bar, kind in zip(bars, bar_types(bars))
    ]


def signal_rows(bars):
    """A row for each bar that completes a combination."""
    types = bar_types(bars)
    rows = (signal_row(bars, types, index) for index in range(2, len(bars)))
    return [row for row in rows if row]


def combination(before, setup, last):
    """Length and kind of the first pattern that matches, in the order of the definition."""
    if last not in OPPOSITE:
        return None
    against = OPPOSITE[last]
    patterns = [
        (before in OPPOSITE and setup == "1", 3, "continuation" if before == last else "reversal"),
        (before == "3" and setup == "1", 3, "breakout"),
        (before == "1" and setup == against, 3, "revstrat"),
        (before == "3" and setup == against, 3, "reversal"),
        (setup == against, 2, "reversal"),
        (setup == last, 2, "continuation"),
        (setup == "3", 2, "continuation"),
        (before == "1" and setup == "1", 3, "breakout"),
    ]
    return next(((length, kind) for matches, length, kind in patterns if matches), None)


def signal_row(bars, types, index):
    """The combination that a bar completes, with its trigger, stops and target."""
    found = combination(*types[index - 2 : index + 1])
    if not found:
        return None
    length, kind = found
    is_long = types[index] == "2U"
    high, low = ("high", "low") if is_long else ("low", "high")
    best, worst = (max, min) if is_long else (min, max)
    setup = bars[index - length + 1 : index]
    trigger = bars[index - 1][high]
    return {
        "i": bars[index]["i"],
        "t": bars[index]["t"],
        "combo": "-".join(types[index - length + 1 : index + 1]),
        "combo4": longer_name(types, index, length),
        "kind": kind,
        "direction": "long" if is_long else "short",
        "trigger": trigger,
        "entry": best(trigger, bars[index]["open"]),
        "stop": bars[index - 1][low],
        "stop_wide": worst(bar[low] for bar in setup),
        "target1": target(bars, index, high, best, trigger),
        "setup_shape": shape(bars[index - 1]),
    }


def longer_name(types, index, length):
    """The name of a combination of three with the type of the bar before it."""
    first = index - length + 1
    has_more = length == 3 and types[first - 1] is not None and first > 0
    return "-".join(types[first - has_more : index + 1])


def target(bars, index, high, best, trigger):
    """The nearest earlier extreme beyond the trigger, looking back from the bar before the setup."""
    earlier = bars[max(0, index - 1 - TARGET_BARS_MAX) : index - 1][::-1]
    beyond = (bar[high] for bar in earlier if bar[high] != trigger)
    return next((price for price in beyond if best(price, trigger) == price), None)


def periods(day):
    """What a day belongs to: itself, its ISO week, its month and its quarter."""
    return {
        "day": day,
        "week": day.isocalendar()[:2],
        "month": (day.year, day.month),
        "quarter": (day.year, (day.month - 1) // 3),
    }


def continuity_rows(bars):
    """Close of each day against the open of its day, week, month and quarter."""
    opens, rows = {}, []
    for bar in bars:
        row, sides = {"i": bar["i"], "t": bar["t"]}, []
        for name, period in periods(date.fromisoformat(bar["session"])).items():
            first = opens.setdefault((name, period), bar["open"])
            sides.append((bar["close"] > first) - (bar["close"] < first))
            row |= {f"open_{name}": first, f"dir_{name}": sides[-1]}
        rows.append(row | {"ftfc_dwm": agreed(sides[:3]), "ftfc_dwmq": agreed(sides)})
    return rows


def agreed(sides):
    """The side that all are on, else 0."""
    return sides[0] if len(set(sides)) == 1 else 0
