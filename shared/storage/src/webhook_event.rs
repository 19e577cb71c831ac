//! What became of each request to the webhook: the accepted, the duplicates, the refused.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::SignalId;
use domain::signal::Signal;
use serde::{Deserialize, Serialize};

use crate::error::StorageError;
use crate::item::{Item, Record, decode, number, number_of, text, text_of};
use crate::keys::Key;

/// The request of an accepted alert, in its signal's item.
const REQUEST: &str = "request_id";
/// How long that took, in milliseconds.
const ELAPSED: &str = "processing_time_ms";
/// How long the events of duplicates and of refused alerts are kept.
pub(crate) const KEPT: TimeDelta = TimeDelta::days(30);

/// What the webhook did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
            None => Key::new(refused_on(self.received_at.date_naive()), sk),
        }
    }

    fn expires_at_s(&self) -> Option<i64> {
        Some((self.received_at + KEPT).timestamp())
    }
}

/// Where the alerts stand that were refused on a date, in UTC.
pub(crate) fn refused_on(date: NaiveDate) -> String {
    format!("REFUSED#{date}")
}

impl WebhookEvent {
    /// Symbol, intent and timeframe, as an event sums its signal up.
    pub fn summary_of(signal: &Signal) -> String {
        let (symbol, intent, timeframe) = (&signal.symbol, signal.intent, signal.timeframe);
        format!("{symbol} {} {timeframe}", intent.kind())
    }

    /// Adds to the item of the signal what it doesn't say of its own request.
    pub(crate) fn add_accepted(&self, signal: &mut Item) {
        signal.insert(REQUEST.to_owned(), text(self.request_id.clone()));
        signal.insert(ELAPSED.to_owned(), number(self.processing_time_ms));
    }

    /// The event of the accepted alert, read out of its signal's item.
    pub(crate) fn of_accepted(item: &Item) -> Result<Self, StorageError> {
        let signal = decode::<Signal>(item.clone())?.record;
        Ok(Self {
            request_id: text_of(item, REQUEST).unwrap_or_default().to_owned(),
            received_at: signal.received_at,
            outcome: WebhookOutcome::Accepted,
            http_status: 200,
            signal_id: Some(signal.signal_id),
            problems: Vec::new(),
            summary: Some(Self::summary_of(&signal)),
            processing_time_ms: number_of(item, ELAPSED).unwrap_or_default(),
        })
    }
}
