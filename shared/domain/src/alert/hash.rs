//! What makes two alerts the same signal.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::signal::Intent;
use crate::symbol::Symbol;
use crate::timeframe::Timeframe;

/// What goes into a signal's hash, all normalised.
pub(super) struct Identity<'a> {
    pub(super) symbol: &'a Symbol,
    pub(super) intent: Intent,
    pub(super) timeframe: Timeframe,
    pub(super) timestamp: DateTime<Utc>,
    /// Where the alert told no time: its body's hash stands for the moment.
    pub(super) body_sha256: Option<&'a str>,
    /// As its author writes it: the name's case may matter to them.
    pub(super) strategy: Option<&'a str>,
}

impl Identity<'_> {
    /// SHA-256 of `SPY:long:5m:2026-06-24T14:15:00Z`, followed by the body's hash, the
    /// strategy, and the intent where it isn't an entry. An exit's direction is `flat`.
    pub(super) fn hash(&self) -> String {
        let direction = self
            .intent
            .direction()
            .map_or_else(|| "flat".to_owned(), |side| side.to_string());
        let timestamp = self.timestamp.format("%Y-%m-%dT%H:%M:%SZ");
        let mut text = format!("{}:{direction}:{}:{timestamp}", self.symbol, self.timeframe);
        let not_entry = !matches!(self.intent, Intent::Entry(_));
        let more = [
            self.body_sha256,
            self.strategy,
            not_entry.then(|| self.intent.kind()),
        ];
        for part in more.into_iter().flatten() {
            text.push(':');
            text.push_str(part);
        }
        sha256_hex(&text)
    }
}

/// SHA-256 of a redacted body, whose keys are sorted, written without spaces.
pub(super) fn body_sha256(redacted: &Value) -> String {
    sha256_hex(&redacted.to_string())
}

fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}
