//! How bad things are at the moment: the run's rates of faults until calm is ordered, and
//! services that are down for a while.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use local_stack::wire::Service;
use tokio::time::Instant;

use crate::faults::{self, Fault, FaultRates};

/// The weather of a run.
#[derive(Debug)]
pub(crate) struct Weather {
    rates: FaultRates,
    is_calm: AtomicBool,
    outages: Mutex<Vec<(Service, Instant)>>,
    calls: AtomicU64,
}

impl Weather {
    /// Weather with these rates, and no outage yet.
    pub(crate) fn new(rates: FaultRates) -> Self {
        Self {
            rates,
            is_calm: AtomicBool::new(false),
            outages: Mutex::default(),
            calls: AtomicU64::new(0),
        }
    }

    /// From now on nothing goes wrong.
    pub(crate) fn calm(&self) {
        self.is_calm.store(true, Ordering::Relaxed);
    }

    /// How likely faults are.
    pub(crate) fn rates(&self) -> FaultRates {
        if self.is_calm.load(Ordering::Relaxed) {
            return FaultRates {
                latency: self.rates.latency,
                ..faults::NONE
            };
        }
        self.rates
    }

    /// The service doesn't answer for this long.
    pub(crate) fn take_down(&self, service: Service, lasting: Duration) {
        let until = Instant::now() + lasting;
        let mut outages = self.outages.lock().unwrap_or_else(PoisonError::into_inner);
        outages.push((service, until));
    }

    /// Counts a call; says what befalls it if its service is down.
    pub(crate) fn outage(&self, service: Service) -> Option<Fault> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let mut outages = self.outages.lock().unwrap_or_else(PoisonError::into_inner);
        outages.retain(|(_, until)| *until > Instant::now());
        let is_down = outages.iter().any(|(down, _)| *down == service);
        is_down.then_some(Fault::LoseRequest)
    }

    /// Calls so far.
    pub(crate) fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }
}
