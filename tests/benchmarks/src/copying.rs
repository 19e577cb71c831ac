//! The lives of trades again under other names, so that a ledger has a long past within minutes:
//! every item as the functions write it, and nothing of it counted in the sums yet.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use storage::Item;

use crate::{AnyError, progress};

/// `DynamoDB`'s bound on a batch of writes.
const WRITES_MAX: usize = 25;
/// Batches that are written at the same time.
const BATCHES_AT_ONCE: usize = 4;
/// Characters of an id, and of those before its last group.
const ID_LENGTH: usize = 36;
const ID_HEAD_LENGTH: usize = 24;
/// How often the progress is told.
const PROGRESS_EVERY: usize = 50;

/// Writes so many copies of each signal's life in this table.
pub(crate) async fn copy_lives(
    client: &Client,
    table: &str,
    copies: usize,
) -> Result<(), AnyError> {
    let lives = lives(client, table).await?;
    for copy in 1..=copies {
        let items: Vec<Item> = lives
            .iter()
            .flat_map(|life| life.under_other_names(copy))
            .collect();
        for batches in items.chunks(WRITES_MAX * BATCHES_AT_ONCE) {
            let writing = batches
                .chunks(WRITES_MAX)
                .map(|batch| write(client, table, batch));
            futures::future::try_join_all(writing).await?;
        }
        if copy % PROGRESS_EVERY == 0 {
            progress(&format!(
                "{copy} of {copies} copies of {} lives",
                lives.len()
            ));
        }
    }
    Ok(())
}

/// All items of a signal, and the ids in them.
struct Life {
    items: Vec<Item>,
    ids: BTreeSet<String>,
}

impl Life {
    fn of(items: Vec<Item>) -> Self {
        let mut ids = BTreeSet::new();
        let values = items.iter().flat_map(Item::values);
        values.for_each(|value| collect_ids(value, &mut ids));
        Self { items, ids }
    }

    fn under_other_names(&self, copy: usize) -> impl Iterator<Item = Item> + '_ {
        let items = self.items.iter();
        items.map(move |item| {
            let renamed = item
                .iter()
                .map(|(name, value)| (name.clone(), self.renamed(value, copy)));
            renamed.collect()
        })
    }

    fn renamed(&self, value: &AttributeValue, copy: usize) -> AttributeValue {
        match value {
            AttributeValue::S(text) => AttributeValue::S(self.renamed_text(text, copy)),
            AttributeValue::L(values) => {
                AttributeValue::L(values.iter().map(|it| self.renamed(it, copy)).collect())
            }
            AttributeValue::M(named) => {
                let named = named
                    .iter()
                    .map(|(name, it)| (name.clone(), self.renamed(it, copy)));
                AttributeValue::M(named.collect())
            }
            other => other.clone(),
        }
    }

    fn renamed_text(&self, text: &str, copy: usize) -> String {
        if text.len() < ID_LENGTH {
            return text.to_owned();
        }
        self.ids.iter().fold(text.to_owned(), |text, id| {
            let head = id.get(..ID_HEAD_LENGTH).unwrap_or_default();
            text.replace(id, &format!("{head}{copy:012x}"))
        })
    }
}

async fn lives(client: &Client, table: &str) -> Result<Vec<Life>, AnyError> {
    let items = client
        .scan()
        .table_name(table)
        .into_paginator()
        .items()
        .send();
    let mut by_signal = BTreeMap::<String, Vec<Item>>::new();
    for item in items.collect::<Result<Vec<Item>, _>>().await? {
        let pk = item.get("pk").and_then(|pk| pk.as_s().ok()).cloned();
        if let Some(pk) = pk.filter(|pk| pk.starts_with("SIGNAL#")) {
            by_signal.entry(pk).or_default().push(item);
        }
    }
    Ok(by_signal.into_values().map(Life::of).collect())
}

fn collect_ids(value: &AttributeValue, ids: &mut BTreeSet<String>) {
    match value {
        AttributeValue::S(text) if is_id(text) => {
            ids.insert(text.clone());
        }
        AttributeValue::L(values) => values.iter().for_each(|it| collect_ids(it, ids)),
        AttributeValue::M(named) => named.values().for_each(|it| collect_ids(it, ids)),
        _ => {}
    }
}

fn is_id(text: &str) -> bool {
    let hyphens = [8, 13, 18, 23]
        .iter()
        .all(|&at| text.as_bytes().get(at) == Some(&b'-'));
    text.len() == ID_LENGTH && hyphens
}

async fn write(client: &Client, table: &str, items: &[Item]) -> Result<(), AnyError> {
    let mut left: Vec<WriteRequest> = items.iter().map(put).collect::<Result<_, _>>()?;
    while !left.is_empty() {
        let answer = client
            .batch_write_item()
            .request_items(table, left)
            .send()
            .await?;
        left = answer
            .unprocessed_items
            .unwrap_or_default()
            .remove(table)
            .unwrap_or_default();
    }
    Ok(())
}

fn put(item: &Item) -> Result<WriteRequest, AnyError> {
    let put = PutRequest::builder().set_item(Some(item.clone())).build()?;
    Ok(WriteRequest::builder().put_request(put).build())
}
