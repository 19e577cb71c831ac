//! What one process keeps: a bounded number of answers, each until its end.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

struct Kept<V> {
    answer: V,
    expires_at: DateTime<Utc>,
}

/// The answers of one kind.
pub(super) struct Memory<K, V> {
    kept: Mutex<BTreeMap<K, Kept<V>>>,
    entries_max: usize,
}

impl<K: Ord + Clone, V: Clone> Memory<K, V> {
    pub(super) fn new(entries_max: usize) -> Self {
        Self {
            kept: Mutex::default(),
            entries_max,
        }
    }

    /// The answer, if it hasn't ended.
    pub(super) fn get(&self, key: &K, now: DateTime<Utc>) -> Option<V> {
        let kept = self.kept();
        let entry = kept.get(key).filter(|entry| entry.expires_at > now)?;
        Some(entry.answer.clone())
    }

    /// Keeps an answer. Where there is no room, what ended goes, then what ends first.
    pub(super) fn put(&self, key: K, answer: V, expires_at: DateTime<Utc>, now: DateTime<Utc>) {
        let mut kept = self.kept();
        if kept.len() >= self.entries_max && !kept.contains_key(&key) {
            kept.retain(|_, entry| entry.expires_at > now);
        }
        if kept.len() >= self.entries_max && !kept.contains_key(&key) {
            let first = kept.iter().min_by_key(|(_, entry)| entry.expires_at);
            if let Some(first) = first.map(|(key, _)| key.clone()) {
                kept.remove(&first);
            }
        }
        kept.insert(key, Kept { answer, expires_at });
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<K, Kept<V>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
