//! Answers to many questions that were asked at once.

use std::collections::BTreeMap;

use crate::error::MarketError;

/// What was found for each key, and why nothing was found for the others: one bad symbol
/// doesn't cost the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<K, V> {
    /// The answers.
    pub found: BTreeMap<K, V>,
    /// The keys without an answer.
    pub failed: BTreeMap<K, MarketError>,
}

impl<K: Ord + Clone, V> Batch<K, V> {
    /// What a market that answers one question after the other says to each of these keys.
    pub fn of(keys: &[K], answer: impl Fn(&K) -> Result<V, MarketError>) -> Self {
        keys.iter().map(|key| (key.clone(), answer(key))).collect()
    }
}

impl<K: Ord, V> Batch<K, V> {
    /// Adds what came of one key.
    pub fn insert(&mut self, key: K, answer: Result<V, MarketError>) {
        match answer {
            Ok(value) => {
                self.found.insert(key, value);
            }
            Err(error) => {
                self.failed.insert(key, error);
            }
        }
    }

    /// The answer to the one thing that was asked for.
    pub(crate) fn only(mut self) -> Result<V, MarketError> {
        if let Some((_, answer)) = self.found.pop_first() {
            return Ok(answer);
        }
        let failed = self.failed.pop_first();
        let nobody = || MarketError::Exhausted {
            failures: Vec::new(),
        };
        Err(failed.map_or_else(nobody, |(_, error)| error))
    }
}

impl<K, V> Default for Batch<K, V> {
    fn default() -> Self {
        Self {
            found: BTreeMap::new(),
            failed: BTreeMap::new(),
        }
    }
}

impl<K: Ord, V> FromIterator<(K, Result<V, MarketError>)> for Batch<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, Result<V, MarketError>)>>(answers: I) -> Self {
        let mut batch = Self::default();
        for (key, answer) in answers {
            batch.insert(key, answer);
        }
        batch
    }
}
