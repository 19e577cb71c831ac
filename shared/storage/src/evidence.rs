//! Evidence: what a decision looked at, stored before it, named by its own hash.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, TimeDelta, Utc};
use domain::SignalId;
use runtime::AwsClients;
use runtime::environment::{Environment, MissingVariable};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::StorageError;
use crate::item::{Item, Record, SCHEMA_VERSION, decode, number, text, unreadable};
use crate::keys::Key;
use crate::ledger::Ledger;

/// How long evidence is kept.
const KEPT: TimeDelta = TimeDelta::days(400);
/// An item may have 400 KB; a chunk leaves room for its key.
const CHUNK_BYTES: usize = 350 * 1024;

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
}

impl EvidenceTable {
    /// The table whose name stands in `EVIDENCE_TABLE`.
    pub fn new(aws: &AwsClients, environment: &Environment) -> Result<Self, MissingVariable> {
        let table = environment.require("EVIDENCE_TABLE")?.to_owned();
        Ok(Self {
            client: aws.dynamodb.clone(),
            table,
        })
    }

    /// Stores the bytes and returns their name. Storing the same bytes again changes nothing.
    pub async fn put(&self, bytes: &[u8], now: DateTime<Utc>) -> Result<String, StorageError> {
        let name = name_of(bytes);
        for (number, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
            self.put_chunk(&name, number, chunk, now + KEPT).await?;
        }
        Ok(name)
    }

    /// The bytes with this name, put together from their chunks; absent if there are none.
    /// Chunks are written and expire one by one, so bytes that don't hash to their name are
    /// refused: some of them are missing.
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
        let chunks = items
            .iter()
            .filter_map(|item| item.get("bytes")?.as_b().ok());
        let bytes: Vec<u8> = chunks
            .flat_map(|blob| blob.as_ref().iter().copied())
            .collect();
        if items.is_empty() {
            return Ok(None);
        }
        if name_of(&bytes) != name {
            let source = "its chunks are not all there";
            return Err(unreadable(&Key::new(name, "*"), "evidence", source));
        }
        Ok(Some(bytes))
    }

    async fn put_chunk(
        &self,
        name: &str,
        chunk: usize,
        bytes: &[u8],
        expires_at: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        self.client
            .put_item()
            .table_name(&self.table)
            .item("pk", text(name))
            .item("sk", text(format!("{chunk:06}")))
            .item("version", number(SCHEMA_VERSION))
            .item("bytes", AttributeValue::B(Blob::new(bytes)))
            .item("expires_at", number(expires_at.timestamp()))
            .send()
            .await
            .map(drop)
            .map_err(StorageError::aws("PutItem"))
    }
}

fn name_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
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
