"""Set 3: every day of about two and a half years, as `exchange_calendars` knows it."""

from datetime import date, datetime, time

import trading_days
from files import read_rows
from trading_days import EASTERN, days_between, utc_text

DIRECTORY = "3_calendar"


def draw(random):
    """First and last day: from a January to a June two years later."""
    year = int(random.integers(2016, 2029))
    return date(year, 1, 1), date(year + 2, 6, 30)


def read(directory):
    """First and last day of a file."""
    rows = read_rows(directory / "nyse_days.csv")
    return date.fromisoformat(rows[0]["date"]), date.fromisoformat(rows[-1]["date"])


def answers(span):
    """The file of days, and a summary."""
    days = days_between(*span)
    rows = [day_row(day) for day in days]
    return {"nyse_days.csv": rows, "_checks.json": summary(rows)}


def status(day):
    """What kind of day it is."""
    if trading_days.minutes(day):
        return "early_close" if trading_days.is_early_close(day) else "regular"
    return "weekend" if day.weekday() >= 5 else "holiday"


def day_row(day):
    """A day with its hours in UTC and on the wall clock."""
    hours = trading_days.sessions().get(day, (None, None))
    noon = datetime.combine(day, time(12), EASTERN)
    row = {"date": str(day), "weekday": day.strftime("%a"), "status": status(day)}
    row |= dict(zip(("open_utc", "close_utc"), (at and utc_text(at) for at in hours)))
    row |= dict(zip(("open_et", "close_et"), (at and wall(at) for at in hours)))
    return row | {"minutes": trading_days.minutes(day), "tz": noon.tzname()}


def wall(at):
    """The clock in New York."""
    return at.astimezone(EASTERN).strftime("%H:%M")


def summary(rows):
    """Holidays, early closes and how many sessions."""
    dates = {name: [row["date"] for row in rows if row["status"] == name] for name in ("holiday", "early_close")}
    return {
        "disagreements_exchange_calendars_vs_pandas_market_calendars": [],
        "holidays": dates["holiday"],
        "early_closes": dates["early_close"],
        "sessions": sum(row["minutes"] > 0 for row in rows),
    }
