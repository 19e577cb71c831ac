//! The kill switch: a halt stands in its engine's book, and both writes that enter, the
//! reservation and the fill, hold only without one. So it is felt at once, by whoever read the
//! book before it too.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use domain::{Engine, Halt};
use runtime::rounds::ROUNDS_MAX;

use super::Ledger;
use super::book::read;
use super::book_change::BookChange;
use super::switches::Switched;
use crate::error::StorageError;
use crate::item::{Item, key_of, unreadable};

const HALT: &str = "halt";

/// What became of a halt in a book that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Halted {
    /// The engine's entries are stopped from now on.
    Now,
    /// They were stopped already, and what stands is who did that first.
    Already(Halt),
}

impl Ledger {
    /// Stops the engine's entries until they are resumed; the first halt stays. Nothing happens if
    /// the engine's book was never opened.
    pub async fn halt_entries(
        &self,
        engine: Engine,
        halt: &Halt,
    ) -> Result<Option<Halted>, StorageError> {
        let change = not_halted(BookChange::new(engine)).set(HALT, encoded(engine, halt)?);
        let writes = self.transaction().update(change.build());
        let writes = writes.put_over(&Switched::stopped(engine, halt));
        let Err(mut refused) = self.commit(writes).await? else {
            return Ok(Some(Halted::Now));
        };
        let Some(item) = refused.item_at(0) else {
            return Ok(None);
        };
        let standing = read(engine, &item)?.halt;
        Ok(standing.map(Halted::Already))
    }

    /// Lets the engine enter again, by this person at this time; says which halt that lifted, if
    /// one stood.
    pub async fn resume_entries(
        &self,
        engine: Engine,
        by_at: (&str, DateTime<Utc>),
    ) -> Result<Option<Halt>, StorageError> {
        for _ in 0..ROUNDS_MAX {
            let Some(halt) = self.halt_in_force(engine).await? else {
                return Ok(None);
            };
            let seen = BookChange::new(engine).only_if(HALT, "=", encoded(engine, &halt)?);
            let writes = self.transaction().update(seen.remove(HALT).build());
            let writes = writes.put_over(&Switched::resumed(engine, &halt, by_at));
            if self.commit(writes).await?.is_ok() {
                return Ok(Some(halt));
            }
        }
        Err(StorageError::Contended {
            attempts: ROUNDS_MAX,
        })
    }

    /// That the engine's entries are stopped by hand, if they are. Opens no book.
    pub async fn halt_in_force(&self, engine: Engine) -> Result<Option<Halt>, StorageError> {
        let book = self.book_if_any(engine).await?;
        Ok(book.and_then(|book| book.halt))
    }
}

/// The change happens only while nobody has stopped entries.
pub(crate) fn not_halted(change: BookChange) -> BookChange {
    change.only_if_absent(HALT)
}

/// The halt in a book's item. One that can't be read isn't taken for none.
pub(crate) fn decoded(item: &Item) -> Result<Option<Halt>, StorageError> {
    let halt = item.get(HALT).cloned();
    let halt = halt.map(serde_dynamo::from_attribute_value).transpose();
    halt.map_err(|source: serde_dynamo::Error| unreadable(&key_of(item), HALT, source))
}

fn encoded(engine: Engine, halt: &Halt) -> Result<AttributeValue, StorageError> {
    serde_dynamo::to_attribute_value(halt).map_err(|source: serde_dynamo::Error| {
        unreadable(&crate::keys::Key::book(engine), HALT, source)
    })
}
