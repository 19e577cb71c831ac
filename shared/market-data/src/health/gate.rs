//! The gate that all instances share: a provider's state lies in the market table, and every
//! request changes it in one conditional write before it is made. What this instance last saw
//! is the first guess, so a request costs one write while nobody else asks, and a provider that
//! rests costs nothing at all.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use runtime::metrics::BREAKER_OPENED;
use runtime::telemetry::chain;
use runtime::{Entropy, SharedClock};
use storage::shared_state::{SharedState, Swapped};
use storage::{MarketTable, StorageError};

use super::bucket::slot_of;
use super::{Breaker, Health, Pass, Refusal};
use crate::MarketError;
use crate::provider::ProviderName;
use crate::provider::line::{Gate, Intended};

/// Tries to write a state that others write too.
const ATTEMPTS_MAX: u32 = 24;
/// The wait between two of them.
const BACKOFF: Duration = Duration::from_millis(3);
/// The longest one.
const BACKOFF_MAX: Duration = Duration::from_millis(60);
/// A state of which nobody heard for so long is as good as none.
pub(super) const KEPT: TimeDelta = TimeDelta::days(2);

/// Requests a minute that each provider may get from us.
pub type Limits = BTreeMap<ProviderName, u32>;

/// The gate.
pub struct SharedGate {
    table: MarketTable,
    clock: SharedClock,
    entropy: Entropy,
    limits: Limits,
    known: Mutex<BTreeMap<ProviderName, SharedState<Health>>>,
    /// Who of this instance changes a state; the others wait for what comes of it instead of
    /// losing to it.
    turns: BTreeMap<ProviderName, tokio::sync::Mutex<()>>,
}

impl SharedGate {
    /// A gate with these limits. A provider without one gets nothing.
    pub fn new(table: MarketTable, clock: SharedClock, entropy: Entropy, limits: Limits) -> Self {
        Self {
            table,
            clock,
            entropy,
            limits,
            known: Mutex::default(),
            turns: ProviderName::ALL
                .map(|provider| (provider, tokio::sync::Mutex::default()))
                .into(),
        }
    }

    /// How a provider fares now, read anew.
    pub async fn health(&self, provider: ProviderName) -> Result<Health, StorageError> {
        Ok(self.look(provider).await?.state)
    }

    async fn look(&self, provider: ProviderName) -> Result<SharedState<Health>, StorageError> {
        let found = self.table.shared_state(&name(provider)).await?;
        Ok(self.remember(provider, found))
    }

    /// What this instance last saw of a provider. A trial may have ended since: then it looks.
    async fn seen(
        &self,
        provider: ProviderName,
        now: DateTime<Utc>,
    ) -> Result<SharedState<Health>, StorageError> {
        let known = self.known().get(&provider).cloned();
        match known {
            Some(known) if !is_on_trial(&known.state, now) => Ok(known),
            Some(_) => self.look(provider).await,
            None => Ok(SharedState::default()),
        }
    }

    async fn swap(
        &self,
        provider: ProviderName,
        seen: &SharedState<Health>,
        next: Health,
    ) -> Result<bool, StorageError> {
        let forget_at = self.clock.now() + KEPT;
        let name = name(provider);
        let swapped = self.table.swap(&name, seen, next, forget_at).await?;
        let (is_ours, now_there) = match swapped {
            Swapped::Ours(state) => (true, state),
            Swapped::Theirs(state) => (false, state),
        };
        self.remember(provider, now_there);
        Ok(is_ours)
    }

