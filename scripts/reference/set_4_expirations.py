"""Set 4: next expirations and times to them.

A weekly expiration is a Friday, or the session before where that Friday is closed; a monthly one is
that of a month's third Friday; a daily one is any session. The next one is the first that is at
least `min_dte` calendar days away (the monthly one: at least 0) and hasn't closed yet. A year has
525,600 minutes, or 252 sessions of 390 minutes.
"""

from datetime import date, datetime, time, timedelta

import trading_days
from files import read_rows
from trading_days import EASTERN, UTC, days_between, sessions, utc_text

DIRECTORY = "4_expirations"
TOLERANCES = {"T_years_calendar": 1e-12, "T_years_trading_252x390": 1e-12}
# Moments of a day, around the open, both closes and the evening.
CLOCK = [
    time(*clock)
    for clock in ((0, 0), (9, 29), (9, 30), (10, 0), (12, 59), (13, 0), (13, 1), (15, 59), (16, 0))
] + [time(16, 1), time(20, 0), time(23, 59)]


def draw(random):
    """Fridays of two and a half years, and moments near closed ones, early closes and clock changes."""
    year = int(random.integers(2016, 2029))
    days = days_between(date(year, 1, 1), date(year + 2, 6, 19))
    fridays = [day for day in days if day.weekday() == 4]
    closed = [day for day in fridays if not trading_days.minutes(day)]
    early = [day for day in days if trading_days.is_early_close(day)]
    cases = near(random, "closed_friday", closed, range(-8, 2))
    cases += near(random, "early_close", early, (-3, -1, 0, 1))
    cases += near(random, "dst_change", clock_changes(days), (-3, -2, 0, 1))
    whichever = [days[int(index)] for index in random.integers(0, len(days) - 40, 150)]
    return fridays, cases + near(random, "random", whichever, (0,))


def near(random, tag, days, distances):
    """A moment on each of the days at these distances."""
    every = [day + timedelta(days=ahead) for day in days for ahead in distances]
    return [(tag, moment(random, day), int(random.choice([0, 1, 2, 3, 5, 7]))) for day in every]


def moment(random, day):
    """A moment of a day in New York."""
    clock = CLOCK[int(random.integers(len(CLOCK)))]
    return datetime.combine(day, clock, EASTERN).astimezone(UTC)


def clock_changes(days):
    """Sundays on which the clocks change."""
    offset = lambda day: datetime.combine(day, time(12), EASTERN).utcoffset()
    return [day for day in days if offset(day) != offset(day - timedelta(days=1))]


def read(directory):
    """Fridays and moments from files."""
    fridays = [date.fromisoformat(row["friday"]) for row in read_rows(directory / "weekly_expiries.csv")]
    rows = read_rows(directory / "next_expiry_cases.csv")
    cases = [(row["tag"], datetime.fromisoformat(row["now_utc"]), int(row["min_dte"])) for row in rows]
    return fridays, cases


def answers(inputs):
    """Both files."""
    fridays, cases = inputs
    return {
        "weekly_expiries.csv": [friday_row(friday) for friday in fridays],
        "next_expiry_cases.csv": [case_row(*case) for case in cases],
    }


def expiration_of(friday):
    """The last session that isn't after a Friday."""
    return next(day for day in (friday - timedelta(days=back) for back in range(8)) if day in sessions())


def third_friday(day):
    """Of the month that a day is in."""
    first = day.replace(day=1)
    return first + timedelta(days=(4 - first.weekday()) % 7 + 14)


def friday_row(friday):
    """A week's expiration."""
    day = expiration_of(friday)
    return {
        "friday": str(friday),
        "expiry": str(day),
        "shifted": day != friday,
        "is_monthly": friday == third_friday(friday),
        "expiry_close_utc": utc_text(closes(day)),
    }


def closes(day):
    """When a session ends."""
    return sessions()[day][1]


def next_of(candidates, now, days_min):
    """The first that is far enough away and still open or ahead."""
    today = now.astimezone(EASTERN).date()
    return next(day for day in candidates if (day - today).days >= days_min and closes(day) > now)


def weeklies(today):
    """Weekly expirations from a day's week on."""
    friday = today + timedelta(days=4 - today.weekday())
    return (expiration_of(friday + timedelta(weeks=ahead)) for ahead in range(60))


def dailies(today):
    """Sessions from a day on."""
    days = (today + timedelta(days=ahead) for ahead in range(60))
    return (day for day in days if day in sessions())


def monthlies(today):
    """Monthly expirations from a day's month on."""
    months = (divmod(today.year * 12 + today.month - 1 + ahead, 12) for ahead in range(6))
    return (expiration_of(third_friday(date(year, month + 1, 1))) for year, month in months)


def case_row(tag, now, days_min):
    """What is next at a moment, and how far away the weekly expiration is."""
    today = now.astimezone(EASTERN).date()
    weekly = next_of(weeklies(today), now, days_min)
    daily = next_of(dailies(today), now, days_min)
    row = {"tag": tag, "now_utc": utc_text(now), "today_et": str(today)}
    row |= {"weekday_et": today.strftime("%a"), "min_dte": days_min}
    row |= {"next_weekly_expiry": str(weekly), "expiry_weekday": weekly.strftime("%a")}
    row |= {"shifted_from_friday": weekly.weekday() != 4, "dte_calendar_days": (weekly - today).days}
    row |= {"next_daily_expiry": str(daily), "next_monthly_expiry": str(next_of(monthlies(today), now, 0))}
    return row | times_to(now, weekly)


def times_to(now, weekly):
    """Minutes and years to an expiration, by calendar and by trading."""
    to_close, to_four = minutes(closes(weekly) - now), minutes(four_o_clock(weekly) - now)
    trading = trading_until(now, closes(weekly))
    return {
        "minutes_to_session_close": to_close,
        "T_years_calendar": to_close / 525_600,
        "minutes_to_1600_et": to_four,
        "trading_minutes": trading,
        "T_years_trading_252x390": trading / (252 * 390),
    }


def four_o_clock(day):
    """16:00 in New York."""
    return datetime.combine(day, time(16), EASTERN)


def trading_until(now, end):
    """Minutes of all sessions between two moments."""
    spans = (min(closes, end) - max(opens, now) for opens, closes in sessions().values())
    return sum(minutes(span) for span in spans if span > timedelta())


def minutes(span):
    """A span in minutes."""
    return span.total_seconds() / 60
