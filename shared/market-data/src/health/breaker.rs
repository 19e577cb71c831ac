//! The breaker: a provider that failed five times in a row isn't asked for a minute; then one
//! request may try it, and tells whether the rest goes on.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Pass, ms_until};

/// Failures in a row that open it.
pub const FAILURES_MAX: u32 = 5;
/// How long it stays open.
pub const REST: TimeDelta = TimeDelta::seconds(60);
/// After so long a trial of which nothing was heard is over: whoever made it is gone.
pub const TRIAL_MAX: TimeDelta = TimeDelta::seconds(10);

/// Whether a provider is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Breaker {
    /// It is.
    Closed {
        /// Failures since the last success.
        failures: u32,
        /// Trials so far: each has its own number.
        trials: u64,
    },
    /// It isn't.
    Open {
        /// When a trial may be made.
        until: DateTime<Utc>,
        /// Trials so far.
        trials: u64,
    },
    /// One request is trying it.
    HalfOpen {
        /// When another may, if nothing is heard of it.
        until: DateTime<Utc>,
        /// The number of this trial.
        trials: u64,
    },
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed {
            failures: 0,
            trials: 0,
        }
    }
}

impl Breaker {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Closed { .. } => "closed",
            Self::Open { .. } => "open",
            Self::HalfOpen { .. } => "half_open",
        }
    }

    /// The state in which a request is made, with the number of its trial if it is one; or for
    /// how many milliseconds none may be made.
    pub(super) fn admit(self, now: DateTime<Utc>) -> Result<(Self, Option<u64>), u64> {
        match self {
            Self::Closed { .. } => Ok((self, None)),
            Self::Open { until, .. } | Self::HalfOpen { until, .. } if until > now => {
                Err(ms_until(until, now))
            }
            Self::Open { trials, .. } | Self::HalfOpen { trials, .. } => {
                let (trials, until) = (trials + 1, now + TRIAL_MAX);
                Ok((Self::HalfOpen { until, trials }, Some(trials)))
            }
        }
    }

    /// After an answer. Only the trial that is under way closes a breaker that has opened: an
    /// answer to an older question says nothing about now.
    pub(super) fn succeeded(self, pass: Pass) -> Self {
        match self {
            Self::Closed { trials, .. } => Self::Closed {
                failures: 0,
                trials,
            },
            Self::HalfOpen { trials, .. } if pass.trial == Some(trials) => Self::Closed {
                failures: 0,
                trials,
            },
            _ => self,
        }
    }

    /// After a failure.
    pub(super) fn failed(self, pass: Pass, now: DateTime<Utc>) -> Self {
        let until = now + REST;
        match self {
            Self::Closed { failures, trials } if failures + 1 < FAILURES_MAX => Self::Closed {
                failures: failures + 1,
                trials,
            },
            Self::Closed { trials, .. } => Self::Open { until, trials },
            Self::HalfOpen { trials, .. } if pass.trial == Some(trials) => {
                Self::Open { until, trials }
            }
            _ => self,
        }
    }
}
