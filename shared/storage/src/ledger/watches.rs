//! What the exit monitor works with, a page of positions at a time: the positions themselves, and
//! what it remembers of them.

use std::collections::BTreeMap;

use domain::{Position, PositionKey, Watch};

use super::{Ledger, Written};
use crate::batches::{self, READS_MAX, item_key};
use crate::error::StorageError;
use crate::item::{Item, Record, Versioned, decode_each};
use crate::keys::Key;

impl Ledger {
    /// These positions, consistently read; one that can't be read is logged and left out.
    pub async fn positions_of(
        &self,
        keys: &[PositionKey],
    ) -> Result<Vec<Versioned<Position>>, StorageError> {
        let items = self.in_traces(keys, Position::KIND, true).await?;
        Ok(decode_each(items))
    }

    /// What the monitor remembers of these positions; nothing of one that it hasn't seen yet.
    /// The reads are eventually consistent: what is written on them is conditional.
    pub async fn watches_of(
        &self,
        keys: &[PositionKey],
    ) -> Result<BTreeMap<PositionKey, Versioned<Watch>>, StorageError> {
        let items = self.in_traces(keys, Watch::KIND, false).await?;
        let watches = decode_each::<Watch>(items).into_iter();
        Ok(watches.map(|watch| (watch.key(), watch)).collect())
    }

    /// Keeps what the monitor remembers, unless another pass has changed it since `seen`.
    pub async fn remember(
        &self,
        seen: Option<&Versioned<Watch>>,
        watch: &Watch,
    ) -> Result<Written, StorageError> {
        let write = match seen {
            Some(seen) => self.transaction().replace(&seen.changed(watch.clone())),
            None => self.transaction().put_new(watch),
        };
        self.commit_unchanged(write).await
    }

    async fn in_traces(
        &self,
        keys: &[PositionKey],
        kind: &str,
        consistent: bool,
    ) -> Result<Vec<Item>, StorageError> {
        let mut found = Vec::with_capacity(keys.len());
        for page in keys.chunks(READS_MAX) {
            let wanted = page.iter().map(|key| item_key(&place(*key, kind)));
            let wanted = wanted.collect();
            found.extend(batches::read(&self.client, &self.table, wanted, consistent).await?);
        }
        Ok(found)
    }
}

fn place(key: PositionKey, kind: &str) -> Key {
    Key::in_trace(key.signal_id, format!("{kind}#{}", key.engine))
}
