//! How MarketData.app says no, and how it says that there is nothing: HTTP's status decides,
//! since what an answer says of itself may be missing.

use serde::Deserialize;

use super::super::answer::Answer;
use crate::MarketError;

/// How long to wait where too many requests run at a time.
const WAIT_MS_AT_ONCE: u64 = 1_000;
/// Under which name it says in words what is wrong.
const WORDS: [&str; 1] = ["errmsg"];
/// What the one-address rule means for us.
const OTHER_ADDRESS: &str =
    "it allows our token from one address only, and another address has used it (403)";

/// What an answer is, if it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Columns.
    Columns,
    /// Nothing is there of what was asked for. That is no fault.
    Nothing,
}

#[derive(Deserialize)]
struct Word {
    s: Option<State>,
}

/// What an answer says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    NoData,
    Error,
    #[serde(other)]
    Other,
}

/// What came, or why nothing did.
pub(super) fn accept(answer: &Answer) -> Result<Content, MarketError> {
    match answer.status {
        204 => Ok(Content::Nothing),
        200..=299 => accept_by_word(answer),
        404 => absent(answer),
        401 => Err(answer.bad_credentials()),
        402 => Err(answer.not_entitled()),
        403 => Err(answer.unavailable_since(OTHER_ADDRESS.to_owned())),
        429 => Err(too_many(answer)),
        400..=499 => Err(answer.refused_question(&WORDS)),
        _ => Err(answer.unavailable()),
    }
}

fn accept_by_word(answer: &Answer) -> Result<Content, MarketError> {
    let word: Word = answer.json()?;
    match word.s {
        Some(State::NoData) => Ok(Content::Nothing),
        Some(State::Error) => Err(answer.failed(&WORDS)),
        Some(State::Other) | None => Ok(Content::Columns),
    }
}

/// A 404 in its own words means that nothing is there; any other, that nobody is.
fn absent(answer: &Answer) -> Result<Content, MarketError> {
    match answer.json::<Word>().map(|word| word.s) {
        Ok(Some(State::NoData | State::Error)) => Ok(Content::Nothing),
        _ => Err(answer.unavailable()),
    }
}

/// Credits are gone until a time that a header tells; requests that run at once end soon.
fn too_many(answer: &Answer) -> MarketError {
    let words = answer.text_under(&WORDS).unwrap_or_default();
    if words.to_ascii_lowercase().contains("concurrent") {
        return answer.rate_limited_for(WAIT_MS_AT_ONCE);
    }
    answer.rate_limited()
}
