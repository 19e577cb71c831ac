//! From when to when a recording can be traded on, and what its clock says.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{eastern, next_session, session_at};
use domain::quote::{MarketClock, Provenance};
use domain::{Symbol, Timeframe};

use super::stock::Stock;
use crate::source::Recording;

/// Bars up to this length give fresh prices all the time.
const ALWAYS_FRESH: TimeDelta = TimeDelta::minutes(1);

/// The extent of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// When its first bar begins.
    begins_at: DateTime<Utc>,
    /// The first instant at which nothing is quoted any more.
    ends_at: DateTime<Utc>,
    /// When the first of its finest bars begins.
    plays_from: DateTime<Utc>,
    /// How long its finest bars are.
    finest: Timeframe,
}

impl Span {
    /// The extent of these stocks together; none where there is no stock.
    pub(super) fn of(stocks: &BTreeMap<String, Stock>) -> Option<Self> {
        let finest = stocks.values().filter_map(Stock::finest);
        let finest = finest.min_by_key(|series| {
            let begins = series.first().map(|bar| bar.opens);
            (series.timeframe.duration(), begins)
        })?;
        Some(Self {
            begins_at: stocks.values().filter_map(Stock::begins_at).min()?,
            ends_at: stocks.values().filter_map(Stock::ends_at).max()?,
            plays_from: finest.first()?.opens,
            finest: finest.timeframe,
        })
    }

    /// What others are told of it.
    pub(super) fn recording(&self, symbols: &[Symbol]) -> Recording {
        Recording {
            symbols: symbols.to_vec(),
            plays_from: self.plays_from,
            ends_at: self.ends_at,
        }
    }

    /// What the market is, in a sentence.
    pub(super) fn sentence(&self, symbols: &[Symbol]) -> String {
        let freshness = if self.finest.duration() > ALWAYS_FRESH {
            " Its bars are longer than a minute, so prices are fresh only for the first minute \
             after each."
        } else {
            ""
        };
        let names: Vec<_> = symbols.iter().map(Symbol::as_str).collect();
        format!(
            "Recorded market: {} by {} bars from files, until {}; options are not recorded but \
             modelled.{freshness}",
            names.join(" "),
            self.finest,
            shown(self.ends_at),
        )
    }

    /// What the market's clock says: the exchange's hours, as far as there are bars.
    pub(super) fn clock(&self, now: DateTime<Utc>, provenance: Provenance) -> MarketClock {
        let has_ended = self.ends_at <= now;
        let is_played = self.begins_at <= now && !has_ended;
        let closes_at = session_at(now)
            .filter(|_| is_played)
            .map(|session| session.close);
        let opens_at = if now < self.begins_at {
            self.begins_at
        } else {
            next_session(now).open
        };
        MarketClock {
            is_open: closes_at.is_some(),
            closes_at,
            opens_at,
            closed_because: has_ended.then(|| {
                let ended = shown(self.ends_at);
                format!("the recording ended {ended}, and nothing follows")
            }),
            provenance,
        }
    }
}

/// An instant as a trader reads it: Eastern time.
pub(super) fn shown(instant: DateTime<Utc>) -> String {
    eastern(instant).format("%Y-%m-%d %H:%M %Z").to_string()
}
