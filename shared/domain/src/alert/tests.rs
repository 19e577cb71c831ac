//! Alerts as they are sent, and what must come of them.

mod identity;
mod positions;
mod properties;
mod refusals;
mod templates;
mod times;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{ReadError, read};
use crate::signal::Signal;

/// The moment at which the alerts of these tests come in.
const RECEIVED_AT: &str = "2026-06-24T14:15:04Z";

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn read_text(body: &str) -> Result<Signal, ReadError> {
    read(body.as_bytes(), utc(RECEIVED_AT))
}

fn read_json(body: &Value) -> Result<Signal, ReadError> {
    read_text(&body.to_string())
}

/// A good alert with some of its fields replaced, or taken out by null.
fn alert_with(changes: &Value) -> Value {
    let mut alert = json!({
        "symbol": "SPY", "direction": "long", "timeframe": "5m", "timestamp": "2026-06-24T14:15:03Z",
    });
    for (key, value) in changes.as_object().unwrap() {
        alert[key] = value.clone();
    }
    alert
}

/// The intent and its side in words: `reverse long`, `exit`.
fn intent_in_words(signal: &Signal) -> String {
    match signal.intent.direction() {
        Some(direction) => format!("{} {direction}", signal.intent.kind()),
        None => signal.intent.kind().to_owned(),
    }
}

/// The fields that were refused, in their order.
fn refused(body: &str) -> Vec<String> {
    let error = read_text(body).expect_err(body);
    error
        .problems()
        .iter()
        .map(|problem| problem.field.clone())
        .collect()
}
