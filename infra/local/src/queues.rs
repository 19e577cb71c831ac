//! Creates the queues of a template in any SQS, and brings those that exist to what is
//! declared. Messages stay. It also tells how those that exist differ.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::{DisplayErrorContext, SdkError};
use aws_sdk_sqs::types::QueueAttributeName as Name;

use crate::account::AccountId;
use crate::template::{Queue, queue_arn};

/// A queue that couldn't be created or changed.
#[derive(Debug, thiserror::Error)]
#[error("the queue {queue}: {reason}")]
pub struct QueuesError {
    queue: String,
    reason: String,
}

/// Creates these queues of this account and sets their attributes; the dead-letter queues exist by then.
pub async fn create_queues(
    client: &Client,
    queues: &[Queue],
    account: AccountId,
) -> Result<(), QueuesError> {
    let mut created = Vec::new();
    for queue in queues {
        let answer = client.create_queue().queue_name(&queue.name).send().await;
        let url = answer
            .map_err(|error| failed(queue, error))?
            .queue_url
            .unwrap_or_default();
        created.push((queue, url));
    }
    for (queue, url) in created {
        let request = client.set_queue_attributes().queue_url(url);
        let answer = request
            .set_attributes(Some(attributes(queue, account)))
            .send()
            .await;
        answer.map_err(|error| failed(queue, error))?;
    }
    Ok(())
}

fn failed<E: std::error::Error + 'static>(queue: &Queue, error: E) -> QueuesError {
    let reason = DisplayErrorContext(&error).to_string();
    QueuesError {
        queue: queue.name.clone(),
        reason,
    }
}

fn attributes(queue: &Queue, account: AccountId) -> HashMap<Name, String> {
    let redrive = queue.redrive.as_ref().map(|redrive| {
        let arn = queue_arn(&redrive.dead_letter_queue, account);
        serde_json::json!({ "deadLetterTargetArn": arn, "maxReceiveCount": redrive.max_receive_count })
            .to_string()
    });
    HashMap::from([
        (
            Name::VisibilityTimeout,
            queue.visibility_timeout_s.to_string(),
        ),
        (Name::DelaySeconds, queue.delay_s.to_string()),
        (Name::MessageRetentionPeriod, queue.retention_s.to_string()),
        (
            Name::ReceiveMessageWaitTimeSeconds,
            queue.receive_wait_s.to_string(),
        ),
        // An empty text takes an earlier policy away.
        (Name::RedrivePolicy, redrive.unwrap_or_default()),
    ])
}

/// What there is of a declared queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueState {
    /// How it differs from what is declared, each difference in words.
    pub differences: Vec<String>,
    /// Messages that wait, are delayed, or are being worked on.
    pub messages: u64,
}

/// Looks at a queue; none where there is no such queue.
pub async fn look(
    client: &Client,
    queue: &Queue,
    account: AccountId,
) -> Result<Option<QueueState>, QueuesError> {
    let found = client.get_queue_url().queue_name(&queue.name).send().await;
    let url = match found {
        Ok(found) => found.queue_url.unwrap_or_default(),
        Err(SdkError::ServiceError(error)) if error.err().is_queue_does_not_exist() => {
            return Ok(None);
        }
        Err(error) => return Err(failed(queue, error)),
    };
    let request = client.get_queue_attributes().queue_url(url);
    let answer = request.attribute_names(Name::All).send().await;
    let answer = answer.map_err(|error| failed(queue, error))?;
    let present = answer.attributes.unwrap_or_default();
    Ok(Some(QueueState {
        differences: differences(&attributes(queue, account), &present),
        messages: DEPTHS
            .iter()
            .filter_map(|name| present.get(name)?.parse::<u64>().ok())
            .sum(),
    }))
}

/// What counts the messages of a queue.
const DEPTHS: [Name; 3] = [
    Name::ApproximateNumberOfMessages,
    Name::ApproximateNumberOfMessagesDelayed,
    Name::ApproximateNumberOfMessagesNotVisible,
];

fn differences(declared: &HashMap<Name, String>, present: &HashMap<Name, String>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, value) in declared {
        let other = present.get(name).map_or("", String::as_str);
        if !means_the_same(value, other) {
            let name = name.as_str();
            found.push(format!("{name} is `{other}` instead of `{value}`"));
        }
    }
    found.sort();
    found
}

/// A redrive policy is JSON, and its members have no order.
fn means_the_same(declared: &str, present: &str) -> bool {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    declared == present || json(declared).is_some_and(|value| json(present) == Some(value))
}
