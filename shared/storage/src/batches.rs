//! Reading and writing many items in few calls. What the table leaves undone of a call is asked
//! for again, a bounded number of times. Nothing here is conditional.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{KeysAndAttributes, PutRequest, WriteRequest};
use futures::future::try_join_all;

use crate::error::StorageError;
use crate::item::{Item, key_of, text};
use crate::keys::Key;

/// `BatchGetItem` takes so many keys.
pub(crate) const READS_MAX: usize = 100;
/// `BatchWriteItem` takes so many items.
pub(crate) const WRITES_MAX: usize = 25;
/// What is left undone is asked for again so often.
const ROUNDS_MAX: u32 = 5;
/// The wait before the second round; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(20);
const READ: &str = "BatchGetItem";
const WRITE: &str = "BatchWriteItem";

/// A key as the table takes it.
pub(crate) fn item_key(key: &Key) -> Item {
    [
        ("pk".to_owned(), text(&key.pk)),
        ("sk".to_owned(), text(&key.sk)),
    ]
    .into()
}

/// The items of these keys that there are: at most [`READS_MAX`] different ones.
pub(crate) async fn read(
    client: &Client,
    table: &str,
    keys: Vec<Item>,
    consistent: bool,
) -> Result<Vec<Item>, StorageError> {
    let (mut keys, mut found) = (keys, Vec::new());
    for round in 0..ROUNDS_MAX {
        if keys.is_empty() {
            return Ok(found);
        }
        pause(round).await;
        let wanted = KeysAndAttributes::builder()
            .set_keys(Some(keys))
            .consistent_read(consistent)
            .build()
            .map_err(|error| unbuildable(READ, error))?;
        let call = client.batch_get_item().request_items(table, wanted);
        let answer = call.send().await.map_err(StorageError::aws(READ))?;
        let items = answer.responses.into_iter().flatten();
        found.extend(items.flat_map(|(_, items)| items));
        let left = answer.unprocessed_keys.unwrap_or_default();
        keys = left.into_values().flat_map(|left| left.keys).collect();
    }
    undone(READ, keys.len()).map(|()| found)
}

/// The items of a page's keys that there are, in the order of the keys.
pub(crate) async fn read_in_order(
    client: &Client,
    table: &str,
    keys: &[Key],
    consistent: bool,
) -> Result<Vec<Item>, StorageError> {
    let batches = keys.chunks(READS_MAX).map(|some| {
        let wanted = some.iter().map(item_key).collect();
        read(client, table, wanted, consistent)
    });
    let found = try_join_all(batches).await?.into_iter().flatten();
    let mut found: HashMap<Key, Item> = found.map(|item| (key_of(&item), item)).collect();
    Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
}

/// Puts at most [`WRITES_MAX`] items of different keys, whatever stood there.
pub(crate) async fn write(
    client: &Client,
    table: &str,
    items: Vec<Item>,
) -> Result<(), StorageError> {
    let mut requests = items.into_iter().map(put).collect::<Result<Vec<_>, _>>()?;
    for round in 0..ROUNDS_MAX {
        if requests.is_empty() {
            return Ok(());
        }
        pause(round).await;
        let call = client.batch_write_item().request_items(table, requests);
        let answer = call.send().await.map_err(StorageError::aws(WRITE))?;
        let left = answer.unprocessed_items.unwrap_or_default();
        requests = left.into_values().flatten().collect();
    }
    undone(WRITE, requests.len())
}

fn put(item: Item) -> Result<WriteRequest, StorageError> {
    let put = PutRequest::builder().set_item(Some(item)).build();
    let put = put.map_err(|error| unbuildable(WRITE, error))?;
    Ok(WriteRequest::builder().put_request(put).build())
}

async fn pause(round: u32) {
    if round > 0 {
        tokio::time::sleep(FIRST_WAIT * (1 << (round - 1))).await;
    }
}

fn undone(operation: &'static str, left: usize) -> Result<(), StorageError> {
    if left == 0 {
        return Ok(());
    }
    let source = format!("{left} items were left undone in {ROUNDS_MAX} rounds");
    Err(StorageError::Aws {
        operation,
        source: source.into(),
    })
}

fn unbuildable(
    operation: &'static str,
    error: aws_sdk_dynamodb::error::BuildError,
) -> StorageError {
    StorageError::Aws {
        operation,
        source: error.into(),
    }
}
