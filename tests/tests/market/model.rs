//! What a breaker should do, told apart from how it does it: from the requests that were let
//! through and what came of them, and from nothing else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use market_data::MarketError;
use market_data::health::Pass;
use market_data::provider::ProviderName;
use market_data::provider::line::{Gate, Intended};
use runtime::SharedClock;

/// One provider, as the requirements describe its breaker.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Expected {
    failures_in_a_row: u32,
    opened_at: Option<DateTime<Utc>>,
    trial_is_on: bool,
}

impl Expected {
    fn name(self) -> &'static str {
        match (self.opened_at, self.trial_is_on) {
            (_, true) => "half_open",
            (Some(_), false) => "open",
            (None, false) => "closed",
        }
    }

    fn let_through(&mut self, now: DateTime<Utc>) -> Result<(), String> {
        match self.opened_at {
            None => Ok(()),
            Some(opened_at) if now - opened_at >= TimeDelta::seconds(60) && !self.trial_is_on => {
                self.trial_is_on = true;
                Ok(())
            }
            Some(opened_at) => Err(format!("let through at {now}, opened at {opened_at}")),
        }
    }

    fn came_to(&mut self, is_failure: bool, now: DateTime<Utc>) {
        self.failures_in_a_row = if is_failure {
            self.failures_in_a_row + 1
        } else {
            0
        };
        let reopens = self.trial_is_on && is_failure;
        if reopens || (self.opened_at.is_none() && self.failures_in_a_row >= 5) {
            self.opened_at = Some(now);
        } else if self.trial_is_on {
            self.opened_at = None;
        }
        self.trial_is_on = false;
    }
}

/// A gate that is watched by the model.
pub(crate) struct Watched {
    gate: Arc<dyn Gate>,
    clock: SharedClock,
    seen: Arc<Seen>,
}

/// What all instances did.
#[derive(Default)]
pub(crate) struct Seen {
    expected: Mutex<BTreeMap<ProviderName, Expected>>,
    mistakes: Mutex<Vec<String>>,
}

impl Seen {
    /// The state that a provider's breaker should have.
    pub(crate) fn expects(&self, provider: ProviderName) -> &'static str {
        let expected = self.expected.lock().unwrap();
        expected.get(&provider).copied().unwrap_or_default().name()
    }

    /// Requests that should not have been let through.
    pub(crate) fn mistakes(&self) -> Vec<String> {
        self.mistakes.lock().unwrap().clone()
    }
}

impl Watched {
    pub(crate) fn over(gate: Arc<dyn Gate>, clock: SharedClock, seen: &Arc<Seen>) -> Arc<dyn Gate> {
        let seen = Arc::clone(seen);
        Arc::new(Self { gate, clock, seen })
    }
}

#[async_trait]
impl Gate for Watched {
    async fn pass(&self, request: &Intended) -> Result<Pass, MarketError> {
        let pass = self.gate.pass(request).await?;
        let mut expected = self.seen.expected.lock().unwrap();
        let provider = expected.entry(request.provider).or_default();
        if let Err(mistake) = provider.let_through(self.clock.now()) {
            let mistake = format!("{}: {mistake}", request.provider);
            self.seen.mistakes.lock().unwrap().push(mistake);
        }
        Ok(pass)
    }

    async fn report(&self, request: &Intended, pass: Pass, outcome: Result<(), &MarketError>) {
        self.gate.report(request, pass, outcome).await;
        let is_failure = matches!(
            outcome,
            Err(MarketError::Timeout { .. }
                | MarketError::Unavailable { .. }
                | MarketError::Malformed { .. }
                | MarketError::RateLimited { .. })
        );
        let mut expected = self.seen.expected.lock().unwrap();
        let provider = expected.entry(request.provider).or_default();
        provider.came_to(is_failure, self.clock.now());
    }
}
