//! Where bars begin. Intraday bars are counted from the opening of the exchange, as
//! `TradingView`'s US stock charts do, so that an hour's bar begins at 09:30 and not at 09:00.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

use super::{Timeframe, Unit};
use crate::calendar::{midnight, trading_date, usual_open};

impl Timeframe {
    /// The beginning of the bar that holds `instant`.
    ///
    /// Seconds, minutes and hours are counted from 09:30 of that New York date, backwards too;
    /// no bar reaches over midnight. A day begins at New York midnight, a week on Monday, a
    /// month on its first. Several days or weeks are counted from 1970 and its first Monday.
    ///
    /// ```
    /// use domain::Timeframe;
    /// let hour = Timeframe::parse("1h").unwrap();
    /// let instant = "2026-06-24T14:15:00Z".parse().unwrap();
    /// assert_eq!(hour.bar_start(instant).to_rfc3339(), "2026-06-24T13:30:00+00:00");
    /// ```
    pub fn bar_start(self, instant: DateTime<Utc>) -> DateTime<Utc> {
        let date = trading_date(instant);
        match self.unit {
            Unit::Second | Unit::Minute | Unit::Hour => {
                let counted = floor_from(usual_open(date), instant, self.duration());
                counted.max(midnight(date))
            }
            Unit::Day | Unit::Week | Unit::Month => midnight(self.first_date(date)),
        }
    }

    /// Whether a bar begins at `instant` on some chart: with regular hours or with extended
    /// ones, whose bars are counted from midnight. A day's bar carries the time of its
    /// session's opening, or midnight.
    pub fn may_begin_at(self, instant: DateTime<Utc>) -> bool {
        let date = trading_date(instant);
        let begins = midnight(date);
        if self.is_days_or_longer() {
            return instant == begins || instant == usual_open(date);
        }
        let extended = floor_from(begins, instant, self.duration());
        instant == extended || instant == self.bar_start(instant)
    }

    fn first_date(self, date: NaiveDate) -> NaiveDate {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Month => first_of_months(date, self.count),
            Unit::Week => back_to_multiple(date, FIRST_MONDAY, count * 7),
            _ => back_to_multiple(date, NaiveDate::default(), count),
        }
    }
}

/// The first Monday of 1970.
const FIRST_MONDAY: NaiveDate = match NaiveDate::from_ymd_opt(1970, 1, 5) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

fn back_to_multiple(date: NaiveDate, anchor: NaiveDate, days: i64) -> NaiveDate {
    let into_bar = (date - anchor).num_days().rem_euclid(days);
    date.checked_sub_days(Days::new(into_bar.unsigned_abs()))
        .unwrap_or(date)
}

/// `count` divides twelve, so that such bars begin with the year.
fn first_of_months(date: NaiveDate, count: u32) -> NaiveDate {
    let month0 = date.month0() - date.month0() % count;
    NaiveDate::from_ymd_opt(date.year(), month0 + 1, 1).unwrap_or(date)
}

