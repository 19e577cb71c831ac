//! One flight for everybody: the first who asks for something gets it, and those who ask for it
//! meanwhile wait for the same answer. Who leads and gives up, by failing or by being cut off,
//! leaves the others to ask themselves.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::time::timeout_at;

use super::Arrival;
use crate::{Asked, Batch, MarketError};

type Seat<V> = watch::Receiver<Option<Arrival<V>>>;
type Board<K, V> = Arc<Mutex<BTreeMap<K, Seat<V>>>>;

/// What is being asked for.
pub(super) struct Flights<K: Ord, V>(Board<K, V>);

impl<K: Ord, V> Default for Flights<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// Which of some questions nobody is asking yet, and which somebody is.
pub(super) struct Takeoff<K: Ord + Clone, V> {
    pub(super) own: Own<K, V>,
    pub(super) others: Others<K, V>,
}

/// The questions that are ours to ask. Dropping it lets everybody else ask them.
pub(super) struct Own<K: Ord + Clone, V> {
    board: Board<K, V>,
    seats: BTreeMap<K, watch::Sender<Option<Arrival<V>>>>,
}

/// The questions that somebody is asking.
pub(super) struct Others<K, V>(Vec<(K, Seat<V>)>);

impl<K: Ord + Clone, V: Clone> Flights<K, V> {
    /// Joins the flights that are under way, and begins the others.
    pub(super) fn board(&self, keys: Vec<K>) -> Takeoff<K, V> {
        let mut board = locked(&self.0);
        let (mut seats, mut others) = (BTreeMap::new(), Vec::new());
        for key in keys {
            if let Some(seat) = board.get(&key) {
                // Asked twice at once: one answer goes to both.
                if !seats.contains_key(&key) {
                    others.push((key, seat.clone()));
                }
                continue;
            }
            let (sender, seat) = watch::channel(None);
            board.insert(key.clone(), seat);
            seats.insert(key, sender);
        }
        drop(board);
        let own = Own {
            board: Arc::clone(&self.0),
            seats,
        };
        let others = Others(others);
        Takeoff { own, others }
    }
}

impl<K: Ord + Clone, V: Clone> Own<K, V> {
    pub(super) fn keys(&self) -> Vec<K> {
        self.seats.keys().cloned().collect()
    }

    /// Tells those who wait what came of it.
    pub(super) fn land(&self, batch: &Batch<K, V>) {
        for (key, seat) in &self.seats {
            let found = batch.found.get(key).cloned().map(Ok);
            let arrival = found.or_else(|| batch.failed.get(key).cloned().map(Err));
            // Nobody may be waiting.
            let _ = seat.send(arrival);
        }
    }
}

impl<K: Ord + Clone, V> Drop for Own<K, V> {
    fn drop(&mut self) {
        let mut board = locked(&self.board);
        for key in self.seats.keys() {
            board.remove(key);
        }
    }
}

impl<K: Clone, V: Clone> Others<K, V> {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What came of each; nothing where whoever asked gave up.
    pub(super) async fn arrivals(self, asked: Asked) -> Vec<(K, Option<Arrival<V>>)> {
        let waits = self.0.into_iter().map(|(key, mut seat)| async move {
            let landed = seat.wait_for(Option::is_some);
            let arrival = match timeout_at(asked.until, landed).await {
                Ok(Ok(arrival)) => arrival.clone(),
                Ok(Err(_)) => None,
                Err(_) => Some(Err(MarketError::Timeout {
                    provider: "somebody else's question".to_owned(),
                })),
            };
            (key, arrival)
        });
        futures::future::join_all(waits).await
    }
}

fn locked<K: Ord, V>(board: &Board<K, V>) -> MutexGuard<'_, BTreeMap<K, Seat<V>>> {
    board.lock().unwrap_or_else(PoisonError::into_inner)
}
