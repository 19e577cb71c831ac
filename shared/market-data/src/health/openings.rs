//! Breakers that opened and of which nobody has told yet. They stand in the providers' own states,
//! so that none is lost between a change and what is said of it.

use chrono::{DateTime, Utc};
use futures::future::try_join_all;
use storage::shared_state::{SharedState, Swapped};
use storage::{MarketTable, StorageError};

use super::gate::{KEPT, name, standing};
use super::{Health, Opening};
use crate::provider::ProviderName;

/// Tries to note what was told, while requests change the same state.
const ATTEMPTS_MAX: u32 = 4;

/// A breaker that opened.
#[derive(Debug, Clone)]
pub struct UntoldOpening {
    /// Whose.
    pub provider: ProviderName,
    /// When, and why.
    pub opening: Opening,
    seen: SharedState<Health>,
}

/// What wasn't told yet, of all providers.
pub async fn untold(table: &MarketTable) -> Result<Vec<UntoldOpening>, StorageError> {
    let states = ProviderName::ALL.map(|provider| async move {
        let seen = standing(table, provider).await?;
        let opening = seen.state.untold.clone();
        Ok(opening.map(|opening| UntoldOpening {
            provider,
            opening,
            seen,
        }))
    });
    let found = try_join_all(states).await?;
    Ok(found.into_iter().flatten().collect())
}

/// Notes that this was told. Where requests change the state again and again, it is told once more.
pub async fn note_told(
    table: &MarketTable,
    told: UntoldOpening,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let (name, mut seen) = (name(told.provider), told.seen);
    for _ in 0..ATTEMPTS_MAX {
        if seen.state.untold.as_ref() != Some(&told.opening) {
            return Ok(());
        }
        let next = Health {
            untold: None,
            ..seen.state.clone()
        };
        match table.swap(&name, &seen, next, now + KEPT).await? {
            Swapped::Ours(_) => return Ok(()),
            Swapped::Theirs(there) => seen = there,
        }
    }
    Ok(())
}
