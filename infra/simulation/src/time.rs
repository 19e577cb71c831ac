//! Simulated time: domain time and "real" time are one, and both stand still while anything runs.

use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use runtime::Clock;
use tokio::time::Instant;

/// The clock of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SimulatedClock {
    start: DateTime<Utc>,
    started: Instant,
}

impl SimulatedClock {
    /// A clock that shows `start` now.
    pub(crate) fn starting_at(start: DateTime<Utc>) -> Self {
        let started = Instant::now();
        Self { start, started }
    }

    /// Time since the run began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Waits until the run is this old.
    pub(crate) async fn reach(&self, age: Duration) {
        tokio::time::sleep_until(self.started + age).await;
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> DateTime<Utc> {
        let elapsed = TimeDelta::from_std(self.elapsed()).unwrap_or_default();
        (self.start + elapsed).trunc_subsecs(3)
    }
}
