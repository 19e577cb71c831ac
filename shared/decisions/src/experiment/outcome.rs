//! What came of each signal in each engine: all that a report is made from, wherever it was
//! gathered, the ledger or a backtest.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::opinion::Heard;
use domain::signal::Direction;
use domain::vote::Confidence;
use domain::{Engine, ExitReason, Experiment, RejectionReason, Routed, SignalId, Usd};

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
