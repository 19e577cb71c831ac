//! What is over and in no row yet: tasks of engines and closed positions.

use std::collections::BTreeSet;

use domain::{Assignment, Engine, Position, SignalId};
use runtime::telemetry::chain;

use super::{Additions, additions_of};
use crate::error::StorageError;
use crate::item::{Item, Record, decode, key_of, text_of, unreadable};
use crate::keys::{Key, unapplied};
use crate::ledger::Ledger;

/// `DynamoDB`'s bound on one transaction.
const WRITES_MAX: usize = 100;
/// Markers read for one batch.
const EVENTS_MAX: usize = 40;

/// Something that is over.
#[derive(Debug, Clone)]
pub enum Finished {
    /// An engine's task on a signal.
    Task(Assignment),
    /// A position.
    Position(Box<Position>),
}

/// What is in no row yet, as much as one transaction can add; what was over first comes first.
#[derive(Debug, Clone)]
pub struct Unapplied {
    pub(super) found: Vec<Found>,
    /// Whether more are waiting.
    pub(super) more: bool,
}

/// Something that is over, its marker, and what it adds to which rows.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) key: Key,
    pub(super) additions: Additions,
    finished: Finished,
}

impl Unapplied {
    /// What is over.
    pub fn finished(&self) -> impl Iterator<Item = &Finished> {
        self.found.iter().map(|found| &found.finished)
    }

    /// Leaves for another time what isn't to be counted now; one answer for each.
    pub fn keep(&mut self, kept: &[bool]) {
        let mut kept = kept.iter();
        self.found.retain(|_| kept.next().is_some_and(|kept| *kept));
    }
}

impl Finished {
    pub(super) fn engine(&self) -> Engine {
        match self {
            Self::Task(task) => task.engine,
            Self::Position(position) => position.engine,
        }
    }

    pub(super) fn signal_id(&self) -> SignalId {
        match self {
            Self::Task(task) => task.signal_id,
            Self::Position(position) => position.signal_id,
        }
    }

    fn read(item: Item) -> Result<Self, StorageError> {
        match text_of(&item, "kind") {
            Some(Position::KIND) => Ok(Self::Position(Box::new(decode(item)?.record))),
            Some(Assignment::KIND) => Ok(Self::Task(decode(item)?.record)),
            other => {
                let kind = other.unwrap_or("none").to_owned();
                Err(unreadable(&key_of(&item), &kind, "it is no finished event"))
            }
        }
    }
}

impl Ledger {
    /// A batch of what is in no row yet. One that can't be read is logged and left out: the others
    /// are counted all the same.
    pub async fn unapplied(&self) -> Result<Unapplied, StorageError> {
        let items = self.in_state(&unapplied(), None, EVENTS_MAX + 1).await?;
        let is_cut = items.len() > EVENTS_MAX;
        let found: Vec<_> = items
            .into_iter()
            .take(EVENTS_MAX)
            .filter_map(read)
            .collect();
        let voices = self.voices(found.iter().map(|(_, it)| it)).await?;
        let found = found.into_iter().map(|(key, finished)| Found {
            key,
            additions: additions_of(&finished, &voices),
            finished,
        });
        let mut found: Vec<Found> = found.collect();
        let fitting = fitting(&found);
        let more = is_cut || fitting < found.len();
        found.truncate(fitting);
        Ok(Unapplied { found, more })
    }
}

fn read(item: Item) -> Option<(Key, Finished)> {
    let key = key_of(&item);
    let logged = |error: &StorageError| {
        tracing::error!(error = chain(error), alarm = "unreadable_item", "left out");
    };
    Some((key, Finished::read(item).inspect_err(logged).ok()?))
}

/// How many of these one transaction can add: each takes a write, and so does each row.
fn fitting(found: &[Found]) -> usize {
    let mut rows = BTreeSet::new();
    let fits = |(number, found): &(usize, &Found)| {
        rows.extend(found.additions.keys().cloned());
        number + 1 + rows.len() <= WRITES_MAX
    };
    found.iter().enumerate().take_while(fits).count()
}
