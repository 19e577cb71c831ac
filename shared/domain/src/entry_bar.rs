//! The bar on which an engine may enter once.

use chrono::{DateTime, Utc};

use crate::signal::{Direction, Signal};
use crate::symbol::Symbol;
use crate::timeframe::Timeframe;

/// What an entry takes for itself: another alert that means the same bar finds it taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryBar {
    /// The underlying.
    pub symbol: Symbol,
    /// Which way.
    pub direction: Direction,
    /// How long the bar is.
    pub timeframe: Timeframe,
    /// When it began.
    pub bar_start: DateTime<Utc>,
    /// The alert's own strategy name; alerts without one share a bar.
    pub strategy: Option<String>,
}

impl EntryBar {
    /// The bar of a signal; none for a signal without a direction.
    pub fn of(signal: &Signal) -> Option<Self> {
        Some(Self {
            symbol: signal.symbol.clone(),
            direction: signal.intent.direction()?,
            timeframe: signal.timeframe,
            bar_start: signal.bar_start,
            strategy: signal.strategy.clone(),
        })
    }
}
