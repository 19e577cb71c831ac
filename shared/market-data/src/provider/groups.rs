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
            Some(group) if group.len() < room.keys && bytes + more <= room.bytes => {
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
