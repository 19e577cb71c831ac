#!/usr/bin/env python3
"""usage: scripts/compare/indicators.py

Times TA-Lib on the reference's 1,000 bars of five minutes: the columns that our indicators have
too. Compare it with ours on the same machine:

  cargo bench --package quant --bench indicators -- "the "

TA-Lib is installed into .tools/talib from the Python package index if it isn't there. Each figure
is the least of many runs, in microseconds; what a call from Python costs beside the computation is
measured on a series that is too short for any value, and subtracted in the last column.
"""

import csv
import os
import subprocess
import sys
import timeit
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ROOT / ".tools" / "talib"
PACKAGES = ["TA-Lib==0.8.2", "numpy==2.4.6"]
BARS = ROOT / "tests" / "fixtures" / "oracle" / "1_indicators" / "ohlcv_5m.csv"
RUNS, CALLS_PER_RUN = 200, 20


def within_tools():
    """Runs this script again with the Python that has TA-Lib."""
    python = TOOLS / "bin" / "python"
    if not python.exists():
        venv.create(TOOLS, with_pip=True)
    installed = subprocess.run([python, "-c", "import talib, numpy"], capture_output=True)
    if installed.returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    os.execv(python, [str(python), __file__])


def series(numpy):
    with BARS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = ("high", "low", "close")
    return [numpy.array([float(row[name]) for row in rows]) for name in names]


def calls(talib, high, low, close):
    """Every call that our columns need, by name."""
    ranges = talib.TRANGE(high, low, close)[1:]
    for length in (3, 8, 9, 12, 13, 20, 21, 26, 34, 48, 50, 200):
        yield f"EMA {length}", lambda length=length: talib.EMA(close, length)
    for length in (20, 50, 200):
        yield f"SMA {length}", lambda length=length: talib.SMA(close, length)
    for length in (2, 14):
        yield f"RSI {length}", lambda length=length: talib.RSI(close, length)
    yield "MACD", lambda: talib.MACD(close, 12, 26, 9)
    yield "BBANDS 20", lambda: talib.BBANDS(close, 20, 2.0, 2.0, 0)
    yield "STDDEV 20", lambda: talib.STDDEV(close, 20, 1.0)
    yield "LINEARREG 20", lambda: talib.LINEARREG(close, 20)
    yield "LINEARREG_SLOPE 20", lambda: talib.LINEARREG_SLOPE(close, 20)
    yield "MAX 20", lambda: talib.MAX(high, 20)
    yield "MIN 20", lambda: talib.MIN(low, 20)
    yield "TRANGE", lambda: talib.TRANGE(high, low, close)
    for length in (14, 20):
        yield f"ATR {length}", lambda length=length: talib.ATR(high, low, close, length)
    for name in ("PLUS_DI", "MINUS_DI", "DX", "ADX"):
        function = getattr(talib, name)
        yield f"{name} 14", lambda function=function: function(high, low, close, 14)
    yield "SMA 20 of TRANGE", lambda: talib.SMA(ranges, 20)


def least_us(call):
    runs = timeit.repeat(call, number=CALLS_PER_RUN, repeat=RUNS)
    return min(runs) / CALLS_PER_RUN * 1e6


def compare(talib, numpy):
    whole = series(numpy)
    short = [figures[:2].copy() for figures in whole]
    total = total_inside = 0.0
    print(f"TA-Lib {talib.__version__} (C {talib.__ta_version__.decode()}), {len(whole[0])} bars")
    print(f"{'':20} {'µs':>8} {'without the call':>18}")
    for (name, call), (_, empty) in zip(calls(talib, *whole), calls(talib, *short)):
        taken = least_us(call)
        inside = taken - least_us(empty)
        total, total_inside = total + taken, total_inside + inside
        print(f"{name:20} {taken:8.2f} {inside:18.2f}")
    print(f"{'all':20} {total:8.2f} {total_inside:18.2f}")


def main():
    if sys.argv[1:]:
        print(__doc__.strip())
        return 0 if sys.argv[1] in ("-h", "--help") else 2
    if Path(sys.prefix) != TOOLS:
        within_tools()
    import numpy
    import talib

    compare(talib, numpy)
    return 0


if __name__ == "__main__":
    sys.exit(main())
