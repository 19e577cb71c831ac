//! Batches of which the table leaves a part undone, as it may when it is asked too much.

use local_stack::wire::{AwsCall, Reply};
use serde_json::{Value as Json, json};

/// The operations that may be done in part.
const BATCHES: [&str; 2] = ["BatchGetItem", "BatchWriteItem"];

/// The same call with the first half of what it asks, and the other half; none for a call that
/// is done whole.
pub(crate) fn halved(call: &AwsCall) -> Option<(AwsCall, Json)> {
    if !BATCHES.contains(&call.operation.as_str()) {
        return None;
    }
    let (mut asked, mut left) = (call.body["RequestItems"].clone(), json!({}));
    for (table, wanted) in asked.as_object_mut()? {
        let mut rest = wanted.clone();
        let (first, second) = (entries(wanted)?, entries(&mut rest)?);
        let half = first.len().div_ceil(2);
        first.truncate(half);
        second.drain(..half);
        if !second.is_empty() {
            left[table] = rest;
        }
    }
    let mut half = call.copy();
    half.set("RequestItems", asked);
    Some((half, left))
}

/// What a batch asks of a table: keys to read, or items to put.
fn entries(wanted: &mut Json) -> Option<&mut Vec<Json>> {
    if wanted.is_array() {
        return wanted.as_array_mut();
    }
    wanted["Keys"].as_array_mut()
}

/// The answer, with what was left undone.
pub(crate) fn with_rest(reply: &Reply, call: &AwsCall, left: Json) -> Reply {
    let name = match call.operation.as_str() {
        "BatchGetItem" => "UnprocessedKeys",
        _ => "UnprocessedItems",
    };
    let mut answer: Json = serde_json::from_slice(&reply.body).unwrap_or_default();
    answer[name] = left;
    Reply::json(reply.status, answer.to_string())
}
