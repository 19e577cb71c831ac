//! How records become items and come back. Every item carries its kind, a schema version and a
//! revision; every change of a record replaces it on the condition that the revision still holds.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::signal::Signal;
use domain::{
    Assignment, AssignmentState, Decision, ExitDecision, Order, OrderState, Position,
    PositionState, Selection, Watch,
};
use runtime::telemetry::chain;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StorageError;
use crate::keys::{self, CLOSED_POSITION, Key, Listing, Work};

/// An item as `DynamoDB` has it.
pub type Item = HashMap<String, AttributeValue>;

/// The schema that this program reads and writes. Another one is refused, never guessed.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// A record that has a place in the ledger.
pub(crate) trait Record: Serialize + DeserializeOwned {
    /// The first part of its sort key.
    const KIND: &'static str;

    /// Where it stands.
    fn key(&self) -> Key;

    /// What is still to be done with it, if anything.
    fn work(&self) -> Option<Work> {
        None
    }

    /// Where it appears in the lists by kind and time, if it does.
    fn listing(&self) -> Option<Listing> {
        None
    }

    /// When it may be forgotten, in epoch seconds.
    fn expires_at_s(&self) -> Option<i64> {
        None
    }
}

/// A record, with the revision that a change of it builds on.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned<T> {
    /// The record.
    pub record: T,
    /// Counts its changes.
    pub(crate) revision: u64,
}

impl<T> Versioned<T> {
    /// The same revision, with another content to be written.
    #[must_use]
    pub fn changed(&self, record: T) -> Self {
        Self {
            record,
            revision: self.revision,
        }
    }
}

impl<T> std::ops::Deref for Versioned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.record
    }
}

pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "numbers are passed as they are"
)]
pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A record as an item, at `revision`.
pub(crate) fn encode<R: Record>(record: &R, revision: u64) -> Result<Item, StorageError> {
    let key = record.key();
    let mut item: Item = serde_dynamo::to_item(record)
        .map_err(|source: serde_dynamo::Error| unreadable(&key, R::KIND, source))?;
    item.insert("pk".into(), text(key.pk));
    item.insert("sk".into(), text(key.sk));
    item.insert("kind".into(), text(R::KIND));
    item.insert("version".into(), number(SCHEMA_VERSION));
    item.insert("revision".into(), number(revision));
    if let Some(work) = record.work() {
        item.insert("state_key".into(), text(work.state_key));
        item.insert("due_ms".into(), number(work.due_ms));
    }
    if let Some(listing) = record.listing() {
        item.insert("kind_key".into(), text(listing.kind_key));
        item.insert("at_ms".into(), number(listing.at_ms));
    }
    if let Some(expires_at) = record.expires_at_s() {
        item.insert("expires_at".into(), number(expires_at));
    }
    Ok(item)
}

/// An item as the record that its kind says it is.
pub(crate) fn decode<R: Record>(item: Item) -> Result<Versioned<R>, StorageError> {
    let key = key_of(&item);
    refuse_unknown_version(&item, &key)?;
    let revision = number_of(&item, "revision").unwrap_or(0);
    let record =
        serde_dynamo::from_item(item).map_err(|source| unreadable(&key, R::KIND, source))?;
    Ok(Versioned { record, revision })
}

/// The items that can be read. One that can't is logged and left out: it is one item's trouble,
/// and the others' work goes on.
pub(crate) fn decode_each<R: Record>(items: Vec<Item>) -> Vec<Versioned<R>> {
    let readable = items.into_iter().filter_map(|item| {
        let logged = |error: &StorageError| {
            tracing::error!(
                error = chain(error),
                alarm = "unreadable_item",
                "an item is left out"
            );
        };
        decode(item).inspect_err(logged).ok()
    });
    readable.collect()
}

pub(crate) fn refuse_unknown_version(item: &Item, key: &Key) -> Result<(), StorageError> {
    let found = item.get("version").and_then(|value| value.as_n().ok());
    if found.is_some_and(|version| *version == SCHEMA_VERSION.to_string()) {
        return Ok(());
    }
    let found = found.cloned().unwrap_or_else(|| "none".to_owned());
    Err(StorageError::UnknownVersion {
        key: key.to_string(),
        found,
        known: SCHEMA_VERSION,
    })
}

pub(crate) fn key_of(item: &Item) -> Key {
    Key::new(
        text_of(item, "pk").unwrap_or_default(),
        text_of(item, "sk").unwrap_or_default(),
    )
}

pub(crate) fn text_of<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

pub(crate) fn number_of<T: std::str::FromStr>(item: &Item, name: &str) -> Option<T> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

pub(crate) fn unreadable(
    key: &Key,
    kind: &str,
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> StorageError {
    StorageError::Unreadable {
        key: key.to_string(),
        kind: kind.to_owned(),
        source: source.into(),
    }
}

impl Record for Signal {
    const KIND: &'static str = "SIGNAL";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, Self::KIND)
    }
    fn listing(&self) -> Option<Listing> {
        Some(Listing::new(Self::KIND, self.received_at))
    }
}

impl Record for Assignment {
    const KIND: &'static str = "ASSIGNMENT";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, format!("{}#{}", Self::KIND, self.engine))
    }
    fn work(&self) -> Option<Work> {
        match self.state {
            AssignmentState::Ordered | AssignmentState::Rejected { .. } => {
                Some(Work::unapplied(self.received_at))
            }
            _ => Some(Work::new(
                Self::KIND,
                self.state.name(),
                self.due.unwrap_or(self.received_at),
            )),
        }
    }
}

impl Record for Decision {
    const KIND: &'static str = "DECISION";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, format!("{}#{}", Self::KIND, self.engine))
    }
}

impl Record for Order {
    const KIND: &'static str = "ORDER";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, keys::leg(Self::KIND, self.engine, self.leg))
    }
    fn work(&self) -> Option<Work> {
        match self.state {
            OrderState::PendingExecution => Some(Work::new(
                Self::KIND,
                self.state.name(),
                self.due.unwrap_or(self.created_at),
            )),
            // What became of it, its closed position tells.
            OrderState::Filled if self.leg.is_exit() => None,
            OrderState::Filled | OrderState::Failed { .. } => Some(Work::untold(self.created_at)),
        }
    }
    fn listing(&self) -> Option<Listing> {
        Some(Listing::new(Self::KIND, self.created_at))
    }
}

impl Record for Selection {
    const KIND: &'static str = "SELECTION";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, format!("{}#{}", Self::KIND, self.engine))
    }
}

impl Record for Position {
    const KIND: &'static str = "POSITION";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, format!("{}#{}", Self::KIND, self.engine))
    }
    fn work(&self) -> Option<Work> {
        match &self.state {
            PositionState::Closed(outcome) => Some(Work::unapplied(outcome.closed_at)),
            state => Some(Work::new(Self::KIND, state.name(), self.opened_at)),
        }
    }
    fn listing(&self) -> Option<Listing> {
        Some(match &self.state {
            PositionState::Closed(outcome) => Listing::new(CLOSED_POSITION, outcome.closed_at),
            _ => Listing::new(Self::KIND, self.opened_at),
        })
    }
}

impl Record for ExitDecision {
    const KIND: &'static str = "EXIT_DECISION";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, keys::leg(Self::KIND, self.engine, self.leg))
    }
}

impl Record for Watch {
    const KIND: &'static str = "WATCH";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, format!("{}#{}", Self::KIND, self.engine))
    }
}