    async fn turn(&self, provider: ProviderName) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        Some(self.turns.get(&provider)?.lock().await)
    }

    async fn admit(&self, request: &Intended) -> Result<Pass, GateError> {
        let _turn = self.turn(request.provider).await;
        let limit = self.limits.get(&request.provider).copied().unwrap_or(0);
        for attempt in 0..ATTEMPTS_MAX {
            let now = self.clock.now();
            let seen = self.seen(request.provider, now).await?;
            let admitted = seen
                .state
                .admit(request.capability, request.cost, limit, now);
            let (next, pass) = admitted.map_err(GateError::Refused)?;
            let is_ours = self.swap(request.provider, &seen, next).await?;
            // A place in a slot that is over by now is lost.
            if is_ours && slot_of(self.clock.now()) == slot_of(now) {
                return Ok(pass);
            }
            if !is_ours {
                self.wait(attempt).await;
            }
        }
        Err(GateError::Contended)
    }

    async fn note(
        &self,
        request: &Intended,
        pass: Pass,
        outcome: Result<(), &MarketError>,
    ) -> Result<(), GateError> {
        let provider = request.provider;
        let _turn = self.turn(provider).await;
        for attempt in 0..ATTEMPTS_MAX {
            let now = self.clock.now();
            let known = self.known().get(&provider).cloned().unwrap_or_default();
            let next = known.state.after(request.capability, pass, outcome, now);
            if next == known.state {
                return Ok(());
            }
            let (before, after) = (known.state.breaker, next.breaker);
            if self.swap(provider, &known, next).await? {
                tell_of_change(provider, before, after);
                return Ok(());
            }
            self.wait(attempt).await;
        }
        Err(GateError::Contended)
    }

    async fn wait(&self, attempt: u32) {
        let wait = self.entropy.backoff(attempt, BACKOFF, BACKOFF_MAX);
        tokio::time::sleep(wait).await;
    }

    fn remember(&self, provider: ProviderName, state: SharedState<Health>) -> SharedState<Health> {
        self.known().insert(provider, state.clone());
        state
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<ProviderName, SharedState<Health>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a request may not be made.
#[derive(Debug, thiserror::Error)]
enum GateError {
    #[error("the request is refused: {0:?}")]
    Refused(Refusal),
    #[error("others changed the state again and again")]
    Contended,
    #[error("the market table could not be read or written")]
    Storage(#[from] StorageError),
}

#[async_trait]
impl Gate for SharedGate {
    async fn pass(&self, request: &Intended) -> Result<Pass, MarketError> {
        let admitted = self.admit(request).await;
        admitted.map_err(|error| {
            let provider = request.provider.to_string();
            match error {
                GateError::Refused(Refusal::Limited(wait_ms)) => {
                    MarketError::RateLimited { provider, wait_ms }
                }
                GateError::Refused(Refusal::Resting(wait_ms)) => {
                    MarketError::Resting { provider, wait_ms }
                }
                GateError::Refused(Refusal::NotEntitled) => MarketError::NotEntitled { provider },
                GateError::Contended | GateError::Storage(_) => {
                    tracing::warn!(%provider, error = chain(&error), "the limits can't be read");
                    let detail = "our own record of its limits can't be read".to_owned();
                    MarketError::Unavailable { provider, detail }
                }
            }
        })
    }

    async fn report(&self, request: &Intended, pass: Pass, outcome: Result<(), &MarketError>) {
        if let Err(error) = outcome {
            tracing::warn!(
                provider = %request.provider,
                capability = %request.capability,
                error = chain(error),
                "a provider's answer is of no use"
            );
        }
        if let Err(error) = self.note(request, pass, outcome).await {
            tracing::warn!(
                provider = %request.provider,
                error = chain(&error),
                "what came of a request isn't noted"
            );
        }
    }
}

fn tell_of_change(provider: ProviderName, before: Breaker, after: Breaker) {
    if before.name() != after.name() {
        tracing::warn!(%provider, before = before.name(), after = after.name(), "breaker changed");
        if matches!(after, Breaker::Open { .. }) {
            BREAKER_OPENED.tell(&provider.to_string(), 1);
        }
    }
}

fn is_on_trial(health: &Health, now: DateTime<Utc>) -> bool {
    matches!(health.breaker, Breaker::HalfOpen { until, .. } if until > now)
}

/// How a provider fares, for whoever looks: its state, and how often that changed.
pub async fn standing(
    table: &MarketTable,
    provider: ProviderName,
) -> Result<SharedState<Health>, StorageError> {
    table.shared_state(&name(provider)).await
}

pub(super) fn name(provider: ProviderName) -> String {
    format!("PROVIDER#{provider}")
}
