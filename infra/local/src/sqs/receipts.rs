//! What a receiver may do with a message that it holds: delete it, or change how long it
//! stays hidden. It shows the receipt of its receive; a later receive makes that one stale.

use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use uuid::Uuid;

use super::attributes::Configuration;
use super::batch::{BatchAnswer, BatchRequest, Nothing};
use super::error::SqsError;
use super::receive::within;
use super::{Sqs, queue_name};
use crate::json_protocol::{Answer, request};

/// Names one receive of one message.
#[derive(Debug)]
pub(super) struct Receipt {
    queue: String,
    pub(super) sequence: i64,
    pub(super) nonce: String,
}

impl Receipt {
    /// A receipt that nobody else has.
    pub(super) fn new(queue: &str, sequence: i64) -> Self {
        Self {
            queue: queue.to_owned(),
            sequence,
            nonce: Uuid::new_v4().to_string(),
        }
    }

    /// As the receiver gets it. What is in it is nobody's business.
    pub(super) fn receipt_handle(&self) -> String {
        hex::encode(format!("{}/{}/{}", self.queue, self.sequence, self.nonce))
    }

    fn read(receipt_handle: &str, queue: &str) -> Result<Self, SqsError> {
        let text = hex::decode(receipt_handle)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let receipt = text.as_deref().and_then(|text| {
            let mut parts = text.splitn(3, '/');
            let (queue, sequence, nonce) = (parts.next()?, parts.next()?, parts.next()?);
            let sequence = sequence.parse().ok()?;
            Some(Self {
                queue: queue.to_owned(),
                sequence,
                nonce: nonce.to_owned(),
            })
        });
        receipt
            .filter(|receipt| receipt.queue == queue)
            .ok_or(SqsError::ReceiptHandleIsInvalid)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Alone<T> {
    queue_url: String,
    #[serde(flatten)]
    request: T,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Deletion {
    receipt_handle: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct VisibilityChange {
    receipt_handle: String,
    visibility_timeout: Option<u32>,
}

impl Sqs {
    /// Deletes one message. A stale receipt deletes nothing, and that's no error.
    pub(super) async fn delete(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let Alone { queue_url, request } =
            request::<Alone<Deletion>>(body).map_err(SqsError::Serialization)?;
        let queue = queue_name(&queue_url);
        self.database
            .run(move |connection| {
                Configuration::of(connection, &queue)?;
                request.apply(connection, &queue)
            })
            .await?;
        Ok(Answer::empty())
    }

    /// Deletes up to ten messages.
    pub(super) async fn delete_batch(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let batch: BatchRequest<Deletion> = request(body).map_err(SqsError::Serialization)?;
        let queue = queue_name(&batch.queue_url);
        let answer = self
            .database
            .run(move |connection| {
                Configuration::of(connection, &queue)?;
                batch.check()?;
                Ok(BatchAnswer::of_each(batch.entries, |each| {
                    each.apply(connection, &queue)
                }))
            })
            .await?;
        Ok(Answer::of(answer))
    }

    /// Hides one message for so long from now on.
    pub(super) async fn change_visibility(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let Alone { queue_url, request } =
            request::<Alone<VisibilityChange>>(body).map_err(SqsError::Serialization)?;
        let queue = queue_name(&queue_url);
        let own_name = queue.clone();
        let now_ms = self.clock.now_ms();
        self.database
            .run(move |connection| {
                Configuration::of(connection, &queue)?;
                request.apply(connection, &queue, now_ms)
            })
            .await?;
        self.wakeups.ring(&own_name);
        Ok(Answer::empty())
    }

    /// Hides up to ten messages, each for its own time from now on.
    pub(super) async fn change_visibility_batch(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let batch: BatchRequest<VisibilityChange> =
            request(body).map_err(SqsError::Serialization)?;
        let queue = queue_name(&batch.queue_url);
        let own_name = queue.clone();
        let now_ms = self.clock.now_ms();
        let answer = self
            .database
            .run(move |connection| {
                Configuration::of(connection, &queue)?;
                batch.check()?;
                let change = |each: VisibilityChange| each.apply(connection, &queue, now_ms);
                Ok(BatchAnswer::of_each(batch.entries, change))
            })
            .await?;
        self.wakeups.ring(&own_name);
        Ok(Answer::of(answer))
    }
}

impl Deletion {
    fn apply(&self, connection: &Connection, queue: &str) -> Result<Nothing, SqsError> {
        let receipt = Receipt::read(&self.receipt_handle, queue)?;
        connection
            .prepare_cached(
                "DELETE FROM message WHERE queue = ?1 AND sequence = ?2 AND receipt = ?3",
            )?
            .execute(params![queue, receipt.sequence, receipt.nonce])?;
        Ok(Nothing {})
    }
}

impl VisibilityChange {
    fn apply(
        &self,
        connection: &Connection,
        queue: &str,
        now_ms: i64,
    ) -> Result<Nothing, SqsError> {
        let hidden_s = self
            .visibility_timeout
            .ok_or(SqsError::MissingParameter("VisibilityTimeout"))?;
        within("VisibilityTimeout", Some(hidden_s), 0, 43_200)?;
        let receipt = Receipt::read(&self.receipt_handle, queue)?;
        if receipt.visible_ms(connection)? <= now_ms {
            return Err(SqsError::MessageNotInflight);
        }
        connection
            .prepare_cached("UPDATE message SET visible_ms = ?2 WHERE sequence = ?1")?
            .execute(params![
                receipt.sequence,
                now_ms + i64::from(hidden_s) * 1000
            ])?;
        Ok(Nothing {})
    }
}

impl Receipt {
    /// When the message of this receipt is visible again; the receipt must be the latest one.
    fn visible_ms(&self, connection: &Connection) -> Result<i64, SqsError> {
        let visible_ms = connection
            .prepare_cached(
                "SELECT visible_ms FROM message WHERE queue = ?1 AND sequence = ?2 AND receipt = ?3",
            )?
            .query_row(params![self.queue, self.sequence, self.nonce], |row| row.get(0))
            .optional()?;
        visible_ms.ok_or_else(|| SqsError::InvalidParameterValue(format!(
            "Value {} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.",
            self.receipt_handle()
        )))
    }
}
