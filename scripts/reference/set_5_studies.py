"""Set 5: the TTM squeeze, the Strat, Saty Mahajan's studies and the opening range, in plain Python.

Written from their definitions alone: loops over whole series, sums by `math.fsum`, nothing shared
with the platform. The files of the 5-minute bars' and daily bars' studies have a row for each bar;
signals, events and ranges have one where there is any.
"""

import bars
import set_1_indicators
import study_opening_range
import study_saty
import study_squeeze
import study_strat

DIRECTORY = "5_strat_ttm_saty"


def draw(random):
    """The bars of set 1."""
    return bars.draw(random)


def read(directory):
    """The bars that the studies of a set are of."""
    folder = directory.parent / set_1_indicators.DIRECTORY
    return {name: set_1_indicators.read_bars(folder / f"ohlcv_{name}.csv") for name in ("5m", "1d")}


def answers(series):
    """All files of the set."""
    files = {}
    for name, rows in series.items():
        files[f"ttm_squeeze_{name}.csv"] = study_squeeze.rows(rows)
        files[f"strat_bars_{name}.csv"] = study_strat.bar_rows(rows)
        files[f"strat_signals_{name}.csv"] = study_strat.signal_rows(rows)
        files[f"saty_phase_ribbon_{name}.csv"] = study_saty.phase_and_ribbon_rows(rows)
    files["strat_ftfc_1d.csv"] = study_strat.continuity_rows(series["1d"])
    files["saty_atr_levels_1d.csv"] = study_saty.level_rows(series["1d"])
    files["orb_ranges_5m.csv"] = study_opening_range.range_rows(series["5m"])
    files["orb_events_5m.csv"] = study_opening_range.event_rows(series["5m"])
    return files
