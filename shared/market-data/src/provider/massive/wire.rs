//! The shapes of Massive's answers. Rows are read one by one, so that a bad one costs itself
//! only; fields that nobody needs are not named.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::quote::{BidAsk, Timeliness};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::super::number::Number;
use super::super::times::{from_ns, timeliness_by_age};
use super::super::told::greeks;

/// What stands before a contract's name.
pub(super) const OPTION_PREFIX: &str = "O:";
/// The longest name of a contract: prefix, root and series.
pub(super) const OPTION_TICKER_BYTES_MAX: usize = 2 + 6 + 15;

/// What all answers have around their rows.
#[derive(Debug, Deserialize)]
pub(super) struct Page<'a> {
    pub(super) status: Option<Status>,
    #[serde(borrow, default)]
    pub(super) results: Option<Vec<&'a RawValue>>,
    pub(super) next_url: Option<String>,
}

impl<'a> Page<'a> {
    /// Its rows; none where there are none.
    pub(super) fn rows(&self) -> &[&'a RawValue] {
        self.results.as_deref().unwrap_or_default()
    }
}

/// What an answer says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Status {
    Ok,
    Delayed,
    Error,
    NotAuthorized,
    NotFound,
    #[serde(other)]
    Other,
}

/// Whether a price is late by the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Timing {
    #[serde(rename = "REAL-TIME")]
    RealTime,
    #[serde(rename = "DELAYED")]
    Delayed,
    #[serde(other)]
    Untold,
}

/// What is wrong with one name of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum RowFault {
    NotFound,
    NotEntitled,
    #[serde(other)]
    Other,
}

/// Whether trading was on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RowMarket {
    Closed,
    #[serde(other)]
    Trading,
}

/// A row of which nothing but its name is read.
#[derive(Debug, Deserialize)]
pub(super) struct Named<'a> {
    #[serde(borrow)]
    pub(super) ticker: Cow<'a, str>,
}

/// A row of the snapshots of many names.
#[derive(Debug, Deserialize)]
pub(super) struct Snapshot {
    pub(super) error: Option<RowFault>,
    pub(super) market_status: Option<RowMarket>,
    pub(super) last_quote: Option<LastQuote>,
    pub(super) last_trade: Option<LastTrade>,
    pub(super) session: Option<Session>,
}

/// The best prices. Plans below the highest have none.
#[derive(Debug, Deserialize)]
pub(super) struct LastQuote {
    bid: Option<Number>,
    ask: Option<Number>,
    bid_size: Option<Number>,
    ask_size: Option<Number>,
    last_updated: Option<Number>,
    timeframe: Option<Timing>,
}

impl LastQuote {
    /// Both sides, if both are told.
    pub(super) fn sides(&self) -> Option<BidAsk> {
        let (bid, ask) = (self.bid?.price()?, self.ask?.price()?);
        Some(BidAsk { bid, ask })
    }

    /// What is wanted at the bid, and what is offered at the ask.
    pub(super) fn sizes(&self) -> (u32, u32) {
        let size = |number: Option<Number>| number.and_then(Number::size).unwrap_or(0);
        (size(self.bid_size), size(self.ask_size))
    }

    /// When it was made.
    pub(super) fn at(&self) -> Option<DateTime<Utc>> {
        instant(self.last_updated?)
    }

    /// Whether it is late, where it was made at `at`.
    pub(super) fn timeliness(&self, at: DateTime<Utc>, received_at: DateTime<Utc>) -> Timeliness {
        timeliness(self.timeframe, at, received_at)
    }
}

/// The last trade. The lower plans have none.
#[derive(Debug, Deserialize)]
pub(super) struct LastTrade {
    pub(super) price: Option<Number>,
    last_updated: Option<Number>,
    sip_timestamp: Option<Number>,
    pub(super) timeframe: Option<Timing>,
}

impl LastTrade {
    /// When it was made.
    pub(super) fn at(&self) -> Option<DateTime<Utc>> {
        instant(self.last_updated.or(self.sip_timestamp)?)
    }
}

