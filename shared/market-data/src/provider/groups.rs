//! Many keys in few requests: keys in groups that fit into a request, the groups asked a few at
//! a time, and what came of them in one batch. It knows no provider's wire.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::future::Future;
use std::mem::discriminant;

use futures::stream::{self, StreamExt};

use super::{ProviderName, unknown};
use crate::{Batch, MarketError};

/// How many groups are asked at a time.
const AT_ONCE: usize = 4;

/// What fits into one request.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// How many keys.
    pub keys: usize,
    /// How many bytes their names may have together, one for a comma after each included.
    pub bytes: usize,
}

/// The keys without repeats, in groups for which there is room.
pub fn grouped<K: Ord + Clone>(
    keys: &[K],
    room: Room,
    name_bytes: impl Fn(&K) -> usize,
) -> Vec<Vec<K>> {
    let distinct: BTreeSet<&K> = keys.iter().collect();
    let mut groups: Vec<Vec<K>> = Vec::new();
    let mut bytes = 0;
    for key in distinct {
        let more = name_bytes(key) + 1;
        match groups.last_mut() {
            Some(group) if group.len() < room.keys && more <= room.bytes.saturating_sub(bytes) => {
                group.push(key.clone());
                bytes += more;
            }
            _ => {
                groups.push(vec![key.clone()]);
                bytes = more;
            }
        }
    }
    groups
}

/// Asks for each key once, so many at a time.
pub async fn in_chunks<K, V, F>(
    provider: ProviderName,
    keys: &[K],
    chunk_size: usize,
    ask: impl Fn(Vec<K>) -> F,
) -> Result<Batch<K, V>, MarketError>
where
    K: Ord + Clone + Display,
    F: Future<Output = Result<Batch<K, V>, MarketError>>,
{
    let room = Room {
        keys: chunk_size.max(1),
        bytes: usize::MAX,
    };
    let groups = grouped(keys, room, |_| 0);
    let questions = groups.into_iter().map(|keys| (keys.clone(), ask(keys)));
    answered(provider, questions.collect()).await
}

/// Asks all groups, a few at a time. A group that fails fails its own keys; only where all
/// groups failed in the same way, that is the answer. Keys of which nobody spoke are unknown.
pub async fn answered<K, V, F>(
    provider: ProviderName,
    questions: Vec<(Vec<K>, F)>,
) -> Result<Batch<K, V>, MarketError>
where
    K: Ord + Display,
    F: Future<Output = Result<Batch<K, V>, MarketError>>,
{
    let (groups, asking): (Vec<Vec<K>>, Vec<F>) = questions.into_iter().unzip();
    let answers: Vec<Result<Batch<K, V>, MarketError>> =
        stream::iter(asking).buffered(AT_ONCE).collect().await;
    if let Some(error) = common_error(&answers) {
        return Err(error);
    }
    let of_groups = groups.into_iter().zip(answers);
    Ok(of_groups
        .flat_map(|(keys, answer)| of_group(provider, keys, answer))
        .collect())
}

fn common_error<T>(answers: &[Result<T, MarketError>]) -> Option<MarketError> {
    let mut errors = answers.iter().map(|answer| answer.as_ref().err());
    let first = errors.next()??;
    errors
        .all(|error| error.is_some_and(|error| discriminant(error) == discriminant(first)))
        .then(|| first.clone())
}

fn of_group<K: Ord + Display, V>(
    provider: ProviderName,
    keys: Vec<K>,
    mut answer: Result<Batch<K, V>, MarketError>,
) -> Vec<(K, Result<V, MarketError>)> {
    let mut of_key = |key: &K| match &mut answer {
        Err(error) => Err(error.clone()),
        Ok(batch) => match (batch.found.remove(key), batch.failed.remove(key)) {
            (Some(value), _) => Ok(value),
            (None, Some(error)) => Err(error),
            (None, None) => Err(unknown(provider, key)),
        },
    };
    keys.into_iter()
        .map(|key| {
            let answer = of_key(&key);
            (key, answer)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;
    use crate::provider::{ProviderName, malformed, not_offered};

    fn first_of(chunk: &[u32]) -> u32 {
        chunk.first().copied().unwrap_or(0)
    }

    #[tokio::test]
    async fn each_key_is_asked_for_once_and_few_chunks_at_a_time() {
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (running, most) = (&running, &most);
        let keys: Vec<u32> = (0..95).chain(0..95).rev().collect();
        let batch = in_chunks(ProviderName::Alpaca, &keys, 10, |chunk| async move {
            most.fetch_max(
                running.fetch_add(1, Ordering::Relaxed) + 1,
                Ordering::Relaxed,
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
            running.fetch_sub(1, Ordering::Relaxed);
            assert!(chunk.len() <= 10);
            Ok(Batch::of(&chunk, |key| Ok(key * 2)))
        });
        let batch = batch.await.unwrap();
        assert_eq!(batch.found.len(), 95);
        assert!(batch.found.iter().all(|(key, value)| key * 2 == *value));
        assert_eq!(most.load(Ordering::Relaxed), AT_ONCE);
    }

    #[tokio::test]
    async fn only_what_costs_every_chunk_in_the_same_way_is_an_error() {
        // (what becomes of the chunks that begin with 0, 1 and 2; found, or the error)
        let unwell = |number: u32| malformed(ProviderName::Alpaca, number);
        let absent = not_offered(ProviderName::Alpaca, "such thing");
        for (failures, found) in [
            ([None, None, None], Ok(3)),
            ([None, Some(unwell(1)), Some(unwell(2))], Ok(1)),
            ([Some(unwell(0)), Some(absent), Some(unwell(2))], Ok(0)),
            (
                [Some(unwell(0)), Some(unwell(1)), Some(unwell(2))],
                Err(unwell(0)),
            ),
        ] {
            let ask = |chunk: Vec<u32>| {
                let failure = failures[first_of(&chunk) as usize].clone();
                async move { failure.map_or_else(|| Ok(Batch::of(&chunk, |key| Ok(*key))), Err) }
            };
            let answer = in_chunks(ProviderName::Alpaca, &[0, 1, 2], 1, ask).await;
            assert_eq!(answer.map(|batch| batch.found.len()), found);
        }
        let nothing = in_chunks(ProviderName::Alpaca, &[], 10, |_: Vec<u32>| async {
            Ok(Batch::<u32, u32>::default())
        });
        assert_eq!(nothing.await, Ok(Batch::default()));
    }
}
