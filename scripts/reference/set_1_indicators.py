"""Set 1: indicators by TA-Lib's C library, and VWAP and relative volumes by plain sums.

Each column of `talib_*.csv` is one call with the parameters in its name. Keltner channels are an
average plus and minus a multiple of an average true range, both from TA-Lib.
"""

from collections import defaultdict
from datetime import datetime

import numpy
import talib

import bars
from files import read_rows
from trading_days import EASTERN

DIRECTORY = "1_indicators"
MULTIPLES = (1.0, 1.5, 2.0)
EDGES = ("flat", "rising", "falling", "step", "short13", "short14", "short15")


def draw(random):
    """Two long series of bars, and seven short ones at the edges."""
    return bars.draw(random) | {f"edge/{name}": edge_bars(random, name) for name in EDGES}


def read(directory):
    """The same from files."""
    names = ["5m", "1d"] + [f"edge/{name}" for name in EDGES]
    return {name: read_bars(directory / file_of("ohlcv", name)) for name in names}


def file_of(kind, name):
    """Such as `ohlcv_5m.csv` and `edge/talib_flat.csv`."""
    folder, _, last = name.rpartition("/")
    return f"{folder}/{kind}_{last}.csv".lstrip("/")


def read_bars(path):
    """Rows of prices with their numbers."""
    texts = ("t", "session")
    parse = {"i": int, "volume": int} | {name: str for name in texts}
    rows = read_rows(path)
    return [{name: parse.get(name, float)(text) for name, text in row.items()} for row in rows]


def answers(series):
    """All files of the set."""
    files = {file_of("ohlcv", name): rows for name, rows in series.items()}
    files |= {file_of("talib", name): with_columns(rows, indicators(rows)) for name, rows in series.items()}
    files["volume_5m.csv"] = with_columns(series["5m"], volumes(series["5m"]))
    return files


def edge_bars(random, name):
    """A series that doesn't move, only rises, only falls, jumps once, or is very short."""
    base = round(float(random.uniform(50, 400)), 2)
    step = round(float(random.choice([0.25, 0.5, 0.01])), 2)
    if name.startswith("short"):
        closes = base + numpy.cumsum(random.normal(0, 1, int(name[5:])))
    else:
        closes = {
            "flat": [base] * 80,
            "rising": [base + step * index for index in range(80)],
            "falling": [base + 40 - step * index for index in range(80)],
            "step": [base] * 40 + [base * 1.1] * 40,
        }[name]
    return [edge_bar(index, round(float(close), 2)) for index, close in enumerate(closes)]


def edge_bar(index, price):
    """A bar without range."""
    prices = dict.fromkeys(("open", "high", "low", "close"), price)
    return {"i": index, "t": f"bar{index}", "session": "x"} | prices | {"volume": 1000}


def with_columns(rows, columns):
    """Rows that have the index, the time and each column's value of that bar."""
    values = {name: [float(value) for value in column] for name, column in columns.items()}
    return [
        {"i": row["i"], "t": row["t"]} | {name: column[index] for name, column in values.items()}
        for index, row in enumerate(rows)
    ]


def array(rows, name):
    """One field of the bars, as TA-Lib wants it."""
    return numpy.array([row[name] for row in rows], dtype=float)


def indicators(rows):
    """All columns of TA-Lib."""
    high, low, close, volume = (array(rows, name) for name in ("high", "low", "close", "volume"))
    columns = averages(close) | momentum(close) | bands(close)
    columns |= ranges(high, low, close) | levels(high, low, close, volume)
    return columns | channels(columns, high, low, close)


def averages(close):
    """Exponential and simple means of the close."""
    exponential = (3, 8, 9, 12, 13, 20, 21, 26, 34, 48, 50, 200)
    columns = {f"ema{length}": talib.EMA(close, length) for length in exponential}
    return columns | {f"sma{length}": talib.SMA(close, length) for length in (20, 50, 200)}


def momentum(close):
    """RSI and MACD."""
    line, signal, histogram = talib.MACD(close, 12, 26, 9)
    columns = {"rsi14": talib.RSI(close, 14), "rsi2": talib.RSI(close, 2)}
    return columns | {"macd": line, "macd_signal": signal, "macd_hist": histogram}


def bands(close):
    """Bollinger's bands, of the population's deviation."""
    upper, middle, lower = talib.BBANDS(close, 20, 2.0, 2.0, 0)
    deviation = talib.STDDEV(close, 20, 1.0)
    return {"bb_upper": upper, "bb_middle": middle, "bb_lower": lower, "stddev20_pop": deviation}


