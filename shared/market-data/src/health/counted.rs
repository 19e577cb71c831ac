//! A gate that counts what passes it: requests to each provider, how long they took, and what
//! came of them. Whether one may pass is the matter of the gate behind it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use runtime::vitals::{Tally, names};

use super::Pass;
use crate::MarketError;
use crate::provider::ProviderName;
use crate::provider::line::{Gate, Intended};

/// The gate behind it, and where it counts.
pub struct CountedGate {
    gate: Arc<dyn Gate>,
    tally: Tally,
}

impl CountedGate {
    /// Counts what passes this gate.
    pub fn new(gate: Arc<dyn Gate>, tally: &Tally) -> Self {
        let tally = tally.clone();
        Self { gate, tally }
    }

    fn add(&self, provider: ProviderName, what: &[&str], more: u64) {
        let of_whom = [names::PROVIDER, provider.as_str()];
        self.tally.add(names::of(&[&of_whom, what].concat()), more);
    }
}

#[async_trait]
impl Gate for CountedGate {
    async fn pass(&self, request: &Intended) -> Result<Pass, MarketError> {
        let passed = self.gate.pass(request).await;
        if let Err(error) = &passed {
            self.add(request.provider, &[names::REFUSED, error.kind()], 1);
        }
        passed
    }

    fn took(&self, request: &Intended, took: Duration) {
        let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.add(request.provider, &[names::CALLS], 1);
        self.add(request.provider, &[names::LATENCY_MS], took_ms);
        self.gate.took(request, took);
    }

    async fn report(&self, request: &Intended, pass: Pass, outcome: Result<(), &MarketError>) {
        if let Err(error) = outcome {
            self.add(request.provider, &[names::FAILURE, error.kind()], 1);
        }
        self.gate.report(request, pass, outcome).await;
    }
}
