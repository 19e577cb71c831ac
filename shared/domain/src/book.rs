//! An engine's book: its cash, what it has at risk, and how the day went.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::halt::Halt;
use crate::money::Usd;
use crate::symbol::Symbol;

/// The state of an engine's book. Open and pending count alike until an order fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Whose it is.
    pub engine: Engine,
    /// What is left of the starting capital after all fills and fees.
    pub cash_usd: Usd,
    /// Open and pending positions.
    pub open_count: u32,
    /// Premium of open and pending positions.
    pub exposure_usd: Usd,
    /// The part of it that is reserved for orders without a fill.
    pub pending_usd: Usd,
    /// Open and pending positions by symbol.
    pub count_by_symbol: BTreeMap<Symbol, u32>,
    /// The last New York date on which something was closed.
    pub day: Option<NaiveDate>,
    /// What closes of that date added: net, less what was already unrealized at the last close.
    pub day_pnl_usd: Usd,
    /// The date on which the loss limit stopped entries, for the rest of that date.
    pub loss_halt: Option<NaiveDate>,
    /// That a person stopped entries, until they go on.
    pub halt: Option<Halt>,
    /// When the last exit alert of each scope was received: older entries are cancelled by it.
    pub exit_alerts: BTreeMap<ExitScope, DateTime<Utc>>,
}

impl Book {
    /// A book in which nothing has happened yet.
    pub fn opened_with(engine: Engine, capital: Usd) -> Self {
        Self {
            engine,
            cash_usd: capital,
            open_count: 0,
            exposure_usd: Usd::ZERO,
            pending_usd: Usd::ZERO,
            count_by_symbol: BTreeMap::new(),
            day: None,
            day_pnl_usd: Usd::ZERO,
            loss_halt: None,
            halt: None,
            exit_alerts: BTreeMap::new(),
        }
    }

    /// Open and pending positions in `symbol`.
    pub fn count_in(&self, symbol: &Symbol) -> u32 {
        self.count_by_symbol.get(symbol).copied().unwrap_or(0)
    }

    /// What closes of `date` added.
    pub fn closed_on(&self, date: NaiveDate) -> Usd {
        if self.day == Some(date) {
            self.day_pnl_usd
        } else {
            Usd::ZERO
        }
    }

    /// The last exit alert that means an entry in `symbol` by `strategy`.
    pub fn last_exit_alert(
        &self,
        symbol: &Symbol,
        strategy: Option<&str>,
    ) -> Option<DateTime<Utc>> {
        ExitScope::meaning(symbol, strategy)
            .iter()
            .filter_map(|scope| self.exit_alerts.get(scope).copied())
            .max()
    }
}

/// What an exit alert is about: a symbol, or one strategy's positions in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExitScope(String);

impl ExitScope {
    /// The scope of an exit alert.
    pub fn of(symbol: &Symbol, strategy: Option<&str>) -> Self {
        Self(strategy.map_or_else(|| symbol.to_string(), |name| format!("{symbol}/{name}")))
    }

    /// Every scope whose alerts mean an entry in `symbol` by `strategy`.
    pub fn meaning(symbol: &Symbol, strategy: Option<&str>) -> Vec<Self> {
        let of_strategy = strategy.map(|name| Self::of(symbol, Some(name)));
        std::iter::once(Self::of(symbol, None))
            .chain(of_strategy)
            .collect()
    }

    /// The scope as it was read from the ledger.
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exit_of_one_strategy_leaves_the_others_alone() {
        let symbol = Symbol::parse("SPY").unwrap();
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut book = Book::opened_with(Engine::A, Usd::dollars(50_000));
        book.exit_alerts
            .insert(ExitScope::of(&symbol, Some("orb")), at);
        assert_eq!(book.last_exit_alert(&symbol, Some("orb")), Some(at));
        assert_eq!(book.last_exit_alert(&symbol, Some("squeeze")), None);
        assert_eq!(book.last_exit_alert(&symbol, None), None);
        book.exit_alerts.insert(ExitScope::of(&symbol, None), at);
        assert_eq!(book.last_exit_alert(&symbol, Some("squeeze")), Some(at));
    }
}
