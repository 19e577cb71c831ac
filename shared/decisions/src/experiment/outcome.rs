//! What came of each signal in each engine: all that a report is made from, wherever it was
//! gathered, the ledger or a backtest.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::trading_date;
use domain::opinion::Heard;
use domain::signal::{Direction, Signal};
use domain::vote::Confidence;
use domain::{
    Assignment, Engine, ExitReason, Experiment, Position, PositionState, RejectionReason, Routed,
    SignalId, Task, Usd,
};

/// A position that was closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClosedTrade {
    /// What the entry cost, without fees: price × quantity × 100. Above zero.
    pub premium_usd: Usd,
    /// The result before fees.
    pub gross_usd: Usd,
    /// The result after fees.
    pub net_usd: Usd,
    /// All fees.
    pub fees_usd: Usd,
    /// When the entry filled.
    pub opened_at: DateTime<Utc>,
    /// When the exit filled.
    pub closed_at: DateTime<Utc>,
    /// Why it was closed.
    pub exit_reason: ExitReason,
}

impl ClosedTrade {
    /// What a position brought; none while it is held.
    pub fn of(position: &Position) -> Option<Self> {
        let PositionState::Closed(outcome) = &position.state else {
            return None;
        };
        Some(Self {
            premium_usd: position.exposure_usd,
            gross_usd: outcome.realized.gross_usd,
            net_usd: outcome.realized.net_usd,
            fees_usd: outcome.realized.fees_usd,
            opened_at: position.opened_at,
            closed_at: outcome.closed_at,
            exit_reason: outcome.exit_reason,
        })
    }
}

/// How far a signal came in an engine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fate {
    /// Nobody has decided, or an approval hasn't filled yet.
    Pending,
    /// Rejected by the engine, by limits, or because its order failed.
    Rejected(RejectionReason),
    /// Filled, and still held.
    Open,
    /// Filled and closed.
    Closed(ClosedTrade),
}

/// What an engine made of a signal.
#[derive(Debug, Clone, PartialEq)]
pub struct EngineOutcome {
    /// How far it came.
    pub fate: Fate,
    /// Whether the engine itself wanted to enter, whatever became of it; absent while undecided.
    pub approved: Option<bool>,
    /// From the alert's receipt to the decision, in milliseconds; absent while undecided.
    pub decision_latency_ms: Option<u64>,
    /// From the alert's receipt to the entry's fill, in milliseconds; absent without one.
    pub fill_latency_ms: Option<u64>,
    /// The committee's confidence; Engine B's alone.
    pub confidence: Option<Confidence>,
    /// What the committee said; Engine B's alone, and empty where none was asked.
    pub heard: Vec<Heard>,
}

/// A signal that asked for an entry, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalOutcome {
    /// Which.
    pub signal_id: SignalId,
    /// SHA-256 that the routing went by, in hexadecimal.
    pub signal_hash: String,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// The New York date of that: signals of one day are one cluster.
    pub day: NaiveDate,
    /// Which way it pointed.
    pub direction: Direction,
    /// How it was shared out.
    pub routed: Option<Routed>,
    /// What came of it in each engine that was to judge it.
    pub by_engine: BTreeMap<Engine, EngineOutcome>,
}

impl SignalOutcome {
    /// What came of a signal that asks for an entry, by what `of_engine` knows of each engine that
    /// was to judge it; none for other signals. An engine that was only to close something has no
    /// part in it.
    pub fn gathered<'a>(
        signal: &Signal,
        assignments: impl IntoIterator<Item = &'a Assignment>,
        mut of_engine: impl FnMut(&'a Assignment) -> EngineOutcome,
    ) -> Option<Self> {
        let direction = signal.intent.direction().filter(|_| signal.intent.buys())?;
        let mut routed = None;
        let mut by_engine = BTreeMap::new();
        for assignment in assignments {
            routed = routed.or_else(|| assignment.routed.clone());
            if assignment.task == Task::Whole {
                by_engine.insert(assignment.engine, of_engine(assignment));
            }
        }
        Some(Self {
            signal_id: signal.signal_id,
            signal_hash: signal.hash.clone(),
            received_at: signal.received_at,
            day: trading_date(signal.received_at),
            direction,
            routed,
            by_engine,
        })
    }
}

/// What an engine was worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// What it started with.
    pub starting_capital_usd: Usd,
    /// What it was worth at the end of each trading day, days without a trade included.
    pub equity_usd_by_day: BTreeMap<NaiveDate, Usd>,
}

/// Everything that was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The experiment; absent for a look at signals that belong to none.
    pub experiment: Option<Experiment>,
    /// Its signals, in the order in which they came in.
    pub signals: Vec<SignalOutcome>,
    /// Each engine's account.
    pub accounts: BTreeMap<Engine, Account>,
    /// When this was looked at.
    pub observed_at: DateTime<Utc>,
}
