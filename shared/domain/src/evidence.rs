//! What a decision is made on, captured once for each signal and shared by both engines.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::candles::CandleSet;
use crate::option_chain::OptionChain;
use crate::quote::{MarketClock, StockQuote};
use crate::symbol::Symbol;

/// The evidence snapshot of a signal. What could not be had is named in `missing`, not invented.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// The newest bars of the signal's timeframe.
    pub candles: Option<CandleSet>,
    /// The newest daily bars.
    pub daily: Option<CandleSet>,
    /// The option chain around the quote.
    pub chain: Option<OptionChain>,
    /// What could not be had, and why.
    pub missing: Vec<Missing>,
}

/// A part of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The market's clock.
    Clock,
    /// The underlying's quote.
    Quote,
    /// The bars of the signal's timeframe.
    Candles,
    /// The daily bars.
    DailyBars,
    /// The option chain.
    Chain,
}

/// A part that could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// Which.
    pub part: Part,
    /// Why not, in words.
    pub why: String,
}

impl Part {
    /// Its name: `clock`, `quote`, `candles`, `daily_bars` or `chain`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Quote => "quote",
            Self::Candles => "candles",
            Self::DailyBars => "daily_bars",
            Self::Chain => "chain",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_by_their_names() {
        for part in [
            Part::Clock,
            Part::Quote,
            Part::Candles,
            Part::DailyBars,
            Part::Chain,
        ] {
            let missing = Missing {
                part,
                why: "no answer came in time".to_owned(),
            };
            let json = serde_json::to_value(&missing).unwrap();
            assert_eq!(json["part"], part.to_string());
            assert_eq!(serde_json::from_value::<Missing>(json).unwrap(), missing);
        }
    }
}
