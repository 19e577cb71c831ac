//! The answers by which AWS refuses what could be done a moment later.

use serde_json::{Value as Json, json};

use super::{Reply, Service};

/// Another transaction is in the way of this request to `DynamoDB`.
pub fn conflict(request: &Json) -> Reply {
    let Some(writes) = request["TransactItems"].as_array().map(Vec::len) else {
        return refused(&json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionConflictException",
            "message": "Transaction is ongoing for the item",
        }));
    };
    let mut reasons = vec![json!({ "Code": "None" }); writes.saturating_sub(1)];
    reasons.push(json!({ "Code": "TransactionConflict" }));
    refused(&json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "message": "Transaction cancelled",
        "CancellationReasons": reasons,
    }))
}

/// The service is asked too much.
pub fn throttled(service: Service) -> Reply {
    let kind = match service {
        Service::Sqs => "com.amazonaws.sqs#RequestThrottled",
        _ => "com.amazon.coral.availability#ThrottlingException",
    };
    refused(&json!({ "__type": kind, "message": "Rate exceeded" }))
}

fn refused(error: &Json) -> Reply {
    Reply::json(400, error.to_string())
}
