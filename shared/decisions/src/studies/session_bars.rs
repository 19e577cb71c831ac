//! Bars with their places in their sessions, from the exchange's calendar.

use chrono::{NaiveDate, TimeDelta};
use domain::Timeframe;
use domain::calendar::{session_on, trading_date, usual_open};
use domain::quote::Candle;
use quant::indicators::{Bar, SessionBar};

/// The minutes of a regular session; a day on which the exchange is closed is measured by it, so
/// that a market which never closes has its days, too.
const REGULAR_MINUTES: i64 = 390;

/// A candle as indicators take it.
pub fn session_bar(candle: &Candle) -> SessionBar {
    let date = trading_date(candle.start);
    let session = session_on(date);
    let open = session.map_or_else(|| usual_open(date), |session| session.open);
    let minutes = session.map_or(REGULAR_MINUTES, |session| session.minutes());
    let since_open: TimeDelta = candle.start - open;
    SessionBar {
        bar: bar(candle),
        session_day: days(date),
        minute: whole(since_open.num_seconds().div_euclid(60)),
        session_minutes: whole(minutes),
    }
}

/// A candle without its place.
pub(crate) fn bar(candle: &Candle) -> Bar {
    Bar {
        start_s: candle.start.timestamp(),
        open: candle.open.to_f64(),
        high: candle.high.to_f64(),
        low: candle.low.to_f64(),
        close: candle.close.to_f64(),
        volume: candle.volume,
    }
}

/// Whether so many whole bars last these minutes; bars are counted in minutes.
pub(super) fn make_up(timeframe: Timeframe, minutes: i32) -> bool {
    let bar_s = timeframe.duration().num_seconds();
    bar_s % 60 == 0 && (i64::from(minutes) * 60) % bar_s == 0
}

fn days(date: NaiveDate) -> i32 {
    whole((date - NaiveDate::default()).num_days())
}

fn whole(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
