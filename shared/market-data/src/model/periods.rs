//! The times of bars that have closed. Where a bar begins is the timeframe's to say.
//!
//! Bars shorter than a day lie within the sessions of the exchange, or fill the clock where a
//! market never closes. From a day on, bars are made of whole sessions whatever the hours, and
//! close with their last one.

use std::iter;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::Timeframe;
use domain::calendar::{Session, next_session, session_at, session_on, trading_date};

/// The times of one bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    /// The bar's start by its timeframe: for a day, New York midnight.
    pub(crate) start: DateTime<Utc>,
    /// The first instant that trades.
    pub(crate) opens: DateTime<Utc>,
    /// The first instant after it.
    pub(crate) closes: DateTime<Utc>,
    /// How long it trades, in seconds.
    pub(crate) trading_s: i64,
}

/// The periods of the exchange that have closed by `now`, newest first.
pub(crate) fn of_exchange(
    timeframe: Timeframe,
    now: DateTime<Utc>,
) -> Box<dyn Iterator<Item = Period>> {
    if timeframe.is_days_or_longer() {
        Box::new(of_sessions(timeframe, now))
    } else {
        Box::new(within_sessions(timeframe, now))
    }
}

/// The same for a market that never closes; from a day on its bars are the exchange's.
pub(crate) fn around_the_clock(
    timeframe: Timeframe,
    now: DateTime<Utc>,
) -> Box<dyn Iterator<Item = Period>> {
    if timeframe.is_days_or_longer() {
        return of_exchange(timeframe, now);
    }
    Box::new(back_from(timeframe.bar_start(now), timeframe))
}

fn within_sessions(timeframe: Timeframe, now: DateTime<Utc>) -> impl Iterator<Item = Period> {
    let next_date = trading_date(now) + TimeDelta::days(1);
    sessions_before(next_date)
        .filter(move |session| session.open < now)
        .flat_map(move |session| {
            back_from(session.close, timeframe)
                .take_while(move |period| period.opens >= session.open)
        })
        .filter(move |period| period.closes <= now)
}

/// The periods without a gap that end at an instant and before it, newest first.
fn back_from(closes: DateTime<Utc>, timeframe: Timeframe) -> impl Iterator<Item = Period> {
    let ending_at = move |closes: DateTime<Utc>| {
        let start = timeframe.bar_start(closes - TimeDelta::seconds(1));
        Period {
            start,
            opens: start,
            closes,
            trading_s: (closes - start).num_seconds(),
        }
    };
    iter::successors(Some(ending_at(closes)), move |later| {
        Some(ending_at(later.opens))
    })
}

/// The periods of whole sessions, without that of the session that is on or comes next.
fn of_sessions(timeframe: Timeframe, now: DateTime<Utc>) -> impl Iterator<Item = Period> {
    let pending = session_at(now).unwrap_or_else(|| next_session(now));
    let running = timeframe.bar_start(pending.open);
    let mut sessions = sessions_before(pending.date)
        .skip_while(move |session| timeframe.bar_start(session.open) == running)
        .peekable();
    iter::from_fn(move || {
        let last = sessions.next()?;
        let start = timeframe.bar_start(last.open);
        let mut period = of_session(start, &last);
        while let Some(earlier) =
            sessions.next_if(|session| timeframe.bar_start(session.open) == start)
        {
            period.opens = earlier.open;
            period.trading_s += seconds_of(&earlier);
        }
        Some(period)
    })
}

fn of_session(start: DateTime<Utc>, session: &Session) -> Period {
    let (opens, closes) = (session.open, session.close);
    Period {
        start,
        opens,
        closes,
        trading_s: seconds_of(session),
    }
}

fn seconds_of(session: &Session) -> i64 {
    (session.close - session.open).num_seconds()
}

/// The sessions before a New York date, newest first.
fn sessions_before(date: NaiveDate) -> impl Iterator<Item = Session> {
    date.iter_days().rev().skip(1).filter_map(session_on)
}
