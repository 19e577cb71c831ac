//! The secret that an alert carries in its body, since TradingView can't send headers: read
//! for authentication, and blotted out before anything is stored or hashed.

use serde_json::{Map, Value};

use super::body;
use super::fields::{find, scalar_text};

/// The fields that hold a secret, in the order in which they are looked at.
const SECRET_FIELDS: [&str; 6] = ["secret", "passphrase", "apikey", "api_key", "token", "key"];

/// What stands in place of a secret.
const REDACTED: &str = "[redacted]";

/// The secret that the body presents, if it can be read at all; to be compared in constant
/// time. Of a `key` such as `EventName:abc123` it is the part after the last colon.
///
/// ```
/// use domain::alert::presented_secret;
/// assert_eq!(presented_secret(br#"{"key": "Breakout:abc123"}"#).as_deref(), Some("abc123"));
/// assert_eq!(presented_secret(br#"{"ticker": "SPY"}"#), None);
/// ```
pub fn presented_secret(body: &[u8]) -> Option<String> {
    let fields = body::parse(body).ok()?;
    SECRET_FIELDS.into_iter().find_map(|name| {
        let text = find(&fields, name).and_then(scalar_text).filter(|text| !text.is_empty())?;
        let secret = if name == "key" { text.rsplit(':').next()? } else { &text };
        Some(secret.to_owned())
    })
}

/// The body without secrets, on any level, and with its keys sorted: what may be stored, and
/// the same for two bodies that differ in the order of their keys only.
pub(super) fn redacted(fields: &Map<String, Value>) -> Value {
    let mut keys: Vec<_> = fields.keys().collect();
    keys.sort();
    let shown = keys.into_iter().filter_map(|key| {
        let value = fields.get(key)?;
        Some((key.clone(), if is_secret(key) { REDACTED.into() } else { redacted_value(value) }))
    });
    Value::Object(shown.collect())
}

fn redacted_value(value: &Value) -> Value {
    match value {
        Value::Object(fields) => redacted(fields),
        Value::Array(values) => values.iter().map(redacted_value).collect(),
        other => other.clone(),
    }
}

fn is_secret(key: &str) -> bool {
    SECRET_FIELDS.iter().any(|name| key.trim().eq_ignore_ascii_case(name))
}
