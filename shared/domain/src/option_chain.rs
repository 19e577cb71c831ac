//! An option chain as a provider gave it: every listed contract with what is known of it. What
//! isn't known is absent, never zero. Stored by columns, which compress far better than rows.

mod columns;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::OptionContract;
use crate::money::Price;
use crate::quote::{BidAsk, Provenance};
use crate::symbol::Symbol;

pub use columns::ChainColumnsError;

/// How an option's value changes, per share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Greeks {
    /// Dollars for one dollar of the underlying: from 0 to 1 for calls, -1 to 0 for puts.
    pub delta: f64,
    /// Delta for one dollar of the underlying.
    pub gamma: f64,
    /// Dollars for one calendar day that passes.
    pub theta: f64,
    /// Dollars for one point (1 %) of volatility.
    pub vega: f64,
    /// Dollars for one point (1 %) of interest, where the provider tells it.
    pub rho: Option<f64>,
}

/// One contract of a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedOption {
    /// Which contract.
    pub contract: OptionContract,
    /// Its two sides, per share.
    pub sides: Option<BidAsk>,
    /// Contracts wanted at the bid.
    pub bid_size: u32,
    /// Contracts offered at the ask.
    pub ask_size: u32,
    /// When its quote was made: to the millisecond, which is what is stored.
    pub quoted_at: Option<DateTime<Utc>>,
    /// Volatility per year that its price implies: 0.2 is 20 %.
    pub implied_volatility: Option<f64>,
    /// How its value changes.
    pub greeks: Option<Greeks>,
    /// Contracts held, as of the previous session.
    pub open_interest: Option<u64>,
    /// Contracts traded in the running or last session.
    pub volume: Option<u64>,
}

/// The listed contracts on one underlying, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "columns::Columns", into = "columns::Columns")]
pub struct OptionChain {
    /// What they are on.
    pub underlying: Symbol,
    /// What a share stands at, where the provider tells it.
    pub underlying_price: Option<Price>,
    /// The contracts.
    pub options: Vec<ListedOption>,
    /// Values that the provider gave and that can't be: each was left out.
    pub refused: u32,
    /// Who gave it. The time of the data is that of its newest quote.
    pub provenance: Provenance,
}

#[cfg(test)]
mod tests;
