//! Answers that are kept for a while: in this process, then in the market table, where other
//! instances find them. Questions for the same thing at the same time are asked once.
//!
//! It keeps what it is given and judges nothing. An answer's end is checked at every read: the
//! table's own deletion lags by days. Errors aren't kept.

mod flights;
mod kind;
mod memory;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use runtime::telemetry::chain;
use runtime::vitals::{Tally, names};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use storage::{MarketTable, StorageError};

use crate::{Asked, Batch, Freshness, MarketError};
use flights::{Flights, Takeoff};
pub use kind::{ExposureOf, FlowOf, IsOpen, Keep, Kind};
use memory::Memory;

/// How often a question that somebody else asked and gave up is asked again.
const ROUNDS_MAX: usize = 3;

/// How answers of one kind were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheCounts {
    /// Found in this process.
    pub in_memory: u64,
    /// Found in the market table.
    pub in_table: u64,
    /// Somebody was asking already.
    pub joined: u64,
    /// Had to be asked for.
    pub missed: u64,
}

#[derive(Debug, Default)]
struct Counters {
    in_memory: AtomicU64,
    in_table: AtomicU64,
    joined: AtomicU64,
    missed: AtomicU64,
}

/// The kept answers of one kind.
pub struct Cache<K: Keep> {
    kind: Kind,
    table: Option<MarketTable>,
    memory: Memory<K, K::Answer>,
    flights: Flights<K, K::Answer>,
    counters: Counters,
    tally: Tally,
}

