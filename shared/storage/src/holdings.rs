//! What an engine holds, with the marks of its contracts: read together, since they are judged
//! together.

use chrono::{DateTime, Utc};
use domain::quote::Mark;
use domain::{Engine, Position};

use crate::error::StorageError;
use crate::item::Versioned;
use crate::ledger::Ledger;
use crate::marks::MarketTable;

/// What `engine` holds, each position with its contract's mark where there is one. A position on
/// its way out is held until its exit fills.
pub async fn holdings(
    ledger: &Ledger,
    marks: &MarketTable,
    engine: Engine,
    now: DateTime<Utc>,
) -> Result<Vec<(Position, Option<Mark>)>, StorageError> {
    let held = all_held(ledger).await?.into_iter();
    let own = held.map(|found| found.record);
    let own: Vec<_> = own.filter(|position| position.engine == engine).collect();
    let contracts: Vec<_> = own
        .iter()
        .map(|position| position.contract.clone())
        .collect();
    let marks = marks.marks(&contracts, now).await?;
    Ok(own
        .into_iter()
        .map(|position| {
            let mark = marks.get(&position.contract).cloned();
            (position, mark)
        })
        .collect())
}

/// Everything that is held, by all engines: what is open, and what is on its way out.
pub async fn all_held(ledger: &Ledger) -> Result<Vec<Versioned<Position>>, StorageError> {
    // One after the other: what moves on in between is seen twice rather than not at all.
    let mut held = ledger.open_positions().await?;
    held.extend(ledger.closing_positions().await?);
    // Of two sightings the later one stays.
    held.reverse();
    held.sort_by_key(|position| position.key());
    held.dedup_by_key(|position| position.key());
    Ok(held)
}
