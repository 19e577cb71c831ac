"""The opening range of each session, and the first close outside of it."""

from datetime import date, datetime
from itertools import groupby

import trading_days
from trading_days import sessions

WINDOWS = (5, 15, 30)
BAR_MINUTES = 5
VOLUME_MIN = 1.5
FALSE_WITHIN_BARS = 3
# Breakouts are entered until an hour before the close; the bar that breaks out must have closed by then.
CUTOFF_MINUTES = 60


def by_session(bars):
    """Each session's date and bars, with their place in the whole series and their minute."""
    whole = [(index, minute_of(bar), bar) for index, bar in enumerate(bars)]
    return [(day, list(rows)) for day, rows in groupby(whole, lambda row: row[2]["session"])]


def minute_of(bar):
    """Minutes from the session's open to the bar's start."""
    opens, _ = sessions()[date.fromisoformat(bar["session"])]
    return int((datetime.fromisoformat(bar["t"]) - opens).total_seconds()) // 60


def range_of(rows, minutes):
    """High, low and completeness of the window; nothing if it has no bar at all."""
    window = [bar for _, minute, bar in rows if minute < minutes]
    if not window:
        return None
    high, low = max(bar["high"] for bar in window), min(bar["low"] for bar in window)
    return high, low, len(window) == minutes // BAR_MINUTES


def range_rows(bars):
    """A row for each session and window."""
    rows = []
    for day, of_day in by_session(bars):
        for minutes in WINDOWS:
            if found := range_of(of_day, minutes):
                rows.append(range_row(day, minutes, *found))
    return rows


def range_row(day, minutes, high, low, is_complete):
    """A range with its width and middle."""
    row = {"session": day, "minutes": minutes, "or_high": high, "or_low": low}
    row |= {"or_width": high - low, "or_mid": (high + low) / 2}
    return row | {"complete": is_complete}


def event_rows(bars):
    """A row for each first breakout, and one if the price comes back within three bars."""
    rows = []
    for day, of_day in by_session(bars):
        for minutes in WINDOWS:
            if found := range_of(of_day, minutes):
                rows += events(bars, day, minutes, of_day, found)
    return rows


def events(bars, day, minutes, of_day, found):
    """What happens to one range."""
    high, low, is_complete = found
    later = [row for row in of_day if row[1] >= minutes]
    places = range(len(later))
    first = next((at for at in places if not low <= later[at][2]["close"] <= high), None)
    if first is None:
        return []
    side = 1 if later[first][2]["close"] > high else -1
    level = high if side > 0 else low
    after = later[first + 1 : first + 1 + FALSE_WITHIN_BARS]
    back = next((row for row in after if low <= row[2]["close"] <= high), None)
    fixed = {"session": day, "minutes": minutes, "direction": side, "level": level}
    fixed |= {"range_complete": is_complete, "is_flat": high == low}
    rows = [event_row(bars, "breakout", later[first], fixed)]
    return rows + ([event_row(bars, "false_breakout", back, fixed)] if back else [])


def event_row(bars, event, row, fixed):
    """A breakout with whether it is an entry, or its end."""
    index, minute, bar = row
    volume = relative_volume(bars, index)
    is_breakout = event == "breakout"
    is_loud = (volume or 0) >= VOLUME_MIN
    length = trading_days.minutes(date.fromisoformat(fixed["session"]))
    is_early = minute + BAR_MINUTES <= length - CUTOFF_MINUTES
    is_entry = is_loud and is_early and fixed["range_complete"] and not fixed["is_flat"]
    return {
        "session": fixed["session"],
        "minutes": fixed["minutes"],
        "i": bar["i"],
        "t": bar["t"],
        "event": event,
        "direction": fixed["direction"],
        "close": bar["close"],
        "level": fixed["level"],
        "rvol20": volume,
        "volume_ok": is_loud if is_breakout else None,
        "time_ok": is_early if is_breakout else None,
        "range_complete": fixed["range_complete"],
        "entry_valid": is_entry if is_breakout else None,
    }


def relative_volume(bars, index):
    """Volume against the mean of the twenty bars before; absent if that is 0."""
    before = [bar["volume"] for bar in bars[max(0, index - 20) : index]]
    return bars[index]["volume"] * 20 / sum(before) if len(before) == 20 and sum(before) else None
