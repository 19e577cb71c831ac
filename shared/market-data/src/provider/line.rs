//! The line to a provider: one GET request at a time, through the gate, with a time limit, with
//! a bound on what is read, and with its errors in our words. There is no other way to a
//! provider, and nothing but GET: an order can't be placed over it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::BytesMut;
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, timeout_at};

use super::answer::Answer;
use super::{Capability, ProviderName, malformed};
use crate::health::Pass;
use crate::{Asked, MarketError};

/// How long one request may take, body included.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(3);
/// The most that is read of one body: a page of a chain has a few megabytes.
const BODY_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Not told yet how many calls are left.
const UNTOLD: u64 = u64::MAX;

/// What stands before every request: the provider's breaker and our bucket of requests.
#[async_trait]
pub trait Gate: Send + Sync {
    /// Waits for nothing: lets the request pass, or tells why it can't.
    async fn pass(&self, request: &Intended) -> Result<Pass, MarketError>;

    /// Takes note of how long a request took that passed, whatever came of it.
    fn took(&self, _request: &Intended, _took: Duration) {}

    /// Takes note of what came of a request that passed.
    async fn report(&self, request: &Intended, pass: Pass, outcome: Result<(), &MarketError>);
}

/// A request that somebody wants to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intended {
    /// Of whom.
    pub provider: ProviderName,
    /// What for.
    pub capability: Capability,
    /// How many requests it counts as under the provider's terms.
    pub cost: u32,
}

/// A gate that is always open, for asking a provider past everything else.
#[derive(Debug, Clone, Copy, Default)]
pub struct OpenGate;

#[async_trait]
impl Gate for OpenGate {
    async fn pass(&self, _: &Intended) -> Result<Pass, MarketError> {
        Ok(Pass::default())
    }
    async fn report(&self, _: &Intended, _: Pass, _: Result<(), &MarketError>) {}
}

/// A request: what for, where, and what it costs.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What it is for.
    pub capability: Capability,
    /// The whole address. It never holds a key.
    pub url: Url,
    /// How many requests it counts as.
    pub cost: u32,
}

/// The line to one provider.
#[derive(Clone)]
pub struct Line {
    provider: ProviderName,
    http: reqwest::Client,
    headers: HeaderMap,
    keys: Vec<SecretString>,
    gate: Arc<dyn Gate>,
    timeout: Duration,
    calls_left: Arc<AtomicU64>,
}

impl Line {
    /// A line that sends these headers, whose values are secrets, with every request, each of
    /// which may take so long.
    pub fn new(
        provider: ProviderName,
        headers: &[(&'static str, SecretString)],
        http: &reqwest::Client,
        gate: &Arc<dyn Gate>,
        timeout: Duration,
    ) -> Result<Self, MarketError> {
        let mut named = HeaderMap::new();
        for (name, value) in headers {
            let mut value = HeaderValue::from_str(value.expose_secret())
                .map_err(|_| bad_credentials(provider))?;
            value.set_sensitive(true);
            named.insert(HeaderName::from_static(name), value);
        }
        Ok(Self {
            provider,
            http: http.clone(),
            headers: named,
            keys: headers.iter().map(|(_, value)| value.clone()).collect(),
            gate: Arc::clone(gate),
            timeout,
            calls_left: Arc::new(AtomicU64::new(UNTOLD)),
        })
    }

    /// The same for a provider that takes its key by HTTP's own header, after this word.
    pub fn authorized(
        provider: ProviderName,
        scheme: &str,
        key: &SecretString,
        http: &reqwest::Client,
        gate: &Arc<dyn Gate>,
        timeout: Duration,
    ) -> Result<Self, MarketError> {
        let value = SecretString::from(format!("{scheme} {}", key.expose_secret()));
        let headers = [("authorization", value)];
        Self::new(provider, &headers, http, gate, timeout)
    }

    /// Who is at the other end.
    pub fn provider(&self) -> ProviderName {
        self.provider
    }

    /// How many more calls our plan allows, as the last answer told.
    pub fn calls_left(&self) -> Option<u64> {
        let left = self.calls_left.load(Ordering::Relaxed);
        (left != UNTOLD).then_some(left)
    }

    /// Asks, and has the answer read. Whatever comes of it is reported to the gate.
    pub async fn get<T>(
        &self,
        ask: &Ask,
        asked: Asked,
        read: impl FnOnce(&Answer) -> Result<T, MarketError>,
    ) -> Result<T, MarketError> {
        let intended = Intended {
            provider: self.provider,
            capability: ask.capability,
            cost: ask.cost,
        };
        let pass = self.gate.pass(&intended).await?;
        let begun = Instant::now();
        let answer = self.answer(&ask.url, asked).await;
        self.gate.took(&intended, begun.elapsed());
        let result = answer.and_then(|answer| read(&answer));
        let result = result.map_err(|error| error.without(&self.keys));
        let outcome = result.as_ref().map(|_| ());
        self.gate.report(&intended, pass, outcome).await;
        result
    }

    async fn answer(&self, url: &Url, asked: Asked) -> Result<Answer, MarketError> {
        let until = asked.until.min(Instant::now() + self.timeout);
        let answered = timeout_at(until, self.exchange(url, asked)).await;
        answered.unwrap_or_else(|_| {
            Err(MarketError::Timeout {
                provider: self.provider.to_string(),
            })
        })
    }

    async fn exchange(&self, url: &Url, asked: Asked) -> Result<Answer, MarketError> {
        let request = self.http.get(url.clone()).headers(self.headers.clone());
        let mut response = request.send().await.map_err(|e| self.broken(e))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = BytesMut::new();
        while let Some(part) = response.chunk().await.map_err(|e| self.broken(e))? {
            if body.len() + part.len() > BODY_BYTES_MAX {
                return Err(malformed(self.provider, "the answer is too long"));
            }
            body.extend_from_slice(&part);
        }
        let answer = Answer::new(self.provider, status, headers, body.freeze(), asked.now);
        if let Some(left) = answer.calls_left() {
            self.calls_left.store(left, Ordering::Relaxed);
        }
        Ok(answer)
    }

    /// A request that came to nothing. The address stays out of the text.
    #[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
    fn broken(&self, error: reqwest::Error) -> MarketError {
        let provider = self.provider.to_string();
        let detail = if error.is_timeout() {
            return MarketError::Timeout { provider };
        } else if error.is_connect() {
            "no connection"
        } else if error.is_body() || error.is_decode() {
            "the answer broke off"
        } else {
            "the exchange failed"
        };
        MarketError::Unavailable {
            provider,
            detail: detail.to_owned(),
        }
    }
}

/// That a provider doesn't know our key.
pub fn bad_credentials(provider: ProviderName) -> MarketError {
    MarketError::BadCredentials {
        provider: provider.to_string(),
    }
}

/// The HTTP client that all lines of a process share. It follows no redirects: a key goes to
/// nobody but the address that was configured.
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(Policy::none())
        .connect_timeout(REQUEST_TIMEOUT)
        .user_agent(concat!("parallax/", env!("CARGO_PKG_VERSION")))
        .build()
}
