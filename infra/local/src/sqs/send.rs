//! Sending messages, alone and in batches. An answer means that the message is on the disk.

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::attributes::Configuration;
use super::batch::{BatchAnswer, BatchRequest};
use super::error::SqsError;
use super::message::{self, LARGEST_BYTES};
use super::message_attributes::{self, MessageAttributes};
use super::{Sqs, queue_name};
use crate::json_protocol::{Answer, request};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendRequest {
    queue_url: String,
    #[serde(flatten)]
    message: Outgoing,
}

/// What is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outgoing {
    #[serde(default)]
    message_body: String,
    delay_seconds: Option<u32>,
    #[serde(default)]
    message_attributes: MessageAttributes,
}

/// What the sender is told.
#[derive(Debug, Serialize)]
struct Sent {
    #[serde(rename = "MessageId")]
    message_id: String,
    #[serde(rename = "MD5OfMessageBody")]
    md5_of_body: String,
    #[serde(
        rename = "MD5OfMessageAttributes",
        skip_serializing_if = "Option::is_none"
    )]
    md5_of_attributes: Option<String>,
}

impl Sqs {
    /// Sends one message.
    pub(super) async fn send(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let SendRequest { queue_url, message } = request(body).map_err(SqsError::Serialization)?;
        let queue = queue_name(&queue_url);
        let own_name = queue.clone();
        let now_ms = self.clock.now_ms();
        let sent = self
            .database
            .run(move |connection| {
                let configuration = Configuration::of(connection, &queue)?;
                message.insert(connection, &queue, &configuration, now_ms)
            })
            .await?;
        self.wakeups.ring(&own_name);
        Ok(Answer::of(sent))
    }

    /// Sends up to ten messages, each of which may fail alone.
    pub(super) async fn send_batch(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let batch: BatchRequest<Outgoing> = request(body).map_err(SqsError::Serialization)?;
        let queue = queue_name(&batch.queue_url);
        let own_name = queue.clone();
        let now_ms = self.clock.now_ms();
        let answer = self
            .database
            .run(move |connection| {
                let configuration = Configuration::of(connection, &queue)?;
                check_batch(&batch)?;
                Ok(BatchAnswer::of_each(batch.entries, |message| {
                    message.insert(connection, &queue, &configuration, now_ms)
                }))
            })
            .await?;
        self.wakeups.ring(&own_name);
        Ok(Answer::of(answer))
    }
}

fn check_batch(batch: &BatchRequest<Outgoing>) -> Result<(), SqsError> {
    batch.check()?;
    let bytes: usize = batch
        .entries
        .iter()
        .map(|entry| entry.request.bytes())
        .sum();
    if bytes > LARGEST_BYTES as usize {
        return Err(SqsError::BatchRequestTooLong);
    }
    Ok(())
}

impl Outgoing {
    fn bytes(&self) -> usize {
        self.message_body.len() + message_attributes::bytes(&self.message_attributes)
    }

    fn delay_ms(&self, configuration: &Configuration) -> Result<i64, SqsError> {
        let delay_s = self.delay_seconds.unwrap_or(configuration.delay_s);
        if delay_s > 900 {
            return Err(SqsError::InvalidParameterValue(format!(
                "Value {delay_s} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."
            )));
        }
        Ok(i64::from(delay_s) * 1000)
    }

    fn insert(
        self,
        connection: &Connection,
        queue: &str,
        configuration: &Configuration,
        now_ms: i64,
    ) -> Result<Sent, SqsError> {
        message_attributes::check(&self.message_attributes)?;
        let attribute_bytes = message_attributes::bytes(&self.message_attributes);
        message::check_body(
            &self.message_body,
            attribute_bytes,
            configuration.largest_bytes,
        )?;
        let visible_ms = now_ms + self.delay_ms(configuration)?;
        let message_id = Uuid::new_v4().to_string();
        let attributes = serde_json::to_string(&self.message_attributes)
            .map_err(|error| SqsError::Internal(error.to_string()))?;
        connection
            .prepare_cached(
                "INSERT INTO message (queue, message_id, body, attributes, sent_ms, visible_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                queue,
                message_id,
                self.message_body,
                attributes,
                now_ms,
                visible_ms
            ])?;
        Ok(Sent {
            message_id,
            md5_of_body: message::md5_hex(&self.message_body),
            md5_of_attributes: message_attributes::md5_hex(&self.message_attributes),
        })
    }
}
