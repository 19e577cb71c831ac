//! The sizes of items, by `DynamoDB`'s rules, since units are counted by the started kilobyte.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;

use crate::AnyError;
use crate::figures::figure;
use crate::report::Table;
use crate::stage::Stage;

/// The sizes of all items, by kind.
pub(super) type Sizes = BTreeMap<String, Vec<usize>>;

/// Reads the whole ledger.
pub(super) async fn sizes(stage: &Stage) -> Result<Sizes, AnyError> {
    let table = stage
        .stack
        .surroundings()
        .environment
        .require("LEDGER_TABLE")?;
    let client = stage.stack.aws().dynamodb_client();
    let scan = client.scan().table_name(table).into_paginator().items();
    let items = scan.send().collect::<Result<Vec<_>, _>>().await?;
    let mut sizes = Sizes::new();
    for item in &items {
        let kind = item.get("kind").and_then(|kind| kind.as_s().ok());
        let kind = kind.map_or("?", String::as_str).to_owned();
        sizes.entry(kind).or_default().push(size(item));
    }
    Ok(sizes)
}

pub(super) fn table(sizes: &Sizes) -> Table {
    let columns = [
        "kind",
        "items",
        "bytes in the mean",
        "bytes at most",
        "units to write",
    ];
    let mut table = Table::new("The ledger's items", &columns);
    for (kind, sizes) in sizes {
        let (all, largest) = (sizes.iter().sum::<usize>(), sizes.iter().max());
        let largest = largest.copied().unwrap_or_default();
        table.row([
            kind.clone(),
            sizes.len().to_string(),
            format!("{:.0}", figure(all) / figure(sizes.len())),
            largest.to_string(),
            largest.div_ceil(1_024).to_string(),
        ]);
    }
    table
}

fn size(item: &HashMap<String, AttributeValue>) -> usize {
    item.iter()
        .map(|(name, value)| name.len() + size_of(value))
        .sum()
}

fn size_of(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::L(list) => 3 + list.iter().map(|value| size_of(value) + 1).sum::<usize>(),
        AttributeValue::M(map) => 3 + size(map) + map.len(),
        _ => 1,
    }
}
