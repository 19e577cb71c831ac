//! Sessions: from when to when the exchange trades.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::{
    DayStatus, day_status, eastern_instant, trading_date, trading_day_on_or_after,
    trading_day_on_or_before,
};

/// 09:30 Eastern time, in minutes after midnight.
const OPEN_MINUTE: i64 = 9 * 60 + 30;
/// 16:00 Eastern time.
const CLOSE_MINUTE: i64 = 16 * 60;
/// 13:00 Eastern time.
const EARLY_CLOSE_MINUTE: i64 = 13 * 60;

/// The trading hours of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Session {
    /// The New York date.
    pub date: NaiveDate,
    /// The first instant of trading.
    pub open: DateTime<Utc>,
    /// The first instant after trading.
    pub close: DateTime<Utc>,
    /// Whether it ends early.
    pub early_close: bool,
}

impl Session {
    /// Its length in minutes: 390, or 210 when it ends early.
    pub fn minutes(&self) -> i64 {
        (self.close - self.open).num_minutes()
    }

    /// Whether trading is on: from the open, up to but without the close.
    pub fn contains(&self, instant: DateTime<Utc>) -> bool {
        self.open <= instant && instant < self.close
    }

    /// The session of a date that is known to trade.
    pub(crate) fn of_trading_day(date: NaiveDate) -> Self {
        let early_close = day_status(date) == DayStatus::EarlyClose;
        let close_minute = if early_close {
            EARLY_CLOSE_MINUTE
        } else {
            CLOSE_MINUTE
        };
        Self {
            date,
            open: usual_open(date),
            close: at_minute(date, close_minute),
            early_close,
        }
    }
}

/// When a session opens on a New York date, or would open on a day without one.
pub fn usual_open(date: NaiveDate) -> DateTime<Utc> {
    at_minute(date, OPEN_MINUTE)
}

/// The session of a New York date; none on weekends and holidays.
pub fn session_on(date: NaiveDate) -> Option<Session> {
    day_status(date)
        .is_trading_day()
        .then(|| Session::of_trading_day(date))
}

/// The session that is on at an instant.
pub fn session_at(instant: DateTime<Utc>) -> Option<Session> {
    session_on(trading_date(instant)).filter(|session| session.contains(instant))
}

/// The first session that opens after an instant. A session that opens at that very instant is
/// on, not next.
pub fn next_session(after: DateTime<Utc>) -> Session {
    let date = trading_day_on_or_after(trading_date(after));
    let session = Session::of_trading_day(date);
    if session.open > after {
        return session;
    }
    let tomorrow = date.succ_opt().unwrap_or(date);
    Session::of_trading_day(trading_day_on_or_after(tomorrow))
}

/// The last session that has closed by an instant, the instant of the close included.
pub fn last_session(before: DateTime<Utc>) -> Session {
    let date = trading_day_on_or_before(trading_date(before));
    let session = Session::of_trading_day(date);
    if session.close <= before {
        return session;
    }
    let yesterday = date.pred_opt().unwrap_or(date);
    Session::of_trading_day(trading_day_on_or_before(yesterday))
}

fn at_minute(date: NaiveDate, minute_of_day: i64) -> DateTime<Utc> {
    eastern_instant(date, NaiveTime::MIN + TimeDelta::minutes(minute_of_day))
}
