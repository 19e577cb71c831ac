//! The walk: a question goes to one provider after the other, in their order, until everything
//! in it is answered. What nobody answered is asked again after one second and after two, as
//! long as the asker waits.
//!
//! Everybody is asked once before anybody is asked twice. While a provider is down, the answer
//! of the next one then takes as long as the failure of the first, and not three seconds more.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::provider::{Capability, Provider};
use crate::{Asked, Batch, MarketError};

/// The waits before the second and the third round.
pub const WAITS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(2)];

/// The providers that we have keys to, in their order.
pub type Providers = Arc<[Arc<dyn Provider>]>;

/// One question on its way.
pub(crate) struct Walk<K, V> {
    open: BTreeSet<K>,
    found: BTreeMap<K, V>,
    failures: BTreeMap<K, Vec<MarketError>>,
    /// By provider, the questions that it won't answer however often it is asked.
    settled: Vec<BTreeSet<K>>,
    /// The longest wait before anybody is asked again.
    wait_max: Duration,
}

/// Asks for `keys`, and lets `judge` refuse what isn't good enough.
pub(crate) async fn walk<K, V, F, R, J>(
    providers: &Providers,
    (capability, waits): (Capability, &[Duration]),
    keys: Vec<K>,
    asked: Asked,
    ask: F,
    judge: J,
) -> Batch<K, V>
where
    K: Ord + Clone,
    F: Fn(Arc<dyn Provider>, Vec<K>, Asked) -> R,
    R: Future<Output = Result<Batch<K, V>, MarketError>>,
    J: Fn(V) -> Result<V, MarketError>,
{
    let able = providers.iter();
    let able = able.filter(|provider| provider.capabilities().contains(&capability));
    let able: Vec<&Arc<dyn Provider>> = able.collect();
    let wait_max = waits.iter().max().copied().unwrap_or_default();
    let mut walk = Walk::of(keys, able.len(), wait_max);
    for round in 0..=waits.len() {
        for (number, provider) in able.iter().enumerate() {
            let keys = walk.open_to(number);
            if keys.is_empty() {
                continue;
            }
            let turn = turn(asked, able.len() - number - 1);
            let answered = ask(Arc::clone(provider), keys.clone(), turn).await;
            walk.note(number, keys, answered, &judge);
        }
        let wait = waits.get(round).copied();
        match wait.filter(|wait| walk.is_open_to_anybody() && *wait < asked.time_left()) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => break,
        }
    }
    walk.done()
}

/// The time that a provider gets: half of what is left, if others can be asked after it.
fn turn(asked: Asked, others: usize) -> Asked {
    let left = asked.time_left();
    let share = if others == 0 { left } else { left / 2 };
    Asked {
        until: Instant::now() + share,
        ..asked
    }
}

impl<K: Ord + Clone, V> Walk<K, V> {
    fn of(keys: Vec<K>, providers: usize, wait_max: Duration) -> Self {
        Self {
            open: keys.into_iter().collect(),
            found: BTreeMap::new(),
            failures: BTreeMap::new(),
            settled: (0..providers).map(|_| BTreeSet::new()).collect(),
            wait_max,
        }
    }

    /// What a provider may be asked.
    fn open_to(&self, provider: usize) -> Vec<K> {
        let settled = &self.settled[provider];
        self.open.difference(settled).cloned().collect()
    }

    fn is_open_to_anybody(&self) -> bool {
        (0..self.settled.len()).any(|provider| !self.open_to(provider).is_empty())
    }

    fn note(
        &mut self,
        provider: usize,
        keys: Vec<K>,
        answered: Result<Batch<K, V>, MarketError>,
        judge: &impl Fn(V) -> Result<V, MarketError>,
    ) {
        match answered {
            Ok(batch) => {
                for (key, answer) in batch.found {
                    match judge(answer) {
                        Ok(answer) => {
                            self.open.remove(&key);
                            self.found.insert(key, answer);
                        }
                        Err(error) => self.fail(provider, key, error),
                    }
                }
                for (key, error) in batch.failed {
                    self.fail(provider, key, error);
                }
            }
            Err(error) => {
                for key in keys {
                    self.fail(provider, key, error.clone());
                }
            }
        }
    }

    fn fail(&mut self, provider: usize, key: K, error: MarketError) {
        if !error.passes_within(self.wait_max) {
            self.settled[provider].insert(key.clone());
        }
        let failures = self.failures.entry(key).or_default();
        // The same thing said twice tells nothing new.
        if !failures.contains(&error) {
            failures.push(error);
        }
    }

    fn done(mut self) -> Batch<K, V> {
        let mut failed = BTreeMap::new();
        for key in self.open {
            let mut failures = self.failures.remove(&key).unwrap_or_default();
            let error = match failures.len() {
                1 => failures.remove(0),
                _ => MarketError::Exhausted { failures },
            };
            failed.insert(key, error);
        }
        Batch {
            found: self.found,
            failed,
        }
    }
}
