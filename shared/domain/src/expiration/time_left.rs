//! The time to an expiration, in days, minutes and years.

use chrono::{DateTime, NaiveDate, Utc};

use super::weekly_expiration;
use crate::calendar::{Session, trading_date};

/// Minutes in the year of 365 days that option pricing counts by.
const MINUTES_PER_YEAR: f64 = 525_600.0;
const SECONDS_PER_MINUTE: f64 = 60.0;

/// Calendar days to an expiration by New York dates: 0 on the day itself, negative after it.
pub fn dte(now: DateTime<Utc>, expiration: NaiveDate) -> i64 {
    (expiration - trading_date(now)).num_days()
}

/// The instant at which a contract ends: the close of the exchange on its expiration, 16:00 or
/// 13:00 Eastern time. A date that doesn't trade is taken for the day that [`weekly_expiration`]
/// moves it to, such as the Friday of the Saturdays under which old monthlies are named.
pub fn expires_at(expiration: NaiveDate) -> DateTime<Utc> {
    Session::of_trading_day(weekly_expiration(expiration)).close
}

/// Minutes to the end of a contract, between instants in UTC, so that a change of the clocks
/// makes no difference; negative after it.
pub fn minutes_to_expiry(now: DateTime<Utc>, expiration: NaiveDate) -> f64 {
    (expires_at(expiration) - now).as_seconds_f64() / SECONDS_PER_MINUTE
}

/// The T of option pricing: minutes to expiry over 525,600; zero or less once expired.
pub fn year_fraction(now: DateTime<Utc>, expiration: NaiveDate) -> f64 {
    minutes_to_expiry(now, expiration) / MINUTES_PER_YEAR
}
