//! What an engine holds, with the marks of its contracts: read together, since they are judged
//! together.

use chrono::{DateTime, Utc};
use domain::quote::Mark;
use domain::{Engine, Position};

use crate::error::StorageError;
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
    let own = held(ledger, engine).await?;
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

async fn held(ledger: &Ledger, engine: Engine) -> Result<Vec<Position>, StorageError> {
    // One after the other: what moves on in between is seen twice rather than not at all.
    let open = ledger.open_positions().await?;
    let closing = ledger.closing_positions().await?;
    let mut own: Vec<Position> = open
        .into_iter()
        .chain(closing)
        .map(|found| found.record)
        .filter(|position| position.engine == engine)
        .collect();
    own.sort_by_key(|position| position.signal_id);
    own.dedup_by_key(|position| position.signal_id);
    Ok(own)
}
