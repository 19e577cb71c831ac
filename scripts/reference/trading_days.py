"""Sessions of the New York Stock Exchange, as `exchange_calendars` knows them."""

from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import exchange_calendars

EASTERN = ZoneInfo("America/New_York")
UTC = ZoneInfo("UTC")
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2031, 12, 31)


@cache
def sessions():
    """Open and close in UTC of every session, by its date, in order."""
    calendar = exchange_calendars.get_calendar("XNYS", start=FIRST_DAY, end=LAST_DAY)
    hours = zip(calendar.schedule["open"], calendar.schedule["close"])
    days = (day.date() for day in calendar.schedule.index)
    return {day: tuple(at.to_pydatetime() for at in pair) for day, pair in zip(days, hours)}


def minutes(day):
    """Length of a session in minutes; 0 where there is none."""
    if day not in sessions():
        return 0
    opens, closes = sessions()[day]
    return int((closes - opens).total_seconds()) // 60


def is_early_close(day):
    """Whether a session ends before its usual 390 minutes."""
    return 0 < minutes(day) < 390


def days_between(first, last):
    """Every calendar day from `first` to `last`."""
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def utc_text(at):
    """An instant as ISO-8601 that ends in Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
