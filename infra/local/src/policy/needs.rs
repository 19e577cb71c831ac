//! The permissions that a call to AWS needs.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::Permission;
use crate::account::AccountId;
use crate::template::{bus_arn, queue_arn, table_arn};
use crate::wire::{AwsCall, Service};

/// Writes of a transaction, and the action by which each is authorised: the transaction itself
/// isn't an action.
const PARTS: [(&str, &str); 4] = [
    ("Put", "PutItem"),
    ("Update", "UpdateItem"),
    ("Delete", "DeleteItem"),
    ("ConditionCheck", "ConditionCheckItem"),
];

/// What this call of an account needs; each of it has to be granted.
pub fn needs_of(call: &AwsCall, account: AccountId) -> BTreeSet<Permission> {
    match call.service {
        Service::DynamoDb => of_tables(call, account),
        Service::Sqs => [of_queue(call, account)].into(),
        Service::Secrets => [of_secret(call)].into(),
        Service::Events => of_buses(call, account),
    }
}

fn of_tables(call: &AwsCall, account: AccountId) -> BTreeSet<Permission> {
    let on = |action: &str, table: &str| Permission {
        action: format!("dynamodb:{action}"),
        resource: table_arn(table, account),
    };
    match call.operation.as_str() {
        "TransactWriteItems" => parts(&call.body)
            .map(|(action, part)| on(action, name(&part["TableName"])))
            .collect(),
        "BatchGetItem" | "BatchWriteItem" => {
            let tables = call.body["RequestItems"].as_object().into_iter().flatten();
            tables
                .map(|(table, _)| on(&call.operation, table))
                .collect()
        }
        action => {
            let mut needed = on(action, name(&call.body["TableName"]));
            if let Some(index) = call.body["IndexName"].as_str() {
                needed.resource = format!("{}/index/{index}", needed.resource);
            }
            [needed].into()
        }
    }
}

/// The parts of a transaction, each with its action.
fn parts(body: &Json) -> impl Iterator<Item = (&'static str, &Json)> {
    let writes = body["TransactItems"].as_array().into_iter().flatten();
    writes.flat_map(|write| {
        let own = PARTS
            .iter()
            .map(move |(part, action)| (*action, &write[*part]));
        own.filter(|(_, part)| !part.is_null())
    })
}

/// A batch of messages is authorised like one.
fn of_queue(call: &AwsCall, account: AccountId) -> Permission {
    let action = call.operation.trim_end_matches("Batch");
    Permission {
        action: format!("sqs:{action}"),
        resource: queue_arn(call.queue(), account),
    }
}

fn of_buses(call: &AwsCall, account: AccountId) -> BTreeSet<Permission> {
    let entries = call.body["Entries"].as_array().into_iter().flatten();
    let needed = entries.map(|entry| Permission {
        action: format!("events:{}", call.operation),
        resource: bus_arn(name(&entry["EventBusName"]), account),
    });
    needed.collect()
}

fn of_secret(call: &AwsCall) -> Permission {
    Permission {
        action: format!("secretsmanager:{}", call.operation),
        resource: name(&call.body["SecretId"]).to_owned(),
    }
}

fn name(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}
