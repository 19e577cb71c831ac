//! How Massive says no: by HTTP's status, or by a status within an answer of 200.

use chrono::Timelike;

use super::super::answer::Answer;
use super::super::{not_offered, unknown};
use super::wire::{Page, Status};
use crate::MarketError;

/// The shortest wait after too many requests.
const WAIT_MS_MIN: u64 = 1_000;

/// Nothing, if HTTP's status says that the question was answered. `about` is what was asked
/// about.
pub(super) fn accept(answer: &Answer, about: &str) -> Result<(), MarketError> {
    Err(match answer.status {
        200..=299 => return Ok(()),
        401 => answer.bad_credentials(),
        403 => answer.not_entitled(),
        404 => unknown(answer.provider, about),
        429 => too_many(answer),
        400..=499 => not_offered(
            answer.provider,
            &format!("answer to this {}", words(answer)),
        ),
        _ => answer.unavailable(),
    })
}

/// A page, if neither HTTP's status nor its own says no.
pub(super) fn page<'a>(answer: &'a Answer, about: &str) -> Result<Page<'a>, MarketError> {
    accept(answer, about)?;
    let page: Page<'a> = answer.json()?;
    match page.status {
        Some(Status::Error) => Err(failed(answer)),
        Some(Status::NotAuthorized) => Err(answer.not_entitled()),
        Some(Status::NotFound) => Err(unknown(answer.provider, about)),
        Some(Status::Ok | Status::Delayed | Status::Other) | None => Ok(page),
    }
}

/// Requests are counted by the minute, and no header tells more.
fn too_many(answer: &Answer) -> MarketError {
    if answer.header("retry-after").is_some() {
        return answer.rate_limited();
    }
    let time = answer.received_at.time();
    let gone_ms = u64::from(time.second()) * 1_000 + u64::from(time.nanosecond() / 1_000_000);
    let wait_ms = 60_000_u64.saturating_sub(gone_ms);
    answer.rate_limited_for(wait_ms.max(WAIT_MS_MIN))
}

/// An answer that is an error under a status of success.
fn failed(answer: &Answer) -> MarketError {
    MarketError::Unavailable {
        provider: answer.provider.to_string(),
        detail: format!("it answered an error {}", words(answer)),
    }
}

/// Its status and its own words.
fn words(answer: &Answer) -> String {
    let words = answer.text_under(&["error", "message"]);
    let words = words.as_deref().unwrap_or("without a reason");
    format!("({}: {words})", answer.status)
}
