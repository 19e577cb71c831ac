//! What a run came to.

use chrono::TimeDelta;

use crate::invariants::{Facts, Violation};

/// The report of a run.
#[derive(Debug, Clone)]
pub struct Report {
    /// The run's seed.
    pub seed: u64,
    /// What didn't hold.
    pub violations: Vec<Violation>,
    /// What the run was made of.
    pub totals: Totals,
    /// What the ledger says at the end.
    pub facts: Facts,
    /// SHA-256 of everything that happened, in hexadecimal: the same for the same seed.
    pub digest: String,
    /// Everything that happened, where it was asked for.
    pub journal: Vec<String>,
}

/// Counts over one run or many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Runs.
    pub runs: u64,
    /// Alerts that were sent, resends not counted.
    pub alerts: u64,
    /// Signals in the ledger.
    pub signals: u64,
    /// Positions that were opened.
    pub positions: u64,
    /// Of these, closed ones.
    pub closed: u64,
    /// Decisions that were made again from what was stored.
    pub replayed: u64,
    /// Calls to AWS.
    pub calls: u64,
    /// Calls, questions and messages that something befell.
    pub faults: u64,
    /// Milliseconds of simulated time.
    pub simulated_ms: u64,
}

impl Totals {
    /// How long the runs lasted in their own time.
    pub fn simulated(&self) -> TimeDelta {
        TimeDelta::milliseconds(i64::try_from(self.simulated_ms).unwrap_or(i64::MAX))
    }
}

impl std::ops::AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.runs += other.runs;
        self.alerts += other.alerts;
        self.signals += other.signals;
        self.positions += other.positions;
        self.closed += other.closed;
        self.replayed += other.replayed;
        self.calls += other.calls;
        self.faults += other.faults;
        self.simulated_ms += other.simulated_ms;
    }
}
