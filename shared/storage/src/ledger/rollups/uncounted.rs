//! Roll-ups with what they haven't counted yet, so that a page shows a close at once. Rows and
//! markers are read one after the other while the sweeper may be at work; what is counted twice or
//! not at all because of that is found out, and read again.

use std::collections::BTreeMap;

use domain::{Position, PositionState};
use futures::future::try_join_all;

use super::profit::{ProfitRow, add_profit};
use super::{Additions, ProfitRange};
use crate::batches;
use crate::error::StorageError;
use crate::item::{Item, Record, decode_each, key_of, text_of};
use crate::keys::{Key, unapplied};
use crate::ledger::Ledger;
use crate::page::Bounded;

/// Finished events that are looked at; a position comes with its assignment.
const EVENTS_MAX: usize = 400;
/// How often rows are read again because the sweeper counted something in between.
const ROUNDS_MAX: u32 = 5;

/// Profits as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfitNow {
    /// The rows of each range that was asked for.
    pub ranges: Vec<Bounded<ProfitRow>>,
    /// Closed positions in them that the roll-ups haven't counted yet.
    pub uncounted: usize,
    /// Whether more wait to be counted than were looked at: these rows lack them.
    pub lacks: bool,
}

impl Ledger {
    /// Closed positions that the roll-ups haven't counted yet, the first closed first. What the
    /// index still shows and the roll-ups have counted a moment ago isn't among them.
    pub async fn unapplied_outcomes(&self) -> Result<Bounded<Position>, StorageError> {
        let waiting = self.unapplied_keys().await?;
        let items = self.still_unapplied(&waiting.items).await?;
        Ok(Bounded {
            items: positions(items),
            more: waiting.more,
        })
    }

    /// The rows of these ranges, with every close that the index shows, each counted once.
    pub async fn profit_now(&self, ranges: &[ProfitRange]) -> Result<ProfitNow, StorageError> {
        let Bounded { mut items, more } = self.unapplied_keys().await?;
        for _ in 0..ROUNDS_MAX {
            let reads = ranges.iter().map(|range| self.profit_in(range, true));
            let rows = try_join_all(reads).await?;
            let still = self.still_unapplied(&items).await?;
            // What waits still can't have been in the rows; what doesn't may be or may not.
            if still.len() < items.len() {
                items = still.iter().map(key_of).collect();
                continue;
            }
            let outcomes = positions(still);
            let with_outcomes = ranges.iter().zip(rows);
            let counted = with_outcomes.map(|(range, rows)| counted_too(range, rows, &outcomes));
            return Ok(ProfitNow {
                ranges: counted.collect(),
                uncounted: outcomes.len(),
                lacks: more,
            });
        }
        Err(StorageError::Contended {
            attempts: ROUNDS_MAX,
        })
    }

    async fn unapplied_keys(&self) -> Result<Bounded<Key>, StorageError> {
        let found = self.in_state(&unapplied(), None, EVENTS_MAX + 1).await?;
        let found = Bounded::cut(found, EVENTS_MAX);
        let closed = found.items.iter();
        let closed = closed.filter(|item| text_of(item, "kind") == Some(Position::KIND));
        Ok(Bounded {
            items: closed.map(key_of).collect(),
            more: found.more,
        })
    }

    async fn still_unapplied(&self, keys: &[Key]) -> Result<Vec<Item>, StorageError> {
        let found = batches::read_in_order(&self.client, &self.table, keys, true);
        let marker = unapplied();
        let mut found = found.await?;
        found.retain(|item| text_of(item, "state_key") == Some(marker.as_str()));
        Ok(found)
    }
}

fn positions(items: Vec<Item>) -> Vec<Position> {
    let readable = decode_each::<Position>(items).into_iter();
    readable.map(|found| found.record).collect()
}

/// These rows of a range with closed positions that aren't in them, each added as the roll-ups
/// will add it. What lies beyond rows that were cut off is left out with them.
pub fn counted_too(
    range: &ProfitRange,
    rows: Bounded<ProfitRow>,
    outcomes: &[Position],
) -> Bounded<ProfitRow> {
    let end = rows.items.last().filter(|_| rows.more);
    let end = end.map(|row| row.scope.clone());
    let is_shown =
        |scope: &String| range.holds(scope) && end.as_ref().is_none_or(|end| scope <= end);
    let by_scope = rows.items.into_iter().map(|row| (row.scope.clone(), row));
    let mut by_scope: BTreeMap<_, _> = by_scope.collect();
    for ((_, scope), sums) in additions_of(outcomes) {
        if is_shown(&scope) {
            let sum = |name: &str| sums.get(name).copied().unwrap_or_default();
            let added = ProfitRow::new(&scope, sum);
            let row = by_scope.entry(scope.clone());
            *row.or_insert_with(|| ProfitRow::new(&scope, |_| 0.into())) += &added;
        }
    }
    Bounded {
        items: by_scope.into_values().collect(),
        more: rows.more,
    }
}

fn additions_of(outcomes: &[Position]) -> Additions {
    let mut additions = Additions::new();
    for position in outcomes {
        if let PositionState::Closed(outcome) = &position.state {
            add_profit(position, outcome, &mut additions);
        }
    }
    additions
}
