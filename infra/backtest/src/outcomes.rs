//! What came of a run.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use decisions::experiment::{self, EngineOutcome, Fate, Observed, SignalOutcome};
use domain::{Position, Settings, Trade};

use crate::account::Account;
use crate::counts::Counts;

/// What came of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// Each signal's outcome, and each engine's account.
    pub observed: Observed,
    /// Every position that was opened: those that closed, in the order in which they did, and
    /// those that are still held after them.
    pub positions: Vec<Position>,
    /// Every fill, by engine and in order.
    pub trades: Vec<Trade>,
    /// What was done.
    pub counts: Counts,
}

/// What is known of an engine's part at first: nothing.
pub(crate) fn pending() -> EngineOutcome {
    EngineOutcome {
        fate: Fate::Pending,
        approved: None,
        decision_latency_ms: None,
        fill_latency_ms: None,
        confidence: None,
        heard: Vec::new(),
    }
}

/// Puts together what the accounts have.
pub(crate) fn put_together(
    settings: &Settings,
    mut signals: Vec<SignalOutcome>,
    accounts: Vec<Account>,
    counts: Counts,
    observed_at: DateTime<Utc>,
) -> Backtest {
    let (mut positions, mut still_held, mut trades) = (Vec::new(), Vec::new(), Vec::new());
    let mut by_engine = BTreeMap::new();
    for mut account in accounts {
        for signal in &mut signals {
            let outcome = signal.by_engine.get_mut(&account.engine);
            if let Some((outcome, known)) = outcome.zip(account.outcomes.remove(&signal.signal_id))
            {
                *outcome = known;
            }
        }
        positions.extend(account.closed);
        still_held.extend(account.held.into_iter().map(|held| held.position));
        trades.extend(account.trades);
        let account_of = experiment::Account {
            starting_capital_usd: settings.trading_rules.starting_capital_usd,
            equity_usd_by_day: account.equity_usd_by_day,
        };
        by_engine.insert(account.engine, account_of);
    }
    positions.extend(still_held);
    let observed = Observed {
        experiment: settings.experiment.as_deref().cloned(),
        signals,
        accounts: by_engine,
        observed_at,
    };
    Backtest {
        observed,
        positions,
        trades,
        counts,
    }
}
