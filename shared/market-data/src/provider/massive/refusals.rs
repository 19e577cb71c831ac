//! How Massive says no: by HTTP's status, or by a status within an answer of 200.

use super::super::answer::Answer;
use super::super::unknown;
use super::wire::{Page, Status};
use crate::MarketError;

/// The shortest wait after too many requests.
const WAIT_MS_MIN: u64 = 1_000;
/// Under which names it says in words what is wrong.
const WORDS: [&str; 2] = ["error", "message"];

/// Nothing, if HTTP's status says that the question was answered. `about` is what was asked
/// about.
pub(super) fn accept(answer: &Answer, about: &str) -> Result<(), MarketError> {
    Err(match answer.status {
        200..=299 => return Ok(()),
        401 => answer.bad_credentials(),
        403 => answer.not_entitled(),
        404 => unknown(answer.provider, about),
        429 => too_many(answer),
        400..=499 => answer.refused_question(&WORDS),
        _ => answer.unavailable(),
    })
}

/// A page, if neither HTTP's status nor its own says no.
pub(super) fn page<'a>(answer: &'a Answer, about: &str) -> Result<Page<'a>, MarketError> {
    accept(answer, about)?;
    let page: Page<'a> = answer.json()?;
    match page.status {
        Some(Status::Error) => Err(answer.failed(&WORDS)),
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
    answer.rate_limited_for(answer.ms_to_next_minute().max(WAIT_MS_MIN))
}
