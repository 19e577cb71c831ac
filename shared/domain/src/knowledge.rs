//! What an engine knew when it decided, besides the signal and the market's evidence: its book,
//! how its day went, what it held. It is stored with the decision, so that the decision can be
//! made again from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::book::{Book, ExitScope};
use crate::ids::SignalId;
use crate::money::Usd;
use crate::signal::Signal;
use crate::symbol::Symbol;

/// How two underlyings moved together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    /// Pearson's coefficient of their daily returns, from -1 to 1; absent when there are too few
    /// days that both have, or one didn't move.
    pub coefficient: Option<f64>,
    /// Daily returns that both have, at most 30.
    pub returns: u32,
}

/// What an engine knew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Knowledge {
    /// Its book, with those exit alerts only that mean the signal.
    pub book: Book,
    /// The day's result so far, net, open positions included.
    pub day_result_usd: Usd,
    /// The signal for which the engine already entered on this bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bar_taken_by: Option<SignalId>,
    /// Premium of open positions by underlying; pending entries are in the book alone.
    pub premium_usd_by_symbol: BTreeMap<Symbol, Usd>,
    /// How each other underlying in the book moved with the signal's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub correlations: BTreeMap<Symbol, Correlation>,
    /// The hash that names the stored settings.
    pub settings_sha256: String,
}

impl Book {
    /// The book as far as it matters to a signal: without the exit alerts that don't mean it.
    #[must_use]
    pub fn as_seen_by(mut self, signal: &Signal) -> Self {
        let meant = ExitScope::meaning(&signal.symbol, signal.strategy.as_deref());
        self.exit_alerts.retain(|scope, _| meant.contains(scope));
        self
    }
}
