//! An index follows its table some time later. What changed a moment ago is still in the index
//! as it was, and what is new isn't there yet.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use local_stack::wire::{AwsCall, InMemoryDynamoDb, Reply};
use serde_json::{Value as Json, json};
use tokio::time::Instant;

use crate::chance::Chance;

/// A change that the indexes don't show yet.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pk: Json,
    sk: Json,
    /// The item as the index shows it; null if it wasn't there.
    before: Json,
    shown_from: Instant,
}

/// The indexes' delay.
#[derive(Debug)]
pub(crate) struct IndexLag {
    pending: Mutex<Vec<Change>>,
    chance: Chance,
}

impl IndexLag {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            pending: Mutex::default(),
            chance: Chance::of(seed, "index lag"),
        }
    }

    /// What this call is about to change, as it stands.
    pub(crate) fn before(
        &self,
        call: &AwsCall,
        database: &InMemoryDynamoDb,
        longest: Duration,
    ) -> Vec<Change> {
        if longest.is_zero() || !call.is_write() {
            return Vec::new();
        }
        let shown_from = Instant::now() + self.chance.up_to(longest);
        let as_it_stands = |item: &Json| {
            let key = json!({ "pk": item["pk"], "sk": item["sk"] });
            let request = json!({ "TableName": table(call), "Key": key, "ConsistentRead": true });
            // What can't be read now is told by the call itself.
            let found = database.read("GetItem", &request).unwrap_or_default();
            Change {
                pk: item["pk"].clone(),
                sk: item["sk"].clone(),
                before: found["Item"].clone(),
                shown_from,
            }
        };
        call.written_items().map(as_it_stands).collect()
    }

    /// The changes happened: the indexes show them some time later.
    pub(crate) fn remember(&self, changes: Vec<Change>) {
        self.pending().extend(changes);
    }

    /// Makes an index's answer as old as the index is.
    pub(crate) fn age(&self, call: &AwsCall, reply: &mut Reply) {
        let mut pending = self.pending();
        let now = Instant::now();
        pending.retain(|change| change.shown_from > now);
        if pending.is_empty() || call.body["IndexName"].is_null() {
            return;
        }
        let mut answer: Json = serde_json::from_slice(&reply.body).unwrap_or_default();
        let Some(items) = answer["Items"].as_array_mut() else {
            return;
        };
        let is_pending = |item: &Json| {
            let mut changes = pending.iter();
            changes.any(|change| change.pk == item["pk"] && change.sk == item["sk"])
        };
        items.retain(|item| !is_pending(item));
        items.extend(
            oldest(&pending)
                .filter(|item| is_asked_for(call, item))
                .cloned(),
        );
        items.sort_by_key(due_ms);
        answer["Count"] = json!(items.len());
        *reply = Reply::json(reply.status, answer.to_string());
    }

    fn pending(&self) -> std::sync::MutexGuard<'_, Vec<Change>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Of several changes of an item, the index still shows the state before the first.
fn oldest(pending: &[Change]) -> impl Iterator<Item = &Json> {
    let first = |(index, change): (usize, &Change)| {
        let mut earlier = pending[..index].iter();
        !earlier.any(|other| other.pk == change.pk && other.sk == change.sk)
    };
    let firsts = pending.iter().enumerate().filter(move |it| first(*it));
    firsts.map(|(_, change)| &change.before)
}

/// Whether a query of the index by state and due time would find this item.
fn is_asked_for(call: &AwsCall, item: &Json) -> bool {
    let values = &call.body["ExpressionAttributeValues"];
    let due_by = values[":due"]["N"]
        .as_str()
        .and_then(|text| text.parse().ok());
    item["state_key"] == values[":state"]
        && !item["state_key"].is_null()
        && due_by.is_none_or(|due_by: i64| due_ms(item) <= due_by)
}

fn due_ms(item: &Json) -> i64 {
    let text = item["due_ms"]["N"].as_str();
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// All writes of a call go to one table.
fn table(call: &AwsCall) -> Json {
    let first = &call.body["TransactItems"][0];
    let of_write = [&first["Put"]["TableName"], &first["Update"]["TableName"]];
    of_write
        .into_iter()
        .find(|name| !name.is_null())
        .unwrap_or(&call.body["TableName"])
        .clone()
}
