//! New York's clock: the only place where instants and wall times are turned into each other.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::America::New_York;
use chrono_tz::Tz;

/// How far New York's standard time lies behind UTC.
const STANDARD_TIME_BEHIND_UTC: TimeDelta = TimeDelta::hours(5);

/// The instant as New York's clocks show it.
pub fn eastern(instant: DateTime<Utc>) -> DateTime<Tz> {
    instant.with_timezone(&New_York)
}

/// The date in New York at an instant: the day to which trades, losses and limits belong.
pub fn trading_date(instant: DateTime<Utc>) -> NaiveDate {
    eastern(instant).date_naive()
}

/// The instant at which New York's clocks show `time` on `date`.
///
/// Clocks change on Sundays at 02:00, so every time from 04:00 to 20:00 exists exactly once on
/// every day. For completeness: of a time that comes twice the first is meant, and a time that
/// is skipped is read in standard time, as if the clocks had not been moved yet.
pub fn eastern_instant(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wall = date.and_time(time);
    let in_standard_time = || {
        wall.checked_add_signed(STANDARD_TIME_BEHIND_UTC)
            .unwrap_or(wall)
    };
    New_York
        .from_local_datetime(&wall)
        .earliest()
        .map_or_else(|| in_standard_time().and_utc(), |instant| instant.to_utc())
}

/// The instant at which a New York date begins.
pub fn midnight(date: NaiveDate) -> DateTime<Utc> {
    eastern_instant(date, NaiveTime::MIN)
}
