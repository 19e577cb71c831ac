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
