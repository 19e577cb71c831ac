//! How much of the session is left. It says nothing of the way, and lowers how sure one can be
//! of a move before the close.

use chrono::{DateTime, Utc};
use domain::calendar::{session_at, session_on, trading_date};
use domain::opinion::Points100;
use domain::quote::MarketClock;

use crate::agents::tally::Tally;

/// With at least so many minutes left, all of the confidence is kept.
const AMPLE_MINUTES: i64 = 60;
/// With at least so many, most of it; with fewer, or out of the session, half.
const SHORT_MINUTES: i64 = 30;
/// Most of the confidence, in percent.
const MOST_PERCENT: u32 = 75;
/// Half of it.
const HALF_PERCENT: u32 = 50;

/// Where in the day of the market a moment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hours {
    Before,
    Open { minutes_left: i64 },
    After,
    NoSession,
}

/// Tells the session and the minutes that are left, and what percentage of the confidence is
/// kept for it.
pub(super) fn look(
    tally: &mut Tally,
    clock: Option<&MarketClock>,
    now: DateTime<Utc>,
) -> Points100 {
    let Some(hours) = clock.and_then(|clock| hours(clock, now)) else {
        tally.miss("clock");
        return Points100::at_most(HALF_PERCENT);
    };
    tally.tell("session", hours.word());
    if let Hours::Open { minutes_left } = hours {
        tally.tell("minutes_to_close", minutes_left.to_string());
    }
    Points100::at_most(hours.kept_percent())
}

/// The calendar tells the close where the clock doesn't; absent where neither does.
fn hours(clock: &MarketClock, now: DateTime<Utc>) -> Option<Hours> {
    if !clock.is_open {
        return Some(out_of_session(now));
    }
    let of_calendar = || session_at(now).map(|session| session.close);
    let left = clock.closes_at.or_else(of_calendar)? - now;
    let minutes_left = left.num_minutes();
    Some(if left.num_seconds() > 0 {
        Hours::Open { minutes_left }
    } else {
        Hours::After
    })
}

fn out_of_session(now: DateTime<Utc>) -> Hours {
    match session_on(trading_date(now)) {
        Some(session) if now < session.open => Hours::Before,
        Some(session) if now >= session.close => Hours::After,
        _ => Hours::NoSession,
    }
}

impl Hours {
    fn word(self) -> &'static str {
        match self {
            Self::Before => "pre_market",
            Self::Open { .. } => "market_hours",
            Self::After => "after_hours",
            Self::NoSession => "closed",
        }
    }

    fn kept_percent(self) -> u32 {
        match self {
            Self::Open {
                minutes_left: AMPLE_MINUTES..,
            } => 100,
            Self::Open {
                minutes_left: SHORT_MINUTES..,
            } => MOST_PERCENT,
            _ => HALF_PERCENT,
        }
    }
}
