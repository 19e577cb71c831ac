//! When options expire, and how long that is from now.
//!
//! Rules only, after the exchanges' filings: a weekly is due on a Friday, a monthly on the third
//! Friday, a daily on every trading day, and a holiday moves each to a trading day beside it.
//! Whether a class has an expiration listed on a day is for the provider's list to say; nothing
//! here may be bought without it.

mod time_left;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

pub use time_left::{dte, expires_at, minutes_to_expiry, year_fraction};

use crate::calendar::{
    day_status, trading_date, trading_day_on_or_after, trading_day_on_or_before,
};

/// More days than a run of closed days has ever moved an expiration: how far past the end of a
/// range a Friday can lie whose expiration falls into it.
const SHIFT_DAYS_MAX: i64 = 6;

/// When a weekly that is due on a Friday really expires: that day if it trades, else the trading
/// day before. The same goes for any other nominal day, except that a Monday's expiration moves
/// to the trading day after.
///
/// Source: the Cboe filings SEC 34-93255 (2021) and 34-96315 (2022) on short-term series.
pub fn weekly_expiration(friday: NaiveDate) -> NaiveDate {
    if friday.weekday() == Weekday::Mon {
        trading_day_on_or_after(friday)
    } else {
        trading_day_on_or_before(friday)
    }
}

/// Whether an expiration is that of the month: its third Friday, or the day to which a holiday
/// moves that.
pub fn is_monthly(expiration: NaiveDate) -> bool {
    NaiveDate::from_weekday_of_month_opt(expiration.year(), expiration.month(), Weekday::Fri, 3)
        .is_some_and(|third_friday| weekly_expiration(third_friday) == expiration)
}

/// The first weekly expiration that is at least `dte_min` calendar days away and hasn't closed.
pub fn next_weekly(now: DateTime<Utc>, dte_min: i64) -> NaiveDate {
    next_of(is_friday, now, dte_min)
}

/// The first expiration of a class that has one on every trading day, at least `dte_min`
/// calendar days away and not closed.
pub fn next_daily(now: DateTime<Utc>, dte_min: i64) -> NaiveDate {
    next_of(|date| day_status(date).is_trading_day(), now, dte_min)
}

/// The first monthly expiration that is at least `dte_min` calendar days away and hasn't closed.
pub fn next_monthly(now: DateTime<Utc>, dte_min: i64) -> NaiveDate {
    next_of(is_third_friday, now, dte_min)
}

/// The weekly expirations from one date to another, both included, in order.
pub fn weekly_expirations(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let last_nominal = days_after(to, SHIFT_DAYS_MAX);
    from.iter_days()
        .take_while(|date| *date <= last_nominal)
        .filter(|date| is_friday(*date))
        .map(weekly_expiration)
        .filter(|expiration| (from..=to).contains(expiration))
        .collect()
}

/// Nominal days before the earliest date needn't be looked at: a Friday only ever moves to an
/// earlier day, and a daily is due on days that trade.
fn next_of(is_nominal: fn(NaiveDate) -> bool, now: DateTime<Utc>, dte_min: i64) -> NaiveDate {
    let earliest = days_after(trading_date(now), dte_min.max(0));
    earliest
        .iter_days()
        .filter(|date| is_nominal(*date))
        .map(weekly_expiration)
        .find(|expiration| *expiration >= earliest && expires_at(*expiration) > now)
        // Reached only where the last year that a date can hold ends.
        .unwrap_or(earliest)
}

fn is_friday(date: NaiveDate) -> bool {
    date.weekday() == Weekday::Fri
}

fn is_third_friday(date: NaiveDate) -> bool {
    is_friday(date) && (15..=21).contains(&date.day())
}

fn days_after(date: NaiveDate, days: i64) -> NaiveDate {
    TimeDelta::try_days(days)
        .and_then(|span| date.checked_add_signed(span))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests;
