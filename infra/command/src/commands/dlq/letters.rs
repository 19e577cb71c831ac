//! Looks at the messages of a dead-letter queue without taking them out. SQS can only show what it
//! hands out, so they are hidden for a moment and then put back.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, Message, MessageAttributeValue,
    MessageSystemAttributeName,
};
use chrono::{DateTime, Utc};
use runtime::queues::depth::depth_of;

use super::AnyError;

/// What this command has received stays hidden so long if it dies before it puts it back.
const HIDDEN_S: i32 = 60;
/// SQS hands out so many at once.
const BATCH_MAX: u32 = 10;
/// A receive that waits asks all of SQS's servers, so that an empty answer means something.
const WAIT_S: i32 = 1;

/// A message that was put aside.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub(super) id: String,
    pub(super) body: String,
    /// Receipts altogether: those before it was put aside, and every look at it since.
    pub(super) receives: u32,
    /// When it was sent first.
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) attributes: Option<HashMap<String, MessageAttributeValue>>,
    /// By which SQS knows this receipt.
    pub(super) receipt: String,
}

impl Letter {
    fn of(message: Message) -> Self {
        let system = message.attributes.unwrap_or_default();
        let count = |name| system.get(&name).and_then(|text| text.parse::<i64>().ok());
        let receives = count(MessageSystemAttributeName::ApproximateReceiveCount);
        let sent_ms = count(MessageSystemAttributeName::SentTimestamp);
        Self {
            id: message.message_id.unwrap_or_default(),
            body: message.body.unwrap_or_default(),
            receives: receives
                .and_then(|it| it.try_into().ok())
                .unwrap_or_default(),
            sent_at: sent_ms.and_then(DateTime::from_timestamp_millis),
            attributes: message.message_attributes,
            receipt: message.receipt_handle.unwrap_or_default(),
        }
    }
}

/// How many messages there are, about: also those that somebody looks at right now.
pub(super) async fn depth(sqs: &Client, url: &str) -> Result<u64, AnyError> {
    Ok(depth_of(sqs, url).await?.total())
}

/// Receives up to so many messages, and no more than SQS gives at once.
pub(super) async fn receive(sqs: &Client, url: &str, most: u32) -> Result<Vec<Letter>, AnyError> {
    let most = i32::try_from(most.min(BATCH_MAX)).unwrap_or(1);
    let request = sqs.receive_message().queue_url(url);
    let request = request
        .max_number_of_messages(most)
        .visibility_timeout(HIDDEN_S)
        .wait_time_seconds(WAIT_S)
        .message_attribute_names("All")
        .message_system_attribute_names(MessageSystemAttributeName::All);
    let messages = request.send().await?.messages.unwrap_or_default();
    Ok(messages.into_iter().map(Letter::of).collect())
}

/// Up to so many messages, which are there again when this returns.
pub(super) async fn peek(sqs: &Client, url: &str, most: u32) -> Result<Vec<Letter>, AnyError> {
    let (mut seen, mut left) = (Vec::new(), most);
    while left > 0 {
        let some = receive(sqs, url, left).await?;
        if some.is_empty() {
            break;
        }
        left = left.saturating_sub(u32::try_from(some.len()).unwrap_or(u32::MAX));
        seen.extend(some);
    }
    put_back(sqs, url, &seen).await?;
    Ok(seen)
}

/// Lets others see these messages again, at once. Those that can't be put back come back by
/// themselves.
pub(super) async fn put_back(sqs: &Client, url: &str, seen: &[Letter]) -> Result<(), AnyError> {
    for some in seen.chunks(BATCH_MAX as usize) {
        let entries = some.iter().enumerate().map(|(number, letter)| {
            ChangeMessageVisibilityBatchRequestEntry::builder()
                .id(number.to_string())
                .receipt_handle(&letter.receipt)
                .visibility_timeout(0)
                .build()
        });
        let entries: Result<Vec<_>, _> = entries.collect();
        let request = sqs.change_message_visibility_batch().queue_url(url);
        request.set_entries(Some(entries?)).send().await?;
    }
    Ok(())
}
