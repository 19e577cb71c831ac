//! One call to AWS, and a name for it that tells a person what it does: who calls, what, and
//! which kinds of items or which queue are concerned.

use std::collections::BTreeSet;
use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use serde_json::Value as Json;

/// A service that the product talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// The tables.
    DynamoDb,
    /// The queues.
    Sqs,
    /// The secrets.
    Secrets,
    /// The event bus.
    Events,
}

/// A call on its way.
#[derive(Debug)]
pub struct AwsCall {
    /// The function that calls, by its binary's name.
    pub caller: String,
    /// Whom it calls.
    pub service: Service,
    /// `PutItem`, `SendMessage` and so on.
    pub operation: String,
    /// The request's body.
    pub body: Json,
    /// The request as the SDK made it.
    pub(super) request: HttpRequest,
}

impl AwsCall {
    /// Reads the call out of the SDK's request; none for a protocol that isn't one of AWS's.
    pub(super) fn of(caller: &str, request: HttpRequest) -> Option<Self> {
        let target = request.headers().get("x-amz-target")?;
        let (service, operation) = target.split_once('.')?;
        let service = match service {
            "AmazonSQS" => Service::Sqs,
            "secretsmanager" => Service::Secrets,
            "AWSEvents" => Service::Events,
            other if other.starts_with("DynamoDB") => Service::DynamoDb,
            _ => return None,
        };
        Some(Self {
            caller: caller.to_owned(),
            service,
            operation: operation.to_owned(),
            body: serde_json::from_slice(request.body().bytes()?).ok()?,
            request,
        })
    }

    /// The same call once more.
    #[must_use]
    pub fn copy(&self) -> Self {
        // A body in memory can always be copied; the SDK streams none of these calls.
        let request = self.request.try_clone().unwrap_or_else(HttpRequest::empty);
        Self {
            caller: self.caller.clone(),
            service: self.service,
            operation: self.operation.clone(),
            body: self.body.clone(),
            request,
        }
    }

    /// Sets a parameter of the request. Its signature no longer fits, which nobody here checks.
    pub fn set(&mut self, name: &str, value: Json) {
        self.body[name] = value;
        *self.request.body_mut() = SdkBody::from(self.body.to_string());
        self.request.headers_mut().remove("content-length");
    }

    /// Whether it may change anything: a write to a table, a message sent, or an event told.
    pub fn is_write(&self) -> bool {
        let writes = [
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            "TransactWriteItems",
            "SendMessage",
            "SendMessageBatch",
            "PutEvents",
        ];
        writes.contains(&self.operation.as_str())
    }

    /// What it concerns: the kinds of items, the index, or the queue.
    pub fn subject(&self) -> String {
        match self.operation.as_str() {
            "TransactWriteItems" => self.transaction_kinds().join("+"),
            "PutItem" => kind_of(&self.body["Item"]),
            "GetItem" | "UpdateItem" => kind_of(&self.body["Key"]),
            "Query" => self.queried(),
            "SendMessage" | "SendMessageBatch" => self.queue().to_owned(),
            "BatchGetItem" | "BatchWriteItem" => self.batched_kinds().join("+"),
            "PutEvents" => self.event_kinds().join("+"),
            _ => String::new(),
        }
    }

    /// The queue that a message goes to, by name.
    pub fn queue(&self) -> &str {
        let url = self.body["QueueUrl"].as_str().unwrap_or_default();
        url.rsplit('/').next().unwrap_or_default()
    }

    /// What it writes to a table, each as the item that it puts or the key that it updates.
    pub fn written_items(&self) -> impl Iterator<Item = &Json> {
        let alone = match self.operation.as_str() {
            "PutItem" => Some(&self.body["Item"]),
            "UpdateItem" => Some(&self.body["Key"]),
            _ => None,
        };
        let writes = self.body["TransactItems"].as_array().into_iter().flatten();
        let together = writes.map(|write| {
            let put = &write["Put"]["Item"];
            if put.is_null() {
                &write["Update"]["Key"]
            } else {
                put
            }
        });
        alone.into_iter().chain(together)
    }

    /// Every table's keys that it reads, or items that it puts.
    fn batched_kinds(&self) -> Vec<String> {
        let tables = self.body["RequestItems"].as_object().into_iter().flatten();
        let of_table = tables.flat_map(|(_, asked)| {
            let keys = asked["Keys"].as_array().into_iter().flatten();
            let puts = asked.as_array().into_iter().flatten();
            let puts = puts.map(|put| &put["PutRequest"]["Item"]);
            keys.map(sort_part).chain(puts.map(kind_of))
        });
        of_table.collect::<BTreeSet<String>>().into_iter().collect()
    }

    fn event_kinds(&self) -> Vec<String> {
        let events = self.body["Entries"].as_array().into_iter().flatten();
        let kinds = events.filter_map(|event| Some(event["DetailType"].as_str()?.to_owned()));
        kinds.collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn transaction_kinds(&self) -> Vec<String> {
        let kinds: BTreeSet<String> = self.written_items().map(kind_of).collect();
        kinds.into_iter().collect()
    }

    fn queried(&self) -> String {
        let values = &self.body["ExpressionAttributeValues"];
        if let Some(index) = self.body["IndexName"].as_str() {
            let state = values[":state"]["S"].as_str().unwrap_or_default();
            return format!("{index} {}", state.trim_end_matches("#0"));
        }
        first_part(values[":pk"]["S"].as_str().unwrap_or_default())
    }
}

/// The kind that an item says it is; of a key, what its partition holds.
fn kind_of(item: &Json) -> String {
    let kind = item["kind"]["S"].as_str();
    kind.map_or_else(
        || first_part(item["pk"]["S"].as_str().unwrap_or_default()),
        str::to_owned,
    )
}

/// What a key's item is: the first part of its sort key, such as `WATCH` of `WATCH#A`.
fn sort_part(key: &Json) -> String {
    let sk = key["sk"]["S"].as_str().unwrap_or_default();
    sk.split('#').next().unwrap_or_default().to_owned()
}

/// `RISK` of `RISK#A`; partitions without such a part are evidence, named by its hash.
fn first_part(pk: &str) -> String {
    match pk.split_once('#') {
        Some((part, _)) => part.to_owned(),
        None if pk.is_empty() => String::new(),
        None => "EVIDENCE".to_owned(),
    }
}

impl fmt::Display for AwsCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.caller, self.operation)?;
        let subject = self.subject();
        if subject.is_empty() {
            Ok(())
        } else {
            write!(f, " {subject}")
        }
    }
}
