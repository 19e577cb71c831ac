//! What was paid for options in the running session, as far as a chain tells.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::OptionContract;
use crate::money::{Price, Usd};
use crate::quote::Provenance;
use crate::symbol::Symbol;

/// A stand-in for the flow of orders, which no chain has: each contract's volume, valued at the
/// middle of its present quote. Who bought and who sold, and at what price, isn't known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OptionsFlow {
    /// What the options are on.
    pub symbol: Symbol,
    /// When it was computed.
    pub measured_at: DateTime<Utc>,
    /// Calls traded.
    pub call_volume: u64,
    /// Puts traded.
    pub put_volume: u64,
    /// What the calls traded are worth now.
    pub call_premium_usd: Usd,
    /// What the puts traded are worth now.
    pub put_premium_usd: Usd,
    /// Which way the premium leans; absent if there is none.
    pub sentiment: Option<Sentiment>,
    /// Contracts of which more was traded than was held before: those with most premium, largest
    /// first.
    pub entries: Vec<FlowEntry>,
    /// Contracts that were traded and have no two-sided quote: in the volumes, not in the premium.
    pub unpriced: u32,
    /// Contracts whose volume isn't known.
    pub volume_unknown: u32,
    /// What to know before believing it.
    pub caveats: Vec<String>,
    /// Who gave the chain, and of when it is.
    pub provenance: Provenance,
}

/// One contract that stands out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FlowEntry {
    /// Which.
    pub contract: OptionContract,
    /// Contracts traded.
    pub volume: u64,
    /// Contracts held, as of the session before.
    pub open_interest: u64,
    /// The middle of its quote, per share.
    pub mid: Price,
    /// What the contracts traded are worth at it.
    pub premium_usd: Usd,
}

/// Which way premium leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sentiment {
    /// Calls hold at least 60 % of the premium.
    Bullish,
    /// Calls hold at most 40 %.
    Bearish,
    /// Neither.
    Neutral,
}
