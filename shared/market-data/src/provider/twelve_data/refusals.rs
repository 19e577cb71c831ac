//! What Twelve Data's refusals mean. They are objects with a code, of a whole answer or of one
//! symbol in it, and HTTP's status may be 200 all the same.

use std::borrow::Cow;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::MarketError;
use crate::provider::answer::Answer;
use crate::provider::number::Number;
use crate::provider::{not_offered, unknown};

/// How much of its words is passed on.
const MESSAGE_CHARS_MAX: usize = 160;
/// The code of an error that has none.
const CODE_OF_NONE: u16 = 500;

#[derive(Deserialize)]
struct Refusal<'a> {
    #[serde(default)]
    code: Option<Number>,
    #[serde(borrow, default)]
    message: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    status: Option<Cow<'a, str>>,
}

/// Tells an answer from a refusal of all of it. `subject` is the one symbol that was asked for,
/// if it was one.
pub(super) fn check(answer: &Answer, subject: Option<&str>) -> Result<(), MarketError> {
    if let Ok(body) = answer.json::<&RawValue>() {
        check_row(answer, body, subject)?;
    }
    match answer.status {
        200..=299 => Ok(()),
        code => Err(meaning(answer, code, "", subject)),
    }
}

/// Tells what stands under a symbol from a refusal of that symbol.
pub(super) fn check_row(
    answer: &Answer,
    row: &RawValue,
    subject: Option<&str>,
) -> Result<(), MarketError> {
    let Ok(refusal) = serde_json::from_str::<Refusal<'_>>(row.get()) else {
        return Ok(());
    };
    let is_error = refusal.status.as_deref() == Some("error");
    if !is_error && refusal.code.is_none() {
        return Ok(());
    }
    let code = refusal.code.and_then(Number::count);
    let code = code.and_then(|code| u16::try_from(code).ok());
    let code = code.unwrap_or(CODE_OF_NONE);
    let message = refusal.message.as_deref().unwrap_or_default();
    Err(meaning(answer, code, message, subject))
}

fn meaning(answer: &Answer, code: u16, message: &str, subject: Option<&str>) -> MarketError {
    let is_unknown = code == 404 || (code == 400 && message.contains("not found"));
    match (code, subject) {
        (401, _) => answer.bad_credentials(),
        (403, _) => answer.not_entitled(),
        (429, _) => limited(answer, message),
        (_, Some(subject)) if is_unknown => unknown(answer.provider, subject),
        (400..=499, _) => {
            let message: String = message.chars().take(MESSAGE_CHARS_MAX).collect();
            let what = format!("answer to this ({code}: {message})");
            not_offered(answer.provider, &what)
        }
        _ => answer.unavailable_since(format!("it answered {code}")),
    }
}

/// The credits of a day come back at midnight UTC, those of a minute with the next minute.
fn limited(answer: &Answer, message: &str) -> MarketError {
    let now = answer.received_at;
    if message.contains("for the day") {
        answer.rate_limited_for(ms_until(now, next_midnight(now)))
    } else if message.contains("minute") {
        answer.rate_limited_for(answer.ms_to_next_minute())
    } else {
        answer.rate_limited()
    }
}

fn next_midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let today = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    today + TimeDelta::days(1)
}

fn ms_until(now: DateTime<Utc>, then: DateTime<Utc>) -> u64 {
    u64::try_from((then - now).num_milliseconds()).unwrap_or(0)
}
