//! The A/A test: two copies of Engine A on alerts that are shared out between them. They don't
//! differ, so whoever finds a difference is wrong, and that may happen in one run of twenty.
//!
//! Each run has its own alerts, its own simulated market and its own salt of the routing, all from
//! one seed.

mod judgement;
mod many;
mod one;

pub use judgement::{Verdict, judged};
pub use many::{Rate, SameEngines, run_many};
pub use one::{OneRun, one_run};

use chrono::NaiveDate;
use domain::{Percent, Settings, Timeframe};

use crate::plan::PlanError;

/// What an A/A test is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct SameEnginesPlan {
    /// How many runs.
    pub runs: u32,
    /// Decides everything that is drawn.
    pub seed: u64,
    /// The first New York date of each run.
    pub from: NaiveDate,
    /// Sessions with alerts.
    pub sessions: u32,
    /// Alerts of each.
    pub per_session: u32,
    /// How far time advances between two looks at what is held.
    pub step: Timeframe,
    /// The difference that the sequential test is tuned to, in percent of the premium for each
    /// signal.
    pub expected_effect_percent: Percent,
    /// The level at which a difference counts as found, such as 0.05.
    pub alpha: f64,
    /// Limits and rules; flags, routing and experiment are the test's own.
    pub settings: Settings,
}

/// Why an A/A test can't be run.
#[derive(Debug, thiserror::Error)]
pub enum SameEnginesError {
    /// A run's plan is impossible.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The system gives no runtime.
    #[error("no runtime could be started")]
    Runtime(#[from] std::io::Error),
    /// A thread ended before its time.
    #[error("a run panicked")]
    Panicked,
}
