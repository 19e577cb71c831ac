//! What a market says of itself to those who look at its prices.

use serde::{Deserialize, Serialize};

/// Whether prices are real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarketKind {
    /// Made up by a formula.
    Simulated,
    /// Read from stored bars.
    Recorded,
    /// Asked from providers of market data.
    Providers,
}

/// A market's account of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketSource {
    /// Whether prices are real.
    pub kind: MarketKind,
    /// The same in a plain sentence, to be shown as it stands.
    pub sentence: String,
}
