//! Answers that one instance got and others may use: bytes by name, with an end. The end is
//! checked at every read, since the table deletes late. Losing them costs a question, no more.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};

use crate::batches::{self, READS_MAX, item_key};
use crate::error::StorageError;
use crate::evidence::packed::{CHUNK_BYTES, compressed, decompressed};
use crate::item::{Item, SCHEMA_VERSION, number, number_of, text, text_of};
use crate::keys::Key;
use crate::marks::MarketTable;

const KIND: &str = "KEPT";

/// Bytes that were kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBytes {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Until when they hold.
    pub expires_at: DateTime<Utc>,
}

impl MarketTable {
    /// What is kept under these names and hasn't ended. The reads are eventually consistent.
    pub async fn kept(
        &self,
        names: &[String],
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<String, KeptBytes>, StorageError> {
        let mut found = BTreeMap::new();
        for chunk in names.chunks(READS_MAX) {
            let keys = chunk.iter().map(|name| item_key(&key(name))).collect();
            for item in batches::read(&self.client, &self.table, keys, false).await? {
                let kept = unpacked(&item).filter(|kept| kept.expires_at > now);
                let name = text_of(&item, "pk").map(str::to_owned);
                found.extend(name.zip(kept));
            }
        }
        Ok(found)
    }

    /// Keeps bytes under a name; what is too long for an item isn't kept.
    pub async fn keep(
        &self,
        name: &str,
        bytes: &[u8],
        expires_at: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let packed = compressed(bytes).map_err(|source| StorageError::Unstorable {
            kind: KIND,
            source: source.into(),
        })?;
        if packed.len() > CHUNK_BYTES {
            return Ok(());
        }
        let mut item = item_key(&key(name));
        item.insert("kind".into(), text(KIND));
        item.insert("version".into(), number(SCHEMA_VERSION));
        item.insert("bytes".into(), AttributeValue::B(Blob::new(packed)));
        item.insert("expires_ms".into(), number(expires_at.timestamp_millis()));
        // A second more: the table's own deletion never comes first.
        item.insert("expires_at".into(), number(expires_at.timestamp() + 1));
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .send()
            .await
            .map(drop)
            .map_err(StorageError::aws("PutItem"))
    }
}

fn key(name: &str) -> Key {
    Key::new(name, KIND)
}

/// What an item keeps; nothing if it isn't of this schema or can't be unpacked.
fn unpacked(item: &Item) -> Option<KeptBytes> {
    let version: u32 = number_of(item, "version")?;
    let packed = item.get("bytes")?.as_b().ok()?;
    let expires_at = DateTime::from_timestamp_millis(number_of(item, "expires_ms")?)?;
    let bytes = decompressed(packed.as_ref()).ok();
    let bytes = bytes.filter(|_| version == SCHEMA_VERSION)?;
    Some(KeptBytes { bytes, expires_at })
}
