//! Many keys in a few requests: cut into chunks, a few of which are asked for at once. A chunk
//! that fails costs its own keys only.

use std::collections::BTreeSet;
use std::mem::discriminant;

use futures::stream::{self, StreamExt};

use crate::{Batch, MarketError};

/// The most requests of one question that are under way at once.
const AT_ONCE: usize = 4;

/// Asks for each key once, in chunks of so many. An error is only what cost every chunk in the
/// same way: the first of the errors.
pub async fn in_chunks<K, V, F>(
    keys: &[K],
    chunk_size: usize,
    ask: impl Fn(Vec<K>) -> F,
) -> Result<Batch<K, V>, MarketError>
where
    K: Ord + Clone,
    F: Future<Output = Result<Batch<K, V>, MarketError>>,
{
    let distinct: Vec<K> = BTreeSet::from_iter(keys).into_iter().cloned().collect();
    let chunks: Vec<&[K]> = distinct.chunks(chunk_size.max(1)).collect();
    let questions: Vec<F> = chunks.iter().map(|chunk| ask(chunk.to_vec())).collect();
    let answers: Vec<_> = stream::iter(questions).buffered(AT_ONCE).collect().await;
    if let Some(error) = common_error(&answers) {
        return Err(error);
    }
    let mut batch = Batch::default();
    for (chunk, answer) in chunks.into_iter().zip(answers) {
        add(&mut batch, chunk, answer);
    }
    Ok(batch)
}

fn add<K: Ord + Clone, V>(
    batch: &mut Batch<K, V>,
    chunk: &[K],
    answer: Result<Batch<K, V>, MarketError>,
) {
    match answer {
        Ok(answer) => {
            batch.found.extend(answer.found);
            batch.failed.extend(answer.failed);
        }
        Err(error) => {
            let failed = chunk.iter().map(|key| (key.clone(), error.clone()));
            batch.failed.extend(failed);
        }
    }
}

/// The first error, if there is nothing but errors, and all of one kind.
fn common_error<T>(answers: &[Result<T, MarketError>]) -> Option<MarketError> {
    let first = answers.first()?.as_ref().err()?;
    let same = |answer: &Result<T, MarketError>| matches!(answer, Err(error) if discriminant(error) == discriminant(first));
    answers.iter().all(same).then(|| first.clone())
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
        let batch = in_chunks(&keys, 10, |chunk| async move {
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
            let answer = in_chunks(&[0, 1, 2], 1, ask).await;
            assert_eq!(answer.map(|batch| batch.found.len()), found);
        }
        let nothing = in_chunks(&[], 10, |_: Vec<u32>| async {
            Ok(Batch::<u32, u32>::default())
        });
        assert_eq!(nothing.await, Ok(Batch::default()));
    }
}
