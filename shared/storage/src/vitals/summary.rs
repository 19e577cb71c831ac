//! Vitals by subject, summed over their hours.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use runtime::vitals::names;
use serde::Serialize;

use super::HourOfVitals;

/// How a function fared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FunctionVitals {
    /// Errors by category, such as `panicked` or `table_call`.
    pub errors: BTreeMap<String, u64>,
    /// Invocations in which something failed.
    pub failed_invocations: u64,
    /// Invocations that took more than a quarter of the time they had.
    pub slow_invocations: u64,
    /// How long those took together, in milliseconds.
    pub slow_ms: u64,
    /// Messages that had been received before.
    pub retried_messages: u64,
    /// The last pass of its schedule that went well.
    pub last_pass_at: Option<DateTime<Utc>>,
}

/// How answers of one kind were found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CacheVitals {
    /// Found in the process.
    pub in_memory: u64,
    /// Found in the market table.
    pub in_table: u64,
    /// Somebody was asking already.
    pub joined: u64,
    /// Had to be asked for.
    pub missed: u64,
}

/// What a provider did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProviderVitals {
    /// Requests to it.
    pub calls: u64,
    /// How long they took together, in milliseconds.
    pub latency_ms: u64,
    /// Those that came to nothing, by kind of error.
    pub failures: BTreeMap<String, u64>,
    /// Requests that weren't made, since it is limited or rests; by kind of error.
    pub refused: BTreeMap<String, u64>,
}

/// What the sweeper found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SweeperVitals {
    /// Work that it sent again, by state.
    pub sent: BTreeMap<String, u64>,
    /// Work that it ended, by state and reason: `order_pending.gave_up`.
    pub ended: BTreeMap<String, u64>,
    /// Events that were added to the roll-ups.
    pub rolled_up: u64,
}

/// Everything that was counted, by subject.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VitalsSummary {
    /// By function.
    pub functions: BTreeMap<String, FunctionVitals>,
    /// By kind of answer.
    pub caches: BTreeMap<String, CacheVitals>,
    /// By provider.
    pub providers: BTreeMap<String, ProviderVitals>,
    /// The sweeper's findings.
    pub sweeper: SweeperVitals,
    /// Orders that failed, by engine and kind of leg: `B.entry`.
    pub failed_orders: BTreeMap<String, u64>,
}

impl VitalsSummary {
    /// The sums of these hours. What another version counted is left out.
    pub fn of(hours: &[HourOfVitals]) -> Self {
        let mut summary = Self::default();
        for hour in hours {
            summary.note_pass(hour);
            for (name, count) in &hour.counts {
                summary.add(&hour.function, name, *count);
            }
        }
        summary
    }

    fn note_pass(&mut self, hour: &HourOfVitals) {
        if hour.last_pass_at.is_some() {
            let function = self.functions.entry(hour.function.clone()).or_default();
            function.last_pass_at = function.last_pass_at.max(hour.last_pass_at);
        }
    }

    fn add(&mut self, function: &str, name: &str, count: u64) {
        let (group, rest) = name.split_once('.').unwrap_or((name, ""));
        match group {
            names::CACHE => add_found(&mut self.caches, rest, count),
            names::PROVIDER => add_asked(&mut self.providers, rest, count),
            names::SWEEPER => self.sweeper.add(name, rest, count),
            names::ORDER_FAILED => more(&mut self.failed_orders, rest, count),
            _ => {
                let function = self.functions.entry(function.to_owned()).or_default();
                function.add(name, count);
            }
        }
    }
}

impl FunctionVitals {
    fn add(&mut self, name: &str, count: u64) {
        match name {
            names::FAILED => self.failed_invocations += count,
            names::SLOW => self.slow_invocations += count,
            names::SLOW_MS => self.slow_ms += count,
            names::RETRIED => self.retried_messages += count,
            _ => {
                if let Some((names::ERROR, category)) = name.split_once('.') {
                    more(&mut self.errors, category, count);
                }
            }
        }
    }
}

impl SweeperVitals {
    fn add(&mut self, name: &str, rest: &str, count: u64) {
        match rest.split_once('.') {
            Some((names::SENT, state)) => more(&mut self.sent, state, count),
            Some((names::ENDED, state)) => more(&mut self.ended, state, count),
            _ if name == names::ROLLED_UP => self.rolled_up += count,
            _ => {}
        }
    }
}

fn add_found(caches: &mut BTreeMap<String, CacheVitals>, rest: &str, count: u64) {
    let Some((kind, how)) = rest.split_once('.') else {
        return;
    };
    let cache = caches.entry(kind.to_owned()).or_default();
    match how {
        names::IN_MEMORY => cache.in_memory += count,
        names::IN_TABLE => cache.in_table += count,
        names::JOINED => cache.joined += count,
        names::MISSED => cache.missed += count,
        _ => {}
    }
}

fn add_asked(providers: &mut BTreeMap<String, ProviderVitals>, rest: &str, count: u64) {
    let Some((name, what)) = rest.split_once('.') else {
        return;
    };
    let provider = providers.entry(name.to_owned()).or_default();
    match what.split_once('.') {
        Some((names::FAILURE, kind)) => more(&mut provider.failures, kind, count),
        Some((names::REFUSED, kind)) => more(&mut provider.refused, kind, count),
        _ if what == names::CALLS => provider.calls += count,
        _ if what == names::LATENCY_MS => provider.latency_ms += count,
        _ => {}
    }
}

fn more(sums: &mut BTreeMap<String, u64>, name: &str, count: u64) {
    *sums.entry(name.to_owned()).or_default() += count;
}
