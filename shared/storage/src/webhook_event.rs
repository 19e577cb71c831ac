//! What became of each request to the webhook: the accepted, the duplicates, the refused.

use chrono::{DateTime, TimeDelta, Utc};
use domain::SignalId;
use serde::{Deserialize, Serialize};

use crate::item::Record;
use crate::keys::Key;

/// How long the events of duplicates and of refused alerts are kept.
const KEPT: TimeDelta = TimeDelta::days(30);

/// What the webhook did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookOutcome {
    /// A signal was written.
    Accepted,
    /// The signal was there already.
    Duplicate,
    /// The sender could not be verified.
    Unauthorized,
    /// The alert could not be understood.
    Invalid,
    /// The alert is too old, or ahead of time.
    Stale,
    /// The body is too large.
    TooLarge,
}

/// One request to the webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookEvent {
    /// The request's id.
    pub request_id: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// What became of it.
    pub outcome: WebhookOutcome,
    /// The HTTP status that was answered.
    pub http_status: u16,
    /// The signal, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signal_id: Option<SignalId>,
    /// What was wrong, by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    /// Symbol, direction and timeframe, where they could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// How long it took to get so far, in milliseconds of real time.
    pub processing_time_ms: u64,
}

impl Record for WebhookEvent {
    const KIND: &'static str = "WEBHOOK";

    fn key(&self) -> Key {
        let at_ms = self.received_at.timestamp_millis();
        let sk = format!("{}#{at_ms}#{}", Self::KIND, self.request_id);
        match self.signal_id {
            Some(signal_id) => Key::in_trace(signal_id, sk),
            None => Key::new(format!("REFUSED#{}", self.received_at.date_naive()), sk),
        }
    }

    fn listed_at_ms(&self) -> Option<i64> {
        // Accepted alerts are listed as signals.
        let listed = self.outcome != WebhookOutcome::Accepted;
        listed.then(|| self.received_at.timestamp_millis())
    }

    fn expires_at_s(&self) -> Option<i64> {
        let kept_for_good = self.outcome == WebhookOutcome::Accepted;
        (!kept_for_good).then(|| (self.received_at + KEPT).timestamp())
    }
}
