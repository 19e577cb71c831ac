//! What Alpaca's refusals mean. It tells most by HTTP's status, but whether a key is bad or its
//! plan too small by the message only.

use crate::MarketError;
use crate::provider::answer::Answer;
use crate::provider::{not_offered, unknown};

/// How the refusal of a symbol begins.
const INVALID_SYMBOL: &str = "invalid symbol";
/// Words of refusals that are about our plan.
const OF_PLANS: [&str; 5] = ["subscription", "agreement", "permit", "entitle", "plan"];

/// Tells an answer from a refusal. `subject` is the one thing that was asked for, if it was one.
pub(super) fn check(answer: &Answer, subject: Option<&str>) -> Result<(), MarketError> {
    let status = answer.status;
    match (status, subject) {
        (200..=299, _) => Ok(()),
        (401, _) => Err(answer.bad_credentials()),
        (403, _) => Err(forbidden(answer)),
        (404, Some(subject)) => Err(unknown(answer.provider, subject)),
        (429, _) => Err(answer.rate_limited()),
        (400..=499, _) => Err(refused_question(answer)),
        _ => Err(answer.unavailable()),
    }
}

fn message(answer: &Answer) -> String {
    answer.text_under(&["message"]).unwrap_or_default()
}

/// A bad key is `forbidden.`; what a plan lacks is told in words.
fn forbidden(answer: &Answer) -> MarketError {
    let message = message(answer).to_ascii_lowercase();
    if OF_PLANS.iter().any(|word| message.contains(word)) {
        answer.not_entitled()
    } else {
        answer.bad_credentials()
    }
}

/// One symbol that it can't read makes it refuse all of a question; it says which.
fn refused_question(answer: &Answer) -> MarketError {
    let message = message(answer);
    let symbol = message
        .strip_prefix(INVALID_SYMBOL)
        .map(|rest| rest.trim_matches([':', ' ', '"', '\'']));
    match symbol {
        Some(symbol) if !symbol.is_empty() => unknown(answer.provider, symbol),
        _ => {
            let what = format!("answer to this ({}: {message})", answer.status);
            not_offered(answer.provider, &what)
        }
    }
}
