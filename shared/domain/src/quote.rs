//! Prices as a provider gave them, with who gave them and when.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::OptionContract;
use crate::marked_greeks::MarkedGreeks;
use crate::money::Price;
use crate::symbol::Symbol;

/// Whether a price is of this moment, late by contract, or not of any real market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// As the exchange published it.
    RealTime,
    /// Of this moment, but derived from what the exchange published: not executable.
    Indicative,
    /// Late by the provider's terms, usually 15 minutes.
    Delayed,
    /// Read from stored bars.
    Recorded,
    /// Computed by a model from recorded prices.
    Modelled,
    /// Made up by a formula.
    Simulated,
}

/// Where a price comes from, and how old it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Provenance {
    /// The provider's name: `alpaca`, `simulated`, …
    pub provider: String,
    /// Real-time, delayed, recorded, modelled or simulated.
    pub timeliness: Timeliness,
    /// The time of the data itself.
    pub at: DateTime<Utc>,
    /// When we got it.
    pub received_at: DateTime<Utc>,
}

impl Provenance {
    /// The age of the data at `now`, in milliseconds; negative if it lies ahead of our clock.
    pub fn age_ms(&self, now: DateTime<Utc>) -> i64 {
        (now - self.at).num_milliseconds()
    }
}

/// The two sides of a market, in US dollars per share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BidAsk {
    /// What buyers offer; zero when there is none.
    pub bid: Price,
    /// What sellers want; zero when there is none.
    pub ask: Price,
}

impl BidAsk {
    /// Halfway between the two.
    pub fn mid(self) -> Price {
        self.bid.midpoint(self.ask)
    }

    /// Whether both sides stand, and the bid doesn't exceed the ask.
    pub fn is_two_sided(self) -> bool {
        !self.bid.is_zero() && !self.ask.is_zero() && self.bid <= self.ask
    }
}

/// What a stock's two sides were taken from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuoteBasis {
    /// The best bid and ask.
    #[default]
    Sides,
    /// One price for both sides, since the provider tells no others: the last trade's, or the
    /// middle of a market.
    OnePrice,
}

/// The best prices of a stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StockQuote {
    /// Which stock.
    pub symbol: Symbol,
    /// Its two sides.
    #[serde(flatten)]
    pub sides: BidAsk,
    /// Whether the provider told both.
    #[serde(default)]
    pub basis: QuoteBasis,
    /// Who gave it, and when.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// The best prices of an option contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OptionQuote {
    /// Which contract.
    pub contract: OptionContract,
    /// Its two sides, per share.
    #[serde(flatten)]
    pub sides: BidAsk,
    /// Contracts wanted at the bid.
    pub bid_size: u32,
    /// Contracts offered at the ask.
    pub ask_size: u32,
    /// Who gave it, and when.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// One bar: prices in US dollars per share, volume in shares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Candle {
    /// The bar's start.
    pub start: DateTime<Utc>,
    /// First price.
    pub open: Price,
    /// Highest price.
    pub high: Price,
    /// Lowest price.
    pub low: Price,
    /// Last price.
    pub close: Price,
    /// Shares traded.
    pub volume: f64,
}

/// What the market's own clock says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MarketClock {
    /// Whether options trade now.
    pub is_open: bool,
    /// When the running session ends; absent when closed.
    pub closes_at: Option<DateTime<Utc>>,
    /// When the next session starts.
    pub opens_at: DateTime<Utc>,
    /// Why no session follows, where that is so: a recording has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_because: Option<String>,
    /// Who says so.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// What a contract was last worth, kept once for each contract however many positions hold it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mark {
    /// The quote that it was taken from.
    #[serde(flatten)]
    pub quote: OptionQuote,
    /// The last mid of the session before the quote's, with that session's date: what
    /// "change since the last close" is measured from. Absent for a contract first seen today.
    pub previous_close: Option<PreviousClose>,
    /// How its value moves with the market, where that could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeks: Option<MarkedGreeks>,
}

/// The last mid that was seen in an earlier session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PreviousClose {
    /// The New York date of that session.
    pub date: NaiveDate,
    /// The mid, per share.
    pub mid: Price,
}