def ranges(high, low, close):
    """True ranges and Wilder's direction of movement."""
    columns = {"trange": talib.TRANGE(high, low, close)}
    for name, function, length in (
        ("atr14", talib.ATR, 14),
        ("atr20", talib.ATR, 20),
        ("natr14", talib.NATR, 14),
        ("plus_di14", talib.PLUS_DI, 14),
        ("minus_di14", talib.MINUS_DI, 14),
        ("dx14", talib.DX, 14),
        ("adx14", talib.ADX, 14),
    ):
        columns[name] = function(high, low, close, length)
    return columns


def levels(high, low, close, volume):
    """Regressions, extremes, flows of volume, and oscillators."""
    slow_k, slow_d = talib.STOCH(high, low, close, 14, 3, 0, 3, 0)
    return {
        "linearreg20": talib.LINEARREG(close, 20),
        "linearreg_slope20": talib.LINEARREG_SLOPE(close, 20),
        "max_high20": talib.MAX(high, 20),
        "min_low20": talib.MIN(low, 20),
        "obv": talib.OBV(close, volume),
        "mfi14": talib.MFI(high, low, close, volume, 14),
        "roc10": talib.ROC(close, 10),
        "stoch_slowk": slow_k,
        "stoch_slowd": slow_d,
    }


def channels(columns, high, low, close):
    """Keltner channels (a) of EMA and Wilder's ATR, and (b) of simple means."""
    true_range = columns["trange"]
    mean_range = numpy.full(len(close), numpy.nan)
    # One absent value spoils a rolling sum of TA-Lib, and the first true range is absent.
    if len(close) > 20:
        mean_range[1:] = talib.SMA(true_range[1:], 20)
    wilder = around("kc_ema_atr20", columns["ema20"], columns["atr20"])
    return wilder | {"sma_tr20": mean_range} | around("kc_sma", columns["sma20"], mean_range)


def around(name, middle, width):
    """Upper and lower channel for each multiple of the width."""
    columns = {}
    for multiple in MULTIPLES:
        columns[f"{name}_upper_{multiple}"] = middle + multiple * width
        columns[f"{name}_lower_{multiple}"] = middle - multiple * width
    return columns


def volumes(rows):
    """VWAP of the session and relative volumes."""
    return vwap(rows) | relative_volumes(rows) | volumes_by_slot(rows)


def vwap(rows):
    """Mean typical price by volume since the session's open, and one deviation around it.

    The deviation is √max(0, Σtp²v/Σv - VWAP²) as it is defined, in f64: where prices don't move,
    cancellation leaves some millionths of a dollar where nothing should be.
    """
    columns = {name: [] for name in ("vwap_session", "vwap_upper_1sd", "vwap_lower_1sd")}
    session, sums = None, None
    for bar in rows:
        if bar["session"] != session:
            session, sums = bar["session"], [0.0, 0.0, 0.0]
        for power in range(3):
            sums[power] += typical(bar) ** power * bar["volume"]
        for name, value in zip(columns, middle_and_bands(*sums)):
            columns[name].append(value)
    return columns


def middle_and_bands(volume, value, squares):
    """The mean, one deviation above and one below; absent without volume."""
    if not volume:
        return (float("nan"),) * 3
    middle = value / volume
    width = max(0.0, squares / volume - middle**2) ** 0.5
    return middle, middle + width, middle - width


def typical(bar):
    """Mean of high, low and close."""
    return (bar["high"] + bar["low"] + bar["close"]) / 3


def relative_volumes(rows):
    """Volume against the mean of twenty bars: those before, or the twenty that end here."""
    volume = [row["volume"] for row in rows]
    before = [ratio(of, volume[max(0, index - 20) : index], 20) for index, of in enumerate(volume)]
    ending = [
        ratio(of, volume[max(0, index - 19) : index + 1], 20) for index, of in enumerate(volume)
    ]
    return {"rvol20_excl_current": before, "rvol20_incl_current": ending}


def ratio(value, others, least):
    """A value against the mean of at least so many others; absent if that mean is 0."""
    mean = sum(others) / len(others) if len(others) >= least else 0
    return value / mean if mean > 0 else float("nan")


def volumes_by_slot(rows):
    """Volume, and volume since the open, against the last ten sessions that have the same slot."""
    own, running = defaultdict(list), defaultdict(list)
    columns = {"rvol_tod": [], "rvol_tod_cum": []}
    totals = defaultdict(int)
    for row in rows:
        totals[row["session"]] += row["volume"]
        slot = clock(row["t"])
        for name, history, value in (
            ("rvol_tod", own[slot], row["volume"]),
            ("rvol_tod_cum", running[slot], totals[row["session"]]),
        ):
            columns[name].append(ratio(value, history[-10:], 5))
            history.append(value)
    return columns


def clock(at):
    """The wall clock in New York."""
    return datetime.fromisoformat(at).astimezone(EASTERN).strftime("%H:%M")
