//! How a provider fares, as all instances see it: its breaker, the requests that were made of it
//! lately, and for how long it wants to be left alone. A pure state machine: nothing here asks
//! anybody or reads a clock. [`gate::SharedGate`] keeps it in the market table.

mod breaker;
mod bucket;
pub mod counted;
pub mod gate;
pub mod openings;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use breaker::{Breaker, FAILURES_MAX, REST, TRIAL_MAX};
pub use bucket::{Bucket, SLOT};

use crate::MarketError;
use crate::provider::Capability;

/// How long a key that was refused, or a plan that doesn't suffice, isn't tried again.
const REFUSED_FOR: TimeDelta = TimeDelta::minutes(5);

/// How a provider fares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Whether it is asked at all.
    pub breaker: Breaker,
    /// The requests that were made lately.
    pub bucket: Bucket,
    /// Until when it isn't to be asked anything.
    #[serde(default)]
    pub paused_until: Option<DateTime<Utc>>,
    /// Until when it isn't to be asked for single things.
    #[serde(default)]
    pub refused_until: BTreeMap<Capability, DateTime<Utc>>,
    /// The last time that its breaker opened, until somebody has told of it.
    #[serde(default)]
    pub untold: Option<Opening>,
}

/// That a provider's breaker opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Until when nothing is asked of it.
    pub until: DateTime<Utc>,
    /// The last failure, in one word: [`MarketError::kind`].
    pub failure: String,
}

/// What a request that may be made carries with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pass {
    /// Whether the breaker made an exception for it, and which one.
    pub trial: Option<u64>,
}

/// Why a request may not be made now, and for how many milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The breaker is open.
    Resting(u64),
    /// Another request would be one too many, or the provider told us to wait.
    Limited(u64),
    /// What was asked for isn't part of our plan.
    NotEntitled,
}

impl Health {
    /// The state after one more request, if it may be made; `limit` is in requests a minute.
    pub fn admit(
        &self,
        capability: Capability,
        cost: u32,
        limit: u32,
        now: DateTime<Utc>,
    ) -> Result<(Self, Pass), Refusal> {
        if let Some(until) = self.paused_until.filter(|until| *until > now) {
            return Err(Refusal::Limited(ms_until(until, now)));
        }
        let refused_until = self.refused_until.get(&capability);
        if refused_until.is_some_and(|until| *until > now) {
            return Err(Refusal::NotEntitled);
        }
        let bucket = self.bucket.take(cost, limit, now);
        let bucket = bucket.map_err(Refusal::Limited)?;
        let (breaker, trial) = self.breaker.admit(now).map_err(Refusal::Resting)?;
        let next = Self {
            breaker,
            bucket,
            ..self.clone()
        };
        Ok((next, Pass { trial }))
    }

    /// The state after a request came to this.
    #[must_use]
    pub fn after(
        &self,
        capability: Capability,
        pass: Pass,
        outcome: Result<(), &MarketError>,
        now: DateTime<Utc>,
    ) -> Self {
        let mut next = self.clone();
        match outcome {
            Err(error) if error.is_about_health() => next.breaker = self.breaker.failed(pass, now),
            // It answered: an unknown symbol or a small plan says nothing about its health.
            _ => next.breaker = self.breaker.succeeded(pass),
        }
        // That it stays open after a trial is no news.
        if let (Breaker::Closed { .. }, Breaker::Open { until, .. }, Err(error)) =
            (self.breaker, next.breaker, outcome)
        {
            let failure = error.kind().to_owned();
            next.untold = Some(Opening { until, failure });
        }
        match outcome {
            Err(MarketError::RateLimited { wait_ms, .. }) => next.pause(*wait_ms, now),
            Err(MarketError::BadCredentials { .. }) => {
                next.paused_until = self.paused_until.max(Some(now + REFUSED_FOR));
            }
            Err(MarketError::NotEntitled { .. }) => {
                next.refused_until.insert(capability, now + REFUSED_FOR);
            }
            _ => {}
        }
        next.refused_until.retain(|_, until| *until > now);
        next
    }

    fn pause(&mut self, wait_ms: u64, now: DateTime<Utc>) {
        let wait = i64::try_from(wait_ms)
            .ok()
            .and_then(TimeDelta::try_milliseconds);
        let until = wait.and_then(|wait| now.checked_add_signed(wait));
        self.paused_until = self.paused_until.max(until);
    }
}

fn ms_until(until: DateTime<Utc>, now: DateTime<Utc>) -> u64 {
    u64::try_from((until - now).num_milliseconds()).unwrap_or(0)
}
