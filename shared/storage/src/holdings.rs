//! What an engine holds, with the marks of its contracts: read together, since they are judged
//! together.

use chrono::{DateTime, Utc};
use domain::quote::Mark;
use domain::{Engine, Position};

use crate::error::StorageError;
use crate::ledger::Ledger;
use crate::marks::MarketTable;

/// The open positions of `engine`, each with its contract's mark where there is one.
pub async fn holdings(
    ledger: &Ledger,
    marks: &MarketTable,
    engine: Engine,
    now: DateTime<Utc>,
) -> Result<Vec<(Position, Option<Mark>)>, StorageError> {
    let positions = ledger.open_positions().await?;
    let own: Vec<Position> = positions
        .into_iter()
        .map(|found| found.record)
        .filter(|p| p.engine == engine)
        .collect();
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
