//! The calendar of the New York Stock Exchange, by rule, for the years 2000 to 2099; the time
//! zone's rules, which opens and closes follow, end there too.
//!
//! It says which days trade, when a session opens and closes, and what New York's clock shows.
//! It knows scheduled days and the unscheduled closures that have happened; a closure announced
//! tomorrow is not in it, so what a provider lists or quotes still has the last word.
//! It never reads the clock or the machine's zone: every instant is passed in, in UTC.

mod eastern;
mod holidays;
mod session;

use chrono::{Datelike, NaiveDate, Weekday};

pub use eastern::{eastern, eastern_instant, midnight, trading_date};
pub use session::{Session, last_session, next_session, session_at, session_on, usual_open};

/// What the exchange does on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayStatus {
    /// Trades from 09:30 to 16:00 Eastern time.
    Regular,
    /// Trades from 09:30 to 13:00 Eastern time.
    EarlyClose,
    /// Closed on a weekday.
    Holiday,
    /// Saturday or Sunday.
    Weekend,
}

impl DayStatus {
    /// Whether the exchange opens at all.
    pub fn is_trading_day(self) -> bool {
        matches!(self, Self::Regular | Self::EarlyClose)
    }
}

/// What the exchange does on a New York date.
pub fn day_status(date: NaiveDate) -> DayStatus {
    if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
        DayStatus::Weekend
    } else if holidays::is_closed(date) {
        DayStatus::Holiday
    } else if holidays::closes_early(date) {
        DayStatus::EarlyClose
    } else {
        DayStatus::Regular
    }
}

/// The date itself if it trades, else the last trading day before it.
pub fn trading_day_on_or_before(date: NaiveDate) -> NaiveDate {
    date.iter_days()
        .rev()
        .find(|day| day_status(*day).is_trading_day())
        .unwrap_or(date)
}

/// The date itself if it trades, else the first trading day after it.
pub fn trading_day_on_or_after(date: NaiveDate) -> NaiveDate {
    date.iter_days()
        .find(|day| day_status(*day).is_trading_day())
        .unwrap_or(date)
}

#[cfg(test)]
mod tests;