fn floor_from(anchor: DateTime<Utc>, instant: DateTime<Utc>, step: TimeDelta) -> DateTime<Utc> {
    let elapsed = instant - anchor;
    // Whole seconds, rounded down even before the anchor.
    let elapsed_s = elapsed.num_milliseconds().div_euclid(1000);
    anchor + TimeDelta::seconds(elapsed_s - elapsed_s.rem_euclid(step.num_seconds()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn timeframe(text: &str) -> Timeframe {
        Timeframe::parse(text).unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn bars_begin_where_the_charts_begin_them() {
        for (length, instant, expected) in [
            // A summer's day: New York is four hours behind.
            ("5m", "2026-06-24T14:17:59.999Z", "2026-06-24T14:15:00Z"),
            ("5m", "2026-06-24T14:15:00Z", "2026-06-24T14:15:00Z"),
            ("30s", "2026-06-24T14:15:31Z", "2026-06-24T14:15:30Z"),
            ("1h", "2026-06-24T14:29:59Z", "2026-06-24T13:30:00Z"),
            ("4h", "2026-06-24T17:29:59Z", "2026-06-24T13:30:00Z"),
            ("4h", "2026-06-24T17:30:00Z", "2026-06-24T17:30:00Z"),
            // Early hours count backwards, and no bar reaches over midnight.
            ("1h", "2026-06-24T08:05:00Z", "2026-06-24T07:30:00Z"),
            ("4h", "2026-06-24T13:29:59.5Z", "2026-06-24T09:30:00Z"),
            ("4h", "2026-06-24T04:10:00Z", "2026-06-24T04:00:00Z"),
            ("5m", "2026-06-24T03:59:00Z", "2026-06-24T03:55:00Z"),
            // 2026-03-08 has no hour from 02:00 to 03:00; 2026-11-01 has two from 01:00.
            ("1h", "2026-03-08T06:59:00Z", "2026-03-08T06:30:00Z"),
            ("1h", "2026-03-08T13:30:00Z", "2026-03-08T13:30:00Z"),
            ("1h", "2026-11-01T05:45:00Z", "2026-11-01T05:30:00Z"),
            ("1h", "2026-11-01T06:45:00Z", "2026-11-01T06:30:00Z"),
            ("1h", "2026-11-02T14:45:00Z", "2026-11-02T14:30:00Z"),
            // Days and longer go by the New York date.
            ("1d", "2026-06-25T03:59:59Z", "2026-06-24T04:00:00Z"),
            ("1d", "2026-03-08T20:00:00Z", "2026-03-08T05:00:00Z"),
            ("1d", "2026-11-01T20:00:00Z", "2026-11-01T04:00:00Z"),
            ("1w", "2026-06-24T14:15:00Z", "2026-06-22T04:00:00Z"),
            ("1w", "2026-06-29T03:00:00Z", "2026-06-22T04:00:00Z"),
            ("1w", "2026-01-01T15:00:00Z", "2025-12-29T05:00:00Z"),
            ("1M", "2026-06-24T14:15:00Z", "2026-06-01T04:00:00Z"),
            ("3M", "2026-06-24T14:15:00Z", "2026-04-01T04:00:00Z"),
            ("12M", "2026-06-24T14:15:00Z", "2026-01-01T05:00:00Z"),
        ] {
            let started = timeframe(length).bar_start(utc(instant));
            assert_eq!(started, utc(expected), "{length} at {instant}");
        }
    }

    #[test]
    fn a_bar_may_begin_by_regular_or_by_extended_hours() {
        for (length, instant, expected) in [
            ("5m", "2026-06-24T14:15:00Z", true),
            ("5m", "2026-06-24T14:16:00Z", false),
            ("1h", "2026-06-24T14:30:00Z", true),
            ("1h", "2026-06-24T14:00:00Z", true),
            ("1h", "2026-06-24T14:15:00Z", false),
            ("1d", "2026-06-24T13:30:00Z", true),
            ("1d", "2026-06-24T04:00:00Z", true),
            ("1d", "2026-06-24T14:30:00Z", false),
        ] {
            assert_eq!(
                timeframe(length).may_begin_at(utc(instant)),
                expected,
                "{length} {instant}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_bar_holds_the_instant_that_it_was_asked_for(
            milliseconds in 0_i64..4_102_444_800_000,
            length in prop::sample::select(vec![
                "5s", "7s", "1m", "5m", "7m", "90m", "1h", "4h", "7h", "1d", "3d", "1w", "2w", "1M", "6M",
            ]),
        ) {
            let instant = DateTime::from_timestamp_millis(milliseconds).unwrap();
            let started = timeframe(length).bar_start(instant);
            prop_assert!(started <= instant);
            prop_assert_eq!(timeframe(length).bar_start(started), started);
            // The night when the clocks go back is an hour longer.
            let longest = timeframe(length).duration() + TimeDelta::hours(1);
            prop_assert!(instant - started < longest);
        }
    }
}
