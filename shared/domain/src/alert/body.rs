//! From the bytes of a request to the fields of an alert: a JSON object, or `KEY=VALUE` pairs.
//! What the content type says doesn't matter, since senders choose it by the text's looks.

use serde_json::{Map, Value};

use super::problem::Problem;

/// The longest body that is read, in bytes. TradingView sends at most about 4,096 characters.
const BODY_BYTES_MAX: usize = 65_536;

/// The most keys that one level of a body may have.
const KEYS_PER_LEVEL_MAX: usize = 64;

const EXPECTED: &str = "must be a JSON object, or KEY=VALUE pairs on lines or between semicolons";

/// The fields of a body. The problem never repeats the text, which may hold a secret.
pub(super) fn parse(body: &[u8]) -> Result<Map<String, Value>, Problem> {
    let fields = parse_text(body_text(body)?)?;
    match narrow(&fields) {
        true => Ok(fields),
        false => Err(problem(format!("has more than {KEYS_PER_LEVEL_MAX} keys on one level"))),
    }
}

fn problem(message: impl Into<String>) -> Problem {
    Problem::new("body", message)
}

fn body_text(body: &[u8]) -> Result<&str, Problem> {
    if body.len() > BODY_BYTES_MAX {
        return Err(problem(format!("is longer than {BODY_BYTES_MAX} bytes")));
    }
    let text = std::str::from_utf8(body).map_err(|_| problem("is not UTF-8 text"))?;
    match text.trim_start_matches('\u{feff}').trim() {
        "" => Err(problem(format!("is empty; it {EXPECTED}"))),
        text => Ok(text),
    }
}

fn parse_text(text: &str) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(problem(EXPECTED)),
        Err(error) if text.starts_with(['{', '[']) => Err(broken_json(&error)),
        Err(_) => parse_pairs(text).ok_or_else(|| problem(EXPECTED)),
    }
}

fn broken_json(error: &serde_json::Error) -> Problem {
    problem(format!(
        "is broken JSON at line {}, column {}; values that may be NaN or empty, and texts that \
         may hold quotes, are the usual cause",
        error.line(),
        error.column()
    ))
}

/// `EXCHANGE=nyse;SYMBOL=SPY`; nothing if any part is not a pair.
fn parse_pairs(text: &str) -> Option<Map<String, Value>> {
    let mut fields = Map::new();
    for pair in text.split(['\n', ';']).map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=')?;
        let known = fields.insert(plain_key(key)?, Value::from(value.trim()));
        if known.is_some() {
            return None;
        }
    }
    Some(fields)
}

fn plain_key(key: &str) -> Option<String> {
    let key = key.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    (!key.is_empty() && key.chars().all(plain)).then(|| key.to_owned())
}

fn narrow(fields: &Map<String, Value>) -> bool {
    fields.len() <= KEYS_PER_LEVEL_MAX && fields.values().all(narrow_value)
}

fn narrow_value(value: &Value) -> bool {
    match value {
        Value::Object(fields) => narrow(fields),
        Value::Array(values) => values.iter().all(narrow_value),
        _ => true,
    }
}
