//! What came of a run.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use decisions::experiment::{self, EngineOutcome, Fate, Observed, SignalOutcome};
use domain::calendar::trading_date;
use domain::signal::Signal;
use domain::{Assignment, Engine, Position, Settings, Task, Trade};

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

/// A signal that asks for an entry, of which nothing is known yet; none for any other.
pub(crate) fn asked_for_entry(
    signal: &Signal,
    assignments: &[Assignment],
) -> Option<SignalOutcome> {
    let direction = signal.intent.direction().filter(|_| signal.intent.buys())?;
    Some(SignalOutcome {
        signal_id: signal.signal_id,
        signal_hash: signal.hash.clone(),
        received_at: signal.received_at,
        day: trading_date(signal.received_at),
        direction,
        routed: assignments.iter().find_map(|it| it.routed.clone()),
        by_engine: judged_by(assignments).map(|it| (it, pending())).collect(),
    })
}

/// The engines that are to judge a signal.
pub(crate) fn judged_by(assignments: &[Assignment]) -> impl Iterator<Item = Engine> {
    let whole = assignments.iter().filter(|it| it.task == Task::Whole);
    whole.map(|it| it.engine)
}

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
