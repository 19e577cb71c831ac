//! Why a market gave no answer. One vocabulary for every provider, so that a chain can tell
//! what to try next.

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
