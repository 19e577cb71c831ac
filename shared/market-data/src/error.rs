//! Why a market gave no answer. One vocabulary for every provider, so that a chain can tell
//! what to try next.

use std::time::Duration;

use runtime::vitals::Category;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// Why a question to the market has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum MarketError {
    /// The provider doesn't know the key that we sent.
    #[error("{provider} refuses our credentials")]
    BadCredentials {
        /// Who.
        provider: String,
    },
    /// The key is good, but what was asked for isn't part of its plan.
    #[error("our plan with {provider} doesn't include this")]
    NotEntitled {
        /// Who.
        provider: String,
    },
    /// No such stock, or no such contract, is listed.
    #[error("{provider} knows no {symbol}")]
    UnknownSymbol {
        /// Who.
        provider: String,
        /// The stock or the contract, as it was asked for.
        symbol: String,
    },
    /// Too many questions; the next may be asked after a while.
    #[error("{provider} wants us to wait {wait_ms} ms")]
    RateLimited {
        /// Who.
        provider: String,
        /// How long, in milliseconds.
        wait_ms: u64,
    },
    /// The newest quote that there is is too old to be traded on.
    #[error("{provider}'s quote of {symbol} is {age_ms} ms old, and {age_ms_max} ms is the limit")]
    StaleQuote {
        /// Who.
        provider: String,
        /// The stock or the contract.
        symbol: String,
        /// How old it is, in milliseconds.
        age_ms: i64,
        /// How old it may be, in milliseconds.
        age_ms_max: i64,
    },
    /// The newest bars or the newest chain that there are lie too far back.
    #[error("{provider}'s {what} is {age_ms} ms behind, and {age_ms_max} ms is the limit")]
    StaleData {
        /// Who.
        provider: String,
        /// What was asked for.
        what: String,
        /// How far it is behind, in milliseconds.
        age_ms: i64,
        /// How far it may be, in milliseconds.
        age_ms_max: i64,
    },
    /// The provider has no such thing at any price.
    #[error("{provider} has no {what}")]
    NotOffered {
        /// Who.
        provider: String,
        /// What was asked for.
        what: String,
    },
    /// The provider failed again and again, and isn't asked for a while.
    #[error("{provider} failed too often and rests for another {wait_ms} ms")]
    Resting {
        /// Who.
        provider: String,
        /// How long, in milliseconds.
        wait_ms: u64,
    },
    /// Nobody could answer.
    #[error("no provider could answer: {}", listed(failures))]
    Exhausted {
        /// Why not, in the order in which they were asked.
        failures: Vec<MarketError>,
    },
    /// The answer can't be read, or says what can't be.
    #[error("the answer of {provider} is impossible: {detail}")]
    Malformed {
        /// Who.
        provider: String,
        /// What is wrong with it.
        detail: String,
    },
    /// No answer came in time.
    #[error("{provider} didn't answer in time")]
    Timeout {
        /// Who.
        provider: String,
    },
    /// The provider can't be reached or has a trouble of its own.
    #[error("{provider} is unavailable: {detail}")]
    Unavailable {
        /// Who.
        provider: String,
        /// What is known of the trouble.
        detail: String,
    },
}

impl MarketError {
    /// The same error, in whose text these secrets can't be: a provider may echo what it got.
    #[must_use]
    pub fn without(self, secrets: &[SecretString]) -> Self {
        let scrubbed = |text: String| {
            secrets.iter().fold(text, |text, secret| {
                let secret = secret.expose_secret();
                let words = secret.split_whitespace().filter(|word| word.len() > 6);
                words.fold(text, |text, word| text.replace(word, "***"))
            })
        };
        match self {
            Self::Malformed { provider, detail } => Self::Malformed {
                provider,
                detail: scrubbed(detail),
            },
            Self::Unavailable { provider, detail } => Self::Unavailable {
                provider,
                detail: scrubbed(detail),
            },
            Self::UnknownSymbol { provider, symbol } => Self::UnknownSymbol {
                provider,
                symbol: scrubbed(symbol),
            },
            Self::NotOffered { provider, what } => Self::NotOffered {
                provider,
                what: scrubbed(what),
            },
            other => other,
        }
    }

    /// In one word, as it is stored and counted.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::BadCredentials { .. } => "bad_credentials",
            Self::NotEntitled { .. } => "not_entitled",
            Self::UnknownSymbol { .. } => "unknown_symbol",
            Self::RateLimited { .. } => "rate_limited",
            Self::StaleQuote { .. } => "stale_quote",
            Self::StaleData { .. } => "stale_data",
            Self::NotOffered { .. } => "not_offered",
            Self::Resting { .. } => "resting",
            Self::Exhausted { .. } => "exhausted",
            Self::Malformed { .. } => "malformed",
            Self::Timeout { .. } => "timeout",
            Self::Unavailable { .. } => "unavailable",
        }
    }

    /// Whether it says that the provider isn't well: such failures count against its breaker.
    /// That it limits us counts too, since it won't answer either way.
    pub fn is_about_health(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::Malformed { .. }
                | Self::Timeout { .. }
                | Self::Unavailable { .. }
        )
    }

    /// Whether the same question to the same provider may have an answer after a short wait.
    pub fn passes_within(&self, wait: Duration) -> bool {
        match self {
            Self::RateLimited { wait_ms, .. } => Duration::from_millis(*wait_ms) <= wait,
            other => other.is_about_health(),
        }
    }
}

impl Category for MarketError {
    fn category(&self) -> String {
        format!("market_{}", self.kind())
    }
}

fn listed(failures: &[MarketError]) -> String {
    let texts: Vec<String> = failures.iter().map(ToString::to_string).collect();
    if texts.is_empty() {
        return "none is connected that offers this".to_owned();
    }
    texts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_called_what_it_is_stored_as() {
        let provider = || "alpaca".to_owned();
        let errors = [
            MarketError::Timeout {
                provider: provider(),
            },
            MarketError::RateLimited {
                provider: provider(),
                wait_ms: 1,
            },
            MarketError::BadCredentials {
                provider: provider(),
            },
            MarketError::Exhausted {
                failures: Vec::new(),
            },
        ];
        for error in errors {
            let stored = serde_json::to_value(&error).unwrap();
            assert_eq!(stored["error"], error.kind());
            assert_eq!(error.category(), format!("market_{}", error.kind()));
        }
    }
}