impl<K> Cache<K>
where
    K: Keep + Display,
    K::Answer: Serialize + DeserializeOwned,
{
    /// A cache in this process, and in the table where one is given.
    pub fn new(kind: Kind, table: Option<MarketTable>) -> Self {
        Self {
            kind,
            table,
            memory: Memory::new(kind.entries_max()),
            flights: Flights::default(),
            counters: Counters::default(),
            tally: Tally::default(),
        }
    }

    /// The same, counting how answers were found into this tally too.
    #[must_use]
    pub fn counted_in(self, tally: &Tally) -> Self {
        let tally = tally.clone();
        Self { tally, ..self }
    }

    /// How answers were found so far.
    pub fn counts(&self) -> CacheCounts {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        CacheCounts {
            in_memory: read(&self.counters.in_memory),
            in_table: read(&self.counters.in_table),
            joined: read(&self.counters.joined),
            missed: read(&self.counters.missed),
        }
    }

    /// Answers to these questions: kept ones, those that somebody is getting already, and for
    /// the rest what `fetch` brings.
    pub async fn answers<F, R>(&self, keys: &[K], asked: Asked, fetch: F) -> Batch<K, K::Answer>
    where
        F: Fn(Vec<K>) -> R,
        R: Future<Output = Batch<K, K::Answer>>,
    {
        if asked.freshness == Freshness::New {
            self.count(names::MISSED, keys.len());
            let batch = fetch(keys.to_vec()).await;
            self.keep(&batch.found, asked.now).await;
            return batch;
        }
        let mut batch = Batch::default();
        let mut open = keys.to_vec();
        for _ in 0..ROUNDS_MAX {
            open = self.remembered(open, asked.now, &mut batch);
            if open.is_empty() {
                break;
            }
            open = self.fly(open, asked, &fetch, &mut batch).await;
        }
        batch
    }

    /// The keys of which this process remembers nothing.
    fn remembered(
        &self,
        keys: Vec<K>,
        now: DateTime<Utc>,
        batch: &mut Batch<K, K::Answer>,
    ) -> Vec<K> {
        let before = batch.found.len();
        let open = keys
            .into_iter()
            .filter_map(|key| match self.memory.get(&key, now) {
                Some(answer) => {
                    batch.found.insert(key, answer);
                    None
                }
                None => Some(key),
            })
            .collect();
        self.count(names::IN_MEMORY, batch.found.len() - before);
        open
    }

    /// Gets what nobody is getting yet, waits for the rest; returns what others gave up.
    async fn fly<F, R>(
        &self,
        keys: Vec<K>,
        asked: Asked,
        fetch: &F,
        batch: &mut Batch<K, K::Answer>,
    ) -> Vec<K>
    where
        F: Fn(Vec<K>) -> R,
        R: Future<Output = Batch<K, K::Answer>>,
    {
        let Takeoff { own, others } = self.flights.board(keys);
        let getting = async {
            let keys = own.keys();
            if keys.is_empty() {
                return Batch::default();
            }
            let got = self.got(keys, asked, fetch).await;
            own.land(&got);
            got
        };
        self.count(names::JOINED, others.len());
        let (got, joined) = futures::join!(getting, others.arrivals(asked));
        batch.found.extend(got.found);
        batch.failed.extend(got.failed);
        let mut given_up = Vec::new();
        for (key, arrival) in joined {
            match arrival {
                Some(answer) => batch.insert(key, answer),
                None => given_up.push(key),
            }
        }
        given_up
    }

    /// From the table, and what isn't there from whom it can be had.
    async fn got<F, R>(&self, keys: Vec<K>, asked: Asked, fetch: &F) -> Batch<K, K::Answer>
    where
        F: Fn(Vec<K>) -> R,
        R: Future<Output = Batch<K, K::Answer>>,
    {
        let mut batch = self.in_table(&keys, asked.now).await;
        self.count(names::IN_TABLE, batch.found.len());
        let missing: Vec<K> = keys
            .into_iter()
            .filter(|key| !batch.found.contains_key(key))
            .collect();
        if missing.is_empty() {
            return batch;
        }
        self.count(names::MISSED, missing.len());
        let fetched = fetch(missing).await;
        self.keep(&fetched.found, asked.now).await;
        batch.found.extend(fetched.found);
        batch.failed.extend(fetched.failed);
        batch
    }

    /// What the table has. That it can't be read costs nobody the answer.
    async fn in_table(&self, keys: &[K], now: DateTime<Utc>) -> Batch<K, K::Answer> {
        let mut batch = Batch::default();
        let Some(table) = &self.table else {
            return batch;
        };
        let names: BTreeMap<String, &K> = keys.iter().map(|key| (self.name(key), key)).collect();
        let wanted: Vec<String> = names.keys().cloned().collect();
        let kept = match table.kept(&wanted, now).await {
            Ok(kept) => kept,
            Err(error) => {
                tracing::warn!(error = chain(&error), "the table's cache can't be read");
                return batch;
            }
        };
        for (name, kept) in kept {
            // What an older or newer program kept in another shape is no answer.
            let answer = serde_json::from_slice::<K::Answer>(&kept.bytes).ok();
            let Some((key, answer)) = names.get(&name).copied().zip(answer) else {
                continue;
            };
            self.memory
                .put(key.clone(), answer.clone(), kept.expires_at, now);
            batch.found.insert(key.clone(), answer);
        }
        batch
    }

    async fn keep(&self, answers: &BTreeMap<K, K::Answer>, now: DateTime<Utc>) {
        let ends = |(key, answer): (&K, &K::Answer)| {
            let expires_at = key.kept_until(answer, self.kind, now);
            (expires_at > now).then(|| (key.clone(), answer.clone(), expires_at))
        };
        let kept: Vec<_> = answers.iter().filter_map(ends).collect();
        for (key, answer, expires_at) in &kept {
            self.memory
                .put(key.clone(), answer.clone(), *expires_at, now);
        }
        if let Some(table) = &self.table {
            let puts = kept.iter().map(|(key, answer, expires_at)| async move {
                let bytes = serde_json::to_vec(answer).map_err(|source| {
                    let kind = self.kind.name();
                    let source = source.into();
                    StorageError::Unstorable { kind, source }
                })?;
                table.keep(&self.name(key), &bytes, *expires_at).await
            });
            for error in futures::future::join_all(puts)
                .await
                .into_iter()
                .filter_map(Result::err)
            {
                tracing::warn!(error = chain(&error), "an answer isn't kept for others");
            }
        }
    }

    fn name(&self, key: &K) -> String {
        format!("CACHE#{}#{key}", self.kind.name())
    }

    fn count(&self, how: &'static str, more: usize) {
        let more = u64::try_from(more).unwrap_or(0);
        self.counters.of(how).fetch_add(more, Ordering::Relaxed);
        let name = names::of(&[names::CACHE, self.kind.name(), how]);
        self.tally.add(name, more);
    }
}

impl Counters {
    fn of(&self, how: &'static str) -> &AtomicU64 {
        match how {
            names::IN_MEMORY => &self.in_memory,
            names::IN_TABLE => &self.in_table,
            names::JOINED => &self.joined,
            _ => &self.missed,
        }
    }
}

/// What came of one question.
pub(crate) type Arrival<V> = Result<V, MarketError>;
