//! Lists by kind and time, from an index that may lag.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use chrono::{DateTime, Utc};
use domain::signal::Signal;
use domain::{Engine, Leg, SignalId};

use super::Ledger;
use crate::batches::item_key;
use crate::error::StorageError;
use crate::item::{Item, Record, key_of, number, number_of, text, text_of};
use crate::keys::{self, Key};
use crate::page::Cursor;

const INDEX: &str = "by_kind";

/// One list.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    /// Its name, in its cursors.
    pub(super) name: &'static str,
    /// Its partition of the index.
    pub(super) kind_key: &'static str,
    /// The kind of its items.
    pub(super) kind: &'static str,
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    at_ms: i64,
    pub(super) key: Key,
}

/// Some places of a list, in its order, and whether there may be more behind them.
pub(super) struct Places {
    pub(super) found: Vec<Place>,
    pub(super) more: bool,
}

impl List {
    /// The cursor to what comes after `place`.
    pub(super) fn cursor(&self, place: &Place) -> Cursor {
        let signal = place.key.pk.strip_prefix(keys::TRACE).unwrap_or_default();
        Cursor::after(self.name, [&place.at_ms.to_string(), signal, &place.key.sk])
    }

    /// The place that a cursor names: one that an item of this list could have, and spelled as
    /// [`Self::cursor`] spells it.
    pub(super) fn place(&self, cursor: &Cursor) -> Result<Place, StorageError> {
        let [at_ms, signal, sk] = cursor.place_in(self.name)?;
        let place = at_ms.parse().ok().zip(signal.parse::<SignalId>().ok());
        let place = place.map(|(at_ms, signal)| Place {
            at_ms,
            key: Key::in_trace(signal, sk),
        });
        let own = |place: &Place| {
            is_sort_key_of(self.kind, &place.key.sk) && self.cursor(place) == *cursor
        };
        place.filter(own).ok_or(StorageError::InvalidCursor)
    }

    fn start(&self, place: &Place) -> Item {
        let mut start = item_key(&place.key);
        start.insert("kind_key".to_owned(), text(self.kind_key));
        start.insert("at_ms".to_owned(), number(place.at_ms));
        start
    }
}

/// Whether this is `<kind>`, `<kind>#<engine>` or `<kind>#<engine>#<leg>`.
fn is_sort_key_of(kind: &str, sk: &str) -> bool {
    let mut parts = sk.split('#');
    parts.next() == Some(kind)
        && parts.next().is_none_or(|name| {
            let engines = [Engine::A, Engine::B];
            engines.iter().any(|engine| engine.to_string() == name)
        })
        && parts.next().is_none_or(|leg| leg.parse::<Leg>().is_ok())
        && parts.next().is_none()
}

impl Ledger {
    /// Up to `most` places of a list after `after`, newest first.
    pub(super) async fn places(
        &self,
        list: &List,
        after: Option<&Place>,
        most: usize,
    ) -> Result<Places, StorageError> {
        // One more than asked for tells whether there is another page.
        let read = i32::try_from(most).unwrap_or(i32::MAX).saturating_add(1);
        let query = self
            .of_kind(list.kind_key, "kind_key = :kind")
            .set_exclusive_start_key(after.map(|place| list.start(place)))
            .scan_index_forward(false)
            .limit(read);
        let answer = query.send().await.map_err(StorageError::aws("Query"))?;
        let cut = answer.last_evaluated_key.is_some();
        let found = answer.items.unwrap_or_default();
        let more = found.len() > most || (cut && !found.is_empty());
        let found = found.iter().take(most).map(place_of).collect();
        Ok(Places { found, more })
    }

    /// The signals that came in from `from` on and before `to`, the oldest first.
    pub async fn signals_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<SignalId>, StorageError> {
        let condition = "kind_key = :kind AND at_ms BETWEEN :from AND :last";
        let mut found = self
            .of_kind(Signal::KIND, condition)
            .expression_attribute_values(":from", number(from.timestamp_millis()))
            .expression_attribute_values(":last", number(to.timestamp_millis() - 1))
            .into_paginator()
            .items()
            .send();
        let mut ids = Vec::new();
        while let Some(item) = found.next().await {
            let item = item.map_err(StorageError::aws("Query"))?;
            let pk = text_of(&item, "pk").and_then(|pk| pk.strip_prefix(keys::TRACE));
            ids.extend(pk.and_then(|id| id.parse::<SignalId>().ok()));
        }
        Ok(ids)
    }

    fn of_kind(&self, kind_key: &str, condition: &str) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .index_name(INDEX)
            .key_condition_expression(condition)
            .expression_attribute_values(":kind", text(kind_key))
    }
}

fn place_of(item: &Item) -> Place {
    Place {
        at_ms: number_of(item, "at_ms").unwrap_or_default(),
        key: key_of(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sort_key_of_a_list_has_its_form() {
        for (kind, sk, holds) in [
            ("SIGNAL", "SIGNAL", true),
            ("ORDER", "ORDER#A#entry", true),
            ("ORDER", "ORDER#B#exit:12", true),
            ("POSITION", "POSITION#B", true),
            ("ORDER", "ORDER#A#exit:0", false),
            ("ORDER", "ORDER#C#entry", false),
            ("ORDER", "ORDER#A#entry#", false),
            ("ORDER", "ORDERS#A#entry", false),
            ("SIGNAL", "POSITION#A", false),
            ("SIGNAL", "", false),
        ] {
            assert_eq!(is_sort_key_of(kind, sk), holds, "{sk}");
        }
    }
}
