//! When an alert fired, or which bar it is about, and whether that is recent enough to trade.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::fields::{Field, Fields, decimal, quoted};
use super::problem::Problem;
use crate::signal::TimestampOrigin;
use crate::timeframe::Timeframe;

/// How old an alert may be.
const AGE_MAX: TimeDelta = TimeDelta::minutes(5);

/// How far in the future its time may lie, since clocks differ.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(1);

/// A daily bar may end only when the next session opens: after a weekend and a holiday.
const CLOSED_DAYS_MAX: TimeDelta = TimeDelta::days(3);

/// Below this a number is Unix seconds (until the year 5138), from here on milliseconds.
const SECONDS_END: i64 = 100_000_000_000;

/// The years in which an alert's time can lie; others are slips of the unit.
const YEARS: std::ops::Range<i32> = 2000..2200;

const FIRE_TIME_FIELDS: [&str; 2] = ["timestamp", "timenow"];
const BAR_TIME_FIELDS: [&str; 2] = ["bar.time", "bar_time"];

/// The time that an alert tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) instant: DateTime<Utc>,
    pub(super) origin: TimestampOrigin,
    field: &'static str,
}

/// The alert's time; nothing if it tells none, or if that was refused.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<Told> {
    let (field, origin) = chosen(fields)?;
    let Field { text, .. } = fields.first(&[field])?;
    let Some(instant) = parse(&text) else {
        let message = format!(
            "must be ISO 8601, Unix seconds or milliseconds, and is {}",
            quoted(&text)
        );
        fields.refuse(field, message);
        return None;
    };
    Some(Told {
        instant,
        origin,
        field,
    })
}

/// `time` is the bar's time, unless the bar's is told separately beside it.
fn chosen(fields: &Fields<'_>) -> Option<(&'static str, TimestampOrigin)> {
    let present =
        |names: &[&'static str]| names.iter().copied().find(|name| fields.is_present(name));
    let bar_time = present(&BAR_TIME_FIELDS);
    let of_time = if bar_time.is_some() {
        TimestampOrigin::FireTime
    } else {
        TimestampOrigin::BarTime
    };
    present(&FIRE_TIME_FIELDS)
        .map(|name| (name, TimestampOrigin::FireTime))
        .or_else(|| present(&["time"]).map(|name| (name, of_time)))
        .or_else(|| bar_time.map(|name| (name, TimestampOrigin::BarTime)))
}

impl Told {
    /// What is wrong with the time for an alert that came in at `received_at`, if anything.
    ///
    /// A time at which a bar may begin is allowed one timeframe more, since the alert may have
    /// fired at the end of that bar; bars of a day and longer may end three closed days later.
    pub(super) fn untimely(
        self,
        timeframe: Timeframe,
        received_at: DateTime<Utc>,
    ) -> Option<Problem> {
        let age = received_at - self.instant;
        let age_max = AGE_MAX + self.bar_allowance(timeframe);
        if age < -AHEAD_MAX {
            return Some(self.problem("ahead of the time at which it came in", -age, AHEAD_MAX));
        }
        (age > age_max).then(|| self.problem("old", age, age_max))
    }

    fn bar_allowance(self, timeframe: Timeframe) -> TimeDelta {
        let of_bar = self.origin == TimestampOrigin::BarTime;
        if !of_bar && !timeframe.may_begin_at(self.instant) {
            return TimeDelta::zero();
        }
        let closed = if timeframe.is_days_or_longer() {
            CLOSED_DAYS_MAX
        } else {
            TimeDelta::zero()
        };
        timeframe.duration() + closed
    }

    fn problem(self, what: &str, by: TimeDelta, by_max: TimeDelta) -> Problem {
        let (by_s, by_s_max) = (by.num_seconds(), by_max.num_seconds());
        Problem::new(
            self.field,
            format!("is {by_s} s {what}; at most {by_s_max} s are allowed"),
        )
    }
}

fn parse(text: &str) -> Option<DateTime<Utc>> {
    let instant = parse_iso(&text.to_ascii_uppercase().replacen(' ', "T", 1))
        .or_else(|| parse_unix(decimal(text)?))?;
    YEARS.contains(&instant.year()).then_some(instant)
}

/// With an offset, with `Z`, or bare, which is read as UTC; seconds may be left out.
fn parse_iso(text: &str) -> Option<DateTime<Utc>> {
    let with_offset = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"]
        .iter()
        .find_map(|format| DateTime::parse_from_str(text, format).ok());
    let bare = || {
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
    };
    with_offset
        .map(|time| time.with_timezone(&Utc))
        .or_else(|| bare().map(|time| time.and_utc()))
}

fn parse_unix(number: Decimal) -> Option<DateTime<Utc>> {
    let unit_ms = if number < Decimal::from(SECONDS_END) {
        1000
    } else {
        1
    };
    let milliseconds = number
        .checked_mul(Decimal::from(unit_ms))?
        .trunc()
        .to_i64()?;
    DateTime::from_timestamp_millis(milliseconds)
}
