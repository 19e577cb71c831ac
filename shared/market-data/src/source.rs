//! What a market says of itself to those who look at its prices.

use chrono::{DateTime, Utc};
use domain::Symbol;
use serde::{Deserialize, Serialize};

/// Whether prices are real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MarketKind {
    /// Made up by a formula.
    Simulated,
    /// Read from stored bars.
    Recorded,
    /// Asked from providers of market data.
    Providers,
}

/// What a recording holds, and from when to when it is played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// Whose bars are in it.
    pub symbols: Vec<Symbol>,
    /// Where the first of its finest bars begins.
    pub plays_from: DateTime<Utc>,
    /// The first instant at which nothing is quoted any more.
    pub ends_at: DateTime<Utc>,
}

/// A market's account of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketSource {
    /// Whether prices are real.
    pub kind: MarketKind,
    /// The same in a plain sentence, to be shown as it stands.
    pub sentence: String,
    /// What is played, where prices are recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<Recording>,
}
