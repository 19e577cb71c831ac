//! When the market is asked, how long its answer is waited for, and how fresh it has to be.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

/// How long a question is waited for where nobody says otherwise: well within an invocation.
const PATIENCE: Duration = Duration::from_secs(8);

/// Whether an answer that somebody got a moment ago will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Yes, as long as its kind may be kept.
    Kept,
    /// No: for fills, and for who presses Refresh.
    New,
}

/// The circumstances of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Domain time.
    pub now: DateTime<Utc>,
    /// When an answer is of no use any more: real time.
    pub until: Instant,
    /// Whether a kept answer will do.
    pub freshness: Freshness,
}

impl Asked {
    /// Asked at `now`, with the usual patience; kept answers will do.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            now,
            until: Instant::now() + PATIENCE,
            freshness: Freshness::Kept,
        }
    }

    /// The same, waiting so long at most from now on.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self {
            until: Instant::now() + patience,
            ..self
        }
    }

    /// The same, and no kept answer will do.
    #[must_use]
    pub fn anew(self) -> Self {
        Self {
            freshness: Freshness::New,
            ..self
        }
    }

    /// How much longer an answer is of use.
    pub fn time_left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}

impl From<DateTime<Utc>> for Asked {
    fn from(now: DateTime<Utc>) -> Self {
        Self::at(now)
    }
}
