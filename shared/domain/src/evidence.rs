//! What a decision is made on, captured once for each signal and shared by both engines.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::quote::{MarketClock, StockQuote};
use crate::symbol::Symbol;

/// The evidence snapshot of a signal. What could not be had is named in `missing`, not invented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The underlying.
    pub symbol: Symbol,
    /// When it was captured.
    pub captured_at: DateTime<Utc>,
    /// The market's clock.
    pub clock: Option<MarketClock>,
    /// The underlying's quote.
    pub quote: Option<StockQuote>,
    /// What could not be had, and why.
    pub missing: Vec<String>,
}
