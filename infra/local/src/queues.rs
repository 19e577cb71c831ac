//! Creates the queues of a template in any SQS, and brings those that exist to what is
//! declared. Messages stay.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::DisplayErrorContext;
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
