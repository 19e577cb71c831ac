//! An answer of a provider: status, headers and body, and how the three are read.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::quote::{Provenance, Timeliness};
use reqwest::header::HeaderMap;
use serde::Deserialize;

use super::{ProviderName, malformed};
use crate::MarketError;

/// How long to wait where a provider limits us and doesn't say how long.
const WAIT_MS_USUAL: u64 = 15_000;
/// A minute.
const MINUTE_MS: i64 = 60_000;
/// The longest wait that is believed: a day and an hour.
const WAIT_MS_MAX: u64 = 25 * 60 * 60 * 1000;
/// Headers that tell when the limit is lifted, in seconds since 1970.
const RESETS: [&str; 2] = ["x-ratelimit-reset", "x-api-ratelimit-reset"];
/// Headers that tell how many calls are left.
const REMAINING: [&str; 3] = [
    "x-ratelimit-remaining",
    "x-api-ratelimit-remaining",
    "api-credits-left",
];
/// How much of a provider's own words is passed on.
const DETAIL_CHARS_MAX: usize = 160;

/// What a provider sent back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Who.
    pub provider: ProviderName,
    /// HTTP's status.
    pub status: u16,
    headers: HeaderMap,
    body: Bytes,
    /// When it came, in domain time.
    pub received_at: DateTime<Utc>,
}

impl Answer {
    /// An answer.
    pub fn new(
        provider: ProviderName,
        status: u16,
        headers: HeaderMap,
        body: Bytes,
        received_at: DateTime<Utc>,
    ) -> Self {
        Self {
            provider,
            status,
            headers,
            body,
            received_at,
        }
    }

    /// The body as JSON of this shape. Strings may be borrowed from it.
    pub fn json<'a, T: Deserialize<'a>>(&'a self) -> Result<T, MarketError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let at = (error.line(), error.column());
            let fault = match error.classify() {
                serde_json::error::Category::Data => "has another shape than it should",
                _ => "is not JSON",
            };
            malformed(
                self.provider,
                format!("it {fault} (line {}, column {})", at.0, at.1),
            )
        })
    }

    /// The text under the first of these names that the body, an object, has; shortened.
    pub fn text_under(&self, names: &[&str]) -> Option<String> {
        let body: serde_json::Value = serde_json::from_slice(&self.body).ok()?;
        let text = names.iter().find_map(|name| body.get(name)?.as_str())?;
        Some(text.chars().take(DETAIL_CHARS_MAX).collect())
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// How many more calls our plan allows, if it tells.
    pub fn calls_left(&self) -> Option<u64> {
        REMAINING
            .iter()
            .find_map(|name| self.header(name)?.trim().parse().ok())
    }

    /// That we asked too often, with the wait that the headers ask for, or else a usual one.
    pub fn rate_limited(&self) -> MarketError {
        self.rate_limited_for(self.wait_ms().unwrap_or(WAIT_MS_USUAL))
    }

    /// That we asked too often, and for how long not to.
    pub fn rate_limited_for(&self, wait_ms: u64) -> MarketError {
        MarketError::RateLimited {
            provider: self.provider.to_string(),
            wait_ms: wait_ms.min(WAIT_MS_MAX),
        }
    }

    /// How long until the next full minute, in milliseconds, for those who count by the minute.
    pub fn ms_to_next_minute(&self) -> u64 {
        let gone_ms = self.received_at.timestamp_millis().rem_euclid(MINUTE_MS);
        (MINUTE_MS - gone_ms).unsigned_abs()
    }

    /// That it has a trouble of its own.
    pub fn unavailable(&self) -> MarketError {
        self.unavailable_since(format!("it answered {}", self.status))
    }

    /// That it has a trouble of this kind.
    pub fn unavailable_since(&self, detail: String) -> MarketError {
        MarketError::Unavailable {
            provider: self.provider.to_string(),
            detail,
        }
    }

    /// That it won't answer such a question, with its status and its own words.
    pub fn refused_question(&self, words_under: &[&str]) -> MarketError {
        let words = self.words(words_under);
        super::not_offered(self.provider, &format!("answer to this {words}"))
    }

    /// That it answered an error although it gave a status of success.
    pub fn failed(&self, words_under: &[&str]) -> MarketError {
        let words = self.words(words_under);
        self.unavailable_since(format!("it answered an error {words}"))
    }

    /// Its status and its own words, under the first of these names.
    fn words(&self, names: &[&str]) -> String {
        let words = self.text_under(names);
        let words = words.as_deref().unwrap_or("without a reason");
        format!("({}: {words})", self.status)
    }

    /// That our key isn't known.
    pub fn bad_credentials(&self) -> MarketError {
        super::line::bad_credentials(self.provider)
    }

    /// That our plan doesn't include this.
    pub fn not_entitled(&self) -> MarketError {
        MarketError::NotEntitled {
            provider: self.provider.to_string(),
        }
    }

    /// Where a price of this answer comes from.
    pub fn provenance(&self, at: DateTime<Utc>, timeliness: Timeliness) -> Provenance {
        Provenance {
            provider: self.provider.to_string(),
            timeliness,
            at,
            received_at: self.received_at,
        }
    }

    fn wait_ms(&self) -> Option<u64> {
        let retry_after = self.header("retry-after");
        if let Some(seconds) = retry_after.and_then(|text| text.trim().parse::<u64>().ok()) {
            return seconds.checked_mul(1000);
        }
        let reset_s: i64 = RESETS
            .iter()
            .find_map(|name| self.header(name)?.trim().parse().ok())?;
        let wait_s = reset_s.checked_sub(self.received_at.timestamp())?;
        u64::try_from(wait_s).ok()?.max(1).checked_mul(1000)
    }
}
