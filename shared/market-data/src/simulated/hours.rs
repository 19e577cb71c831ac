//! When the simulated market is open, and as of when its prices are.

use chrono::{DateTime, NaiveTime, SubsecRound, TimeDelta, Utc};
use domain::Timeframe;
use domain::calendar::{last_session, next_session, session_at};
use domain::quote::{MarketClock, Provenance};

use crate::model::{Period, around_the_clock, of_exchange};

/// How far away an end that never comes is shown.
const FAR_AWAY: TimeDelta = TimeDelta::days(365);

/// When the simulated market trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SimulatedHours {
    /// Around the clock, so that it can be tried at any time. Contracts still expire when they
    /// would at the exchange.
    #[default]
    AlwaysOpen,
    /// In the sessions of the New York Stock Exchange; outside them prices stand still at the
    /// last close, and their time is that of the close.
    Nyse,
}

impl SimulatedHours {
    /// What the market is, in a sentence.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::AlwaysOpen => {
                "Simulated market: prices come from a formula, not from an exchange, and trading \
                 never closes."
            }
            Self::Nyse => {
                "Simulated market: prices come from a formula, not from an exchange; it keeps the \
                 hours of the New York Stock Exchange."
            }
        }
    }

    /// The instant whose prices are shown at `now`, in whole seconds.
    pub(super) fn priced_at(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let second = now.trunc_subsecs(0);
        match self {
            Self::Nyse if session_at(now).is_none() => last_session(now).close,
            Self::Nyse | Self::AlwaysOpen => second,
        }
    }

    /// The bars that have closed by `now`, newest first.
    pub(super) fn periods(
        self,
        timeframe: Timeframe,
        now: DateTime<Utc>,
    ) -> Box<dyn Iterator<Item = Period>> {
        match self {
            Self::AlwaysOpen => around_the_clock(timeframe, now),
            Self::Nyse => of_exchange(timeframe, now),
        }
    }

    /// What the market's clock says at `now`.
    pub(super) fn clock(self, now: DateTime<Utc>, provenance: Provenance) -> MarketClock {
        let (closes_at, opens_at) = match self {
            Self::AlwaysOpen => (Some(far_from(now)), far_from(now)),
            Self::Nyse => (
                session_at(now).map(|session| session.close),
                next_session(now).open,
            ),
        };
        MarketClock {
            is_open: closes_at.is_some(),
            closes_at,
            opens_at,
            closed_because: None,
            provenance,
        }
    }
}

/// A midnight that is too far away to matter and doesn't change within a day.
fn far_from(now: DateTime<Utc>) -> DateTime<Utc> {
    (now + FAR_AWAY)
        .date_naive()
        .and_time(NaiveTime::MIN)
        .and_utc()
}
