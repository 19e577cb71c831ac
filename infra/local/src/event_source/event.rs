//! The event that Lambda gives to a function for messages of a queue
//! (<https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>).

use std::collections::HashMap;

use aws_sdk_sqs::types::{Message, MessageAttributeValue};
use serde_json::{Map, Value as Json, json};

use crate::template::REGION;

/// The event for these messages of this queue.
pub(super) fn event(messages: &[Message], queue_arn: &str) -> Json {
    let records: Vec<Json> = messages
        .iter()
        .map(|message| record(message, queue_arn))
        .collect();
    json!({ "Records": records })
}

fn record(message: &Message, queue_arn: &str) -> Json {
    let attributes = message.attributes().into_iter().flatten();
    let attributes: Map<String, Json> = attributes
        .map(|(name, value)| (name.as_str().to_owned(), json!(value)))
        .collect();
    let mut record = json!({
        "messageId": message.message_id(),
        "receiptHandle": message.receipt_handle(),
        "body": message.body(),
        "attributes": attributes,
        "messageAttributes": message_attributes(message.message_attributes()),
        "md5OfBody": message.md5_of_body(),
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": REGION,
    });
    if let Some(digest) = message.md5_of_message_attributes() {
        record["md5OfMessageAttributes"] = json!(digest);
    }
    record
}

fn message_attributes(attributes: Option<&HashMap<String, MessageAttributeValue>>) -> Json {
    let each = attributes.into_iter().flatten().map(|(name, value)| {
        let value = json!({
            "stringValue": value.string_value(),
            "stringListValues": [],
            "binaryListValues": [],
            "dataType": value.data_type(),
        });
        (name.clone(), value)
    });
    Json::Object(each.collect())
}
