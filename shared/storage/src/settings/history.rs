//! What settings were written, by whom and when: of one kind by pages, and the newest changes of
//! all kinds.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use futures::future::try_join_all;

use super::version::{self, key};
use super::{SettingsKind, SettingsTable, SettingsVersion};
use crate::batches::item_key;
use crate::error::StorageError;
use crate::item::{Item, number_of, text};
use crate::page::{Cursor, Page, PageLimit, PageRequest};

/// A version, with its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingsChange {
    /// Of which settings.
    pub kind: SettingsKind,
    /// What was written.
    pub version: SettingsVersion,
}

impl SettingsTable {
    /// The versions of a kind, enabled or not, newest first.
    pub async fn history(
        &self,
        kind: SettingsKind,
        request: &PageRequest,
    ) -> Result<Page<SettingsVersion>, StorageError> {
        let after = request.after.as_ref();
        let after = after.map(|cursor| number_in(kind, cursor)).transpose()?;
        let found = self.versions(kind, after, request.limit.get()).await?;
        let (items, more) = found;
        let last = items.last().filter(|_| more);
        let last = last.and_then(|item| number_of(item, "number"));
        Ok(Page {
            next: last.map(|number| cursor(kind, number)),
            items: items
                .into_iter()
                .map(version::read)
                .collect::<Result<_, _>>()?,
        })
    }

    /// The newest changes of all kinds, newest first.
    pub async fn changes(&self, most: PageLimit) -> Result<Vec<SettingsChange>, StorageError> {
        let of_kind = async |kind| {
            let (items, _) = self.versions(kind, None, most.get()).await?;
            let versions = items.into_iter().map(version::read);
            let changes = versions.map(|version| version.map(|it| (kind, it)));
            changes.collect::<Result<Vec<_>, StorageError>>()
        };
        let found = try_join_all(SettingsKind::ALL.map(of_kind)).await?;
        let changes = found.into_iter().flatten();
        let mut changes: Vec<_> = changes
            .map(|(kind, version)| SettingsChange { kind, version })
            .collect();
        changes.sort_by_key(|change| Reverse(written_at(&change.version)));
        changes.truncate(most.count());
        Ok(changes)
    }

    /// The number of the newest version of a kind.
    pub(super) async fn newest_number(
        &self,
        kind: SettingsKind,
    ) -> Result<Option<u32>, StorageError> {
        let (newest, _) = self.versions(kind, None, 1).await?;
        Ok(newest.first().and_then(|item| number_of(item, "number")))
    }

    /// Up to `most` versions before number `before`, newest first, and whether there are more.
    async fn versions(
        &self,
        kind: SettingsKind,
        before: Option<u32>,
        most: u32,
    ) -> Result<(Vec<Item>, bool), StorageError> {
        let start = before.map(|number| item_key(&key(kind, number)));
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(kind.partition()))
            .set_exclusive_start_key(start)
            .scan_index_forward(false)
            .consistent_read(true)
            .limit(i32::try_from(most).unwrap_or(i32::MAX))
            .send()
            .await
            .map_err(StorageError::aws("Query"))?;
        let items = answer.items.unwrap_or_default();
        // Versions are numbered from 1 without gaps.
        let last = items
            .last()
            .and_then(|item| number_of::<u32>(item, "number"));
        Ok((items, last.is_some_and(|number| number > 1)))
    }
}

fn cursor(kind: SettingsKind, number: u32) -> Cursor {
    Cursor::after(kind.name(), [&number.to_string()])
}

/// The version that a cursor names, spelled as [`cursor`] spells it.
fn number_in(kind: SettingsKind, after: &Cursor) -> Result<u32, StorageError> {
    let [number] = after.place_in(kind.name())?;
    let number = number.parse().ok();
    let own = |number: &u32| cursor(kind, *number) == *after;
    number.filter(own).ok_or(StorageError::InvalidCursor)
}

/// Never, if that can't be read: the version itself is shown as it is.
fn written_at(version: &SettingsVersion) -> Option<DateTime<Utc>> {
    version.changed_at.parse().ok()
}
