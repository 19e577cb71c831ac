//! The breaker and the bucket as a state machine, without anybody to ask.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod breaker;
mod bucket;
mod pauses;

use chrono::{DateTime, TimeDelta, Utc};
use market_data::MarketError;

/// So many milliseconds after the tests' beginning.
pub(crate) fn at_ms(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::milliseconds(ms)
}

pub(crate) fn timeout() -> MarketError {
    MarketError::Timeout {
        provider: "alpaca".to_owned(),
    }
}