/// The running or last session.
#[derive(Debug, Deserialize)]
pub(super) struct Session {
    price: Option<Number>,
    close: Option<Number>,
}

impl Session {
    /// What a share stands at.
    pub(super) fn last_price(&self) -> Option<Number> {
        self.price.or(self.close)
    }
}

/// A row of a chain.
#[derive(Debug, Deserialize)]
pub(super) struct ChainRow<'a> {
    #[serde(borrow)]
    pub(super) details: Details<'a>,
    pub(super) greeks: Option<RowGreeks>,
    pub(super) implied_volatility: Option<Number>,
    pub(super) open_interest: Option<Number>,
    pub(super) last_quote: Option<LastQuote>,
    pub(super) day: Option<Day>,
    pub(super) underlying_asset: Option<UnderlyingAsset>,
}

/// A contract, in a chain or in the list of all contracts.
#[derive(Debug, Deserialize)]
pub(super) struct Details<'a> {
    #[serde(borrow)]
    pub(super) ticker: Cow<'a, str>,
    shares_per_contract: Option<Number>,
    additional_underlyings: Option<Vec<IgnoredAny>>,
}

impl Details<'_> {
    /// Whether it delivers 100 shares and nothing else.
    pub(super) fn is_standard(&self) -> bool {
        let more = self.additional_underlyings.as_ref();
        let shares = self.shares_per_contract.map_or(100.0, Number::get);
        (shares - 100.0).abs() < f64::EPSILON && more.is_none_or(Vec::is_empty)
    }
}

/// Greeks: absent or empty where its model finds none.
#[derive(Debug, Deserialize)]
pub(super) struct RowGreeks {
    delta: Option<Number>,
    gamma: Option<Number>,
    theta: Option<Number>,
    vega: Option<Number>,
}

impl RowGreeks {
    /// The Greeks, if there are any.
    pub(super) fn told(&self) -> Option<domain::Greeks> {
        greeks([self.delta, self.gamma, self.theta, self.vega], None)
    }
}

/// The running or last session of a contract.
#[derive(Debug, Deserialize)]
pub(super) struct Day {
    pub(super) volume: Option<Number>,
}

/// What a contract is on. An index has a value instead of a price.
#[derive(Debug, Deserialize)]
pub(super) struct UnderlyingAsset {
    price: Option<Number>,
    value: Option<Number>,
    last_updated: Option<Number>,
    timeframe: Option<Timing>,
}

impl UnderlyingAsset {
    /// What it stands at.
    pub(super) fn price(&self) -> Option<domain::Price> {
        let price = self.price.or(self.value)?.price()?;
        (!price.is_zero()).then_some(price)
    }

    /// Since when, and whether that is late.
    pub(super) fn at(&self, received_at: DateTime<Utc>) -> Option<(DateTime<Utc>, Timeliness)> {
        let at = instant(self.last_updated?)?;
        Some((at, timeliness(self.timeframe, at, received_at)))
    }
}

/// A bar.
#[derive(Debug, Deserialize)]
pub(super) struct BarRow {
    pub(super) t: Number,
    pub(super) o: Option<Number>,
    pub(super) h: Option<Number>,
    pub(super) l: Option<Number>,
    pub(super) c: Option<Number>,
    pub(super) v: Option<Number>,
}

/// Whether a price is late: by its own word, else by its age.
pub(super) fn timeliness(
    timing: Option<Timing>,
    at: DateTime<Utc>,
    received_at: DateTime<Utc>,
) -> Timeliness {
    match timing {
        Some(Timing::RealTime) => Timeliness::RealTime,
        Some(Timing::Delayed) => Timeliness::Delayed,
        Some(Timing::Untold) | None => timeliness_by_age(at, received_at),
    }
}

/// Nanoseconds since 1970, read as a double, which has them to within 256: half a microsecond
/// more keeps the millisecond right.
fn instant(unix_ns: Number) -> Option<DateTime<Utc>> {
    from_ns(unix_ns.whole()?.checked_add(500)?)
}
