//! The attributes that a queue is configured with, as SQS writes them: everything is a text.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::error::SqsError;
use super::message::LARGEST_BYTES;

/// How a queue behaves. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Configuration {
    pub(super) visibility_s: u32,
    pub(super) delay_s: u32,
    pub(super) retention_s: u32,
    pub(super) wait_s: u32,
    pub(super) largest_bytes: u32,
    pub(super) redrive: Option<RedrivePolicy>,
}

/// Where messages go that were received too often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RedrivePolicy {
    pub(super) dead_letter_target_arn: String,
    #[serde(deserialize_with = "number_or_text")]
    pub(super) max_receive_count: u32,
}

/// Attributes by name.
pub(super) type Attributes = BTreeMap<String, String>;

impl Default for Configuration {
    fn default() -> Self {
        Self {
            visibility_s: 30,
            delay_s: 0,
            retention_s: 4 * 24 * 3600,
            wait_s: 0,
            largest_bytes: LARGEST_BYTES,
            redrive: None,
        }
    }
}

impl Configuration {
    /// The configuration of a queue.
    pub(super) fn of(connection: &Connection, queue: &str) -> Result<Self, SqsError> {
        let text: Option<String> = connection
            .prepare_cached("SELECT attributes FROM queue WHERE name = ?1")?
            .query_row(params![queue], |row| row.get(0))
            .optional()?;
        let text = text.ok_or(SqsError::QueueDoesNotExist)?;
        serde_json::from_str(&text).map_err(|error| SqsError::Internal(error.to_string()))
    }

    /// As a text for the database.
    pub(super) fn stored(&self) -> Result<String, SqsError> {
        serde_json::to_string(self).map_err(|error| SqsError::Internal(error.to_string()))
    }

    /// Changes what these attributes name.
    pub(super) fn set(&mut self, attributes: &Attributes) -> Result<(), SqsError> {
        for (name, value) in attributes {
            match name.as_str() {
                "VisibilityTimeout" => self.visibility_s = within(name, value, 0, 43_200)?,
                "DelaySeconds" => self.delay_s = within(name, value, 0, 900)?,
                "MessageRetentionPeriod" => self.retention_s = within(name, value, 60, 1_209_600)?,
                "ReceiveMessageWaitTimeSeconds" => self.wait_s = within(name, value, 0, 20)?,
                "MaximumMessageSize" => {
                    self.largest_bytes = within(name, value, 1024, LARGEST_BYTES)?;
                }
                "RedrivePolicy" => self.redrive = redrive(value)?,
                // How messages are encrypted, and who may use the queue, has no part here.
                "KmsMasterKeyId"
                | "KmsDataKeyReusePeriodSeconds"
                | "SqsManagedSseEnabled"
                | "Policy"
                | "RedriveAllowPolicy" => {}
                _ => return Err(SqsError::InvalidAttributeName(name.clone())),
            }
        }
        Ok(())
    }

    /// All of it by attribute name.
    pub(super) fn written(&self) -> Attributes {
        let mut attributes = Attributes::from([
            (
                "VisibilityTimeout".to_owned(),
                self.visibility_s.to_string(),
            ),
            ("DelaySeconds".to_owned(), self.delay_s.to_string()),
            (
                "MessageRetentionPeriod".to_owned(),
                self.retention_s.to_string(),
            ),
            (
                "ReceiveMessageWaitTimeSeconds".to_owned(),
                self.wait_s.to_string(),
            ),
            (
                "MaximumMessageSize".to_owned(),
                self.largest_bytes.to_string(),
            ),
        ]);
        let redrive = self
            .redrive
            .as_ref()
            .and_then(|redrive| serde_json::to_string(redrive).ok());
        attributes.extend(redrive.map(|redrive| ("RedrivePolicy".to_owned(), redrive)));
        attributes
    }
}

impl RedrivePolicy {
    /// The name of the dead-letter queue.
    pub(super) fn target(&self) -> &str {
        self.dead_letter_target_arn
            .rsplit(':')
            .next()
            .unwrap_or_default()
    }
}

fn within(name: &str, value: &str, low: u32, high: u32) -> Result<u32, SqsError> {
    let value = value
        .parse()
        .ok()
        .filter(|value| (low..=high).contains(value));
    value.ok_or_else(|| SqsError::InvalidAttributeValue(name.to_owned()))
}

fn redrive(text: &str) -> Result<Option<RedrivePolicy>, SqsError> {
    if text.is_empty() {
        return Ok(None);
    }
    let policy: Option<RedrivePolicy> = serde_json::from_str(text).ok();
    policy
        .filter(|policy| (1..=1000).contains(&policy.max_receive_count))
        .map(Some)
        .ok_or_else(|| SqsError::InvalidAttributeValue("RedrivePolicy".to_owned()))
}

fn number_or_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum NumberOrText {
        Number(u32),
        Text(String),
    }
    match NumberOrText::deserialize(deserializer)? {
        NumberOrText::Number(number) => Ok(number),
        NumberOrText::Text(text) => text.parse().map_err(serde::de::Error::custom),
    }
}
