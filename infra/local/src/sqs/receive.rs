//! Receiving: where there is nothing, the receiver may wait for the first message.

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::error::SqsError;
use super::hand_out::{Handed, Look, look};
use super::{Sqs, queue_name};
use crate::json_protocol::{Answer, request};

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ReceiveRequest {
    pub(super) queue_url: String,
    pub(super) max_number_of_messages: Option<u32>,
    pub(super) visibility_timeout: Option<u32>,
    pub(super) wait_time_seconds: Option<u32>,
    #[serde(default)]
    attribute_names: Vec<String>,
    #[serde(default)]
    message_system_attribute_names: Vec<String>,
    #[serde(default)]
    pub(super) message_attribute_names: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Received {
    #[serde(rename = "Messages")]
    messages: Vec<Handed>,
}

impl Sqs {
    /// Receives up to ten messages, waiting for the first as long as asked.
    pub(super) async fn receive(&self, body: &[u8]) -> Result<Answer, SqsError> {
        let asked: ReceiveRequest = request(body).map_err(SqsError::Serialization)?;
        asked.check()?;
        let bell = self.wakeups.of(&queue_name(&asked.queue_url));
        let started = Instant::now();
        loop {
            // Made before looking, so that a send in between isn't missed.
            let rung = bell.notified();
            let look = self.look(asked.clone()).await?;
            let left = look.wait.saturating_sub(started.elapsed());
            if !look.messages.is_empty() || left.is_zero() || self.stopping.is_cancelled() {
                return Ok(Answer::of(Received {
                    messages: look.messages,
                }));
            }
            let pause = look.next_visible.map_or(left, |next| next.min(left));
            tokio::select! {
                () = rung => {}
                () = tokio::time::sleep(pause) => {}
                () = self.stopping.cancelled() => {}
            }
        }
    }

    async fn look(&self, asked: ReceiveRequest) -> Result<Look, SqsError> {
        let now_ms = self.clock.now_ms();
        let look = self
            .database
            .run(move |connection| look(connection, &asked, now_ms))
            .await?;
        if let Some(queue) = &look.dead_letter_queue {
            self.wakeups.ring(queue);
        }
        Ok(look)
    }
}

impl ReceiveRequest {
    fn check(&self) -> Result<(), SqsError> {
        within("MaxNumberOfMessages", self.max_number_of_messages, 1, 10)?;
        within("VisibilityTimeout", self.visibility_timeout, 0, 43_200)?;
        within("WaitTimeSeconds", self.wait_time_seconds, 0, 20)
    }

    /// Whether this system attribute is asked for.
    pub(super) fn wants(&self, attribute: &str) -> bool {
        let names = self
            .attribute_names
            .iter()
            .chain(&self.message_system_attribute_names);
        names
            .into_iter()
            .any(|name| name == "All" || name == attribute)
    }
}

/// Whether a parameter, if it is given, is between these.
pub(super) fn within(name: &str, value: Option<u32>, low: u32, high: u32) -> Result<(), SqsError> {
    match value {
        Some(value) if !(low..=high).contains(&value) => {
            Err(SqsError::InvalidParameterValue(format!(
                "Value {value} for parameter {name} is invalid. Reason: Must be between {low} and {high}, if provided."
            )))
        }
        _ => Ok(()),
    }
}
