//! Evidence: what a decision looked at, stored before it, named by its own hash.

mod kept;
pub(crate) mod packed;
mod settings;

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, TimeDelta, Utc};
use domain::SignalId;
use futures::future::try_join_all;
use runtime::AwsClients;
use runtime::environment::{Environment, MissingVariable};
use serde::{Deserialize, Serialize};

use crate::error::StorageError;
use crate::item::{
    Item, Record, SCHEMA_VERSION, decode, key_of, number, number_of, refuse_unknown_version, text,
    text_of, unreadable,
};
use crate::keys::Key;
use crate::ledger::Ledger;
pub use kept::KeptEvidence;
pub use packed::{Packed, PackingError};

/// How long evidence is kept.
const KEPT: TimeDelta = TimeDelta::days(400);

/// Names the evidence that all engines decide a signal on: of the first to capture it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidencePointer {
    /// The signal.
    pub signal_id: SignalId,
    /// SHA-256 of the evidence, in hexadecimal.
    pub sha256: String,
    /// When it was captured.
    pub captured_at: DateTime<Utc>,
}

impl Record for EvidencePointer {
    const KIND: &'static str = "EVIDENCE";
    fn key(&self) -> Key {
        Key::in_trace(self.signal_id, Self::KIND)
    }
}

/// The evidence table.
#[derive(Debug, Clone)]
pub struct EvidenceTable {
    client: Client,
    table: String,
    settings: settings::LastKept,
}

impl EvidenceTable {
    /// The table whose name stands in `EVIDENCE_TABLE`.
    pub fn new(aws: &AwsClients, environment: &Environment) -> Result<Self, MissingVariable> {
        let table = environment.require("EVIDENCE_TABLE")?.to_owned();
        Ok(Self {
            client: aws.dynamodb.clone(),
            table,
            settings: settings::LastKept::default(),
        })
    }

    /// Stores the bytes and returns their name. Storing the same bytes again changes nothing.
    pub async fn put(&self, bytes: &[u8], now: DateTime<Utc>) -> Result<String, StorageError> {
        let packed = Packed::of(bytes).map_err(|source| StorageError::Unstorable {
            kind: EvidencePointer::KIND,
            source: source.into(),
        })?;
        let items = items(&packed, now + KEPT);
        try_join_all(items.into_iter().map(|item| self.put_item(item))).await?;
        Ok(packed.name().to_owned())
    }

    /// The bytes with this name, put together from their chunks; absent if there are none.
    /// Chunks are written and expire one by one, so they are refused unless all are there and
    /// what they hold hashes to its name.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let items: Vec<Item> = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(name))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send()
            .collect::<Result<_, _>>()
            .await
            .map_err(StorageError::aws("Query"))?;
        if items.is_empty() {
            return Ok(None);
        }
        let packed = Packed::stored(name, compressed(name, items)?);
        let bytes = packed.unpack().map_err(|e| unreadable_evidence(name, e))?;
        Ok(Some(bytes))
    }

    async fn put_item(&self, item: Item) -> Result<(), StorageError> {
        let put = self.client.put_item().table_name(&self.table);
        let put = put.set_item(Some(item)).send().await;
        put.map(drop).map_err(StorageError::aws("PutItem"))
    }
}

/// One item for each chunk; each tells how many there are.
fn items(packed: &Packed, expires_at: DateTime<Utc>) -> Vec<Item> {
    let chunks = packed.chunks();
    let count = chunks.len();
    let item = |(chunk, bytes): (usize, &[u8])| {
        [
            ("pk", text(packed.name())),
            ("sk", text(format!("{chunk:06}"))),
            ("version", number(SCHEMA_VERSION)),
            ("encoding", text(packed::ENCODING)),
            ("chunks", number(count)),
            ("bytes", AttributeValue::B(Blob::new(bytes))),
            ("expires_at", number(expires_at.timestamp())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    };
    chunks.into_iter().enumerate().map(item).collect()
}

/// The compressed bytes from the items of a name. How many belong to it the first one tells: what
/// lies behind those is left from a version of the compression that took more.
fn compressed(name: &str, items: Vec<Item>) -> Result<Vec<u8>, StorageError> {
    let mut found = BTreeMap::new();
    for item in items {
        refuse_unknown_form(&item)?;
        found.insert(text_of(&item, "sk").unwrap_or_default().to_owned(), item);
    }
    let first = found.get("000000");
    let count: Option<usize> = first.and_then(|item| number_of(item, "chunks"));
    let chunk_of = |chunk: usize| {
        let bytes = found.get(&format!("{chunk:06}"))?.get("bytes")?;
        bytes.as_b().ok().map(|blob| blob.as_ref().to_vec())
    };
    let chunks: Option<Vec<Vec<u8>>> = (0..count.unwrap_or_default()).map(chunk_of).collect();
    chunks
        .filter(|chunks| !chunks.is_empty())
        .map(|chunks| chunks.concat())
        .ok_or_else(|| unreadable_evidence(name, PackingError::NotItsName))
}

fn refuse_unknown_form(item: &Item) -> Result<(), StorageError> {
    let key = key_of(item);
    refuse_unknown_version(item, &key)?;
    match text_of(item, "encoding") {
        Some(packed::ENCODING) => Ok(()),
        other => {
            let encoding = other.unwrap_or("none");
            let source = format!("it has the encoding `{encoding}`");
            Err(unreadable(&key, "evidence", source))
        }
    }
}

fn unreadable_evidence(
    name: &str,
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> StorageError {
    unreadable(&Key::new(name, "*"), "evidence", source)
}

impl Ledger {
    /// Names the signal's evidence, unless another engine already did: then that one holds.
    pub async fn name_evidence(
        &self,
        pointer: &EvidencePointer,
    ) -> Result<EvidencePointer, StorageError> {
        let writes = self.transaction().put_new(pointer);
        match self.commit(writes).await? {
            Ok(()) => Ok(pointer.clone()),
            Err(mut refused) => match refused.item_at(0) {
                Some(item) => Ok(decode::<EvidencePointer>(item)?.record),
                None => Ok(pointer.clone()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::encode;

    #[test]
    fn a_pointer_survives_its_item() {
        let pointer = EvidencePointer {
            signal_id: SignalId::of("x"),
            sha256: "00".repeat(32),
            captured_at: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        };
        let item = encode(&pointer, 1).unwrap();
        assert_eq!(decode::<EvidencePointer>(item).unwrap().record, pointer);
    }

    #[test]
    fn another_schema_version_is_refused() {
        let pointer = EvidencePointer {
            signal_id: SignalId::of("x"),
            sha256: String::new(),
            captured_at: DateTime::from_timestamp(0, 0).unwrap(),
        };
        for version in [Some(number(2)), None] {
            let mut item = encode(&pointer, 1).unwrap();
            item.remove("version");
            item.extend(version.map(|version| ("version".to_owned(), version)));
            assert!(matches!(
                decode::<EvidencePointer>(item),
                Err(StorageError::UnknownVersion { .. })
            ));
        }
    }
}
