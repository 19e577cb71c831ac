//! How a stand-in behaves.

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use domain::Price;
use market_data::provider::ProviderName;
use serde_json::{Value, json};
use tokio::time::sleep;

/// Longer than anybody waits.
const HANG: Duration = Duration::from_secs(30);
/// How far behind the prices of a late provider are.
const LATE: TimeDelta = TimeDelta::minutes(20);

/// A way to behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// Answers as it should.
    Healthy,
    /// Ends the connection without an answer.
    Refusing,
    /// Doesn't answer in time.
    Hanging,
    /// Answers 500.
    Failing,
    /// Answers 429, without saying how long.
    Limiting,
    /// Doesn't know the key.
    Locked,
    /// Answers with a web page.
    Page,
    /// Stops in the middle of its answer.
    Torn,
    /// Gives bids above asks and prices below zero.
    Nonsense,
    /// Gives prices of twenty minutes ago.
    Late,
    /// Knows nothing that it is asked for.
    Blank,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Healthy,
        Self::Refusing,
        Self::Hanging,
        Self::Failing,
        Self::Limiting,
        Self::Locked,
        Self::Page,
        Self::Torn,
        Self::Nonsense,
        Self::Late,
        Self::Blank,
    ];

    /// When the prices of an answer were made.
    pub(super) fn priced_at(self, at: DateTime<Utc>) -> DateTime<Utc> {
        if self == Self::Late { at - LATE } else { at }
    }

    /// Both sides of a quote: turned around where nonsense is asked for.
    pub(super) fn sides(self, bid: Price, ask: Price) -> [Value; 2] {
        match self {
            Self::Nonsense => [json!(ask.to_f64() + 1.0), json!(-bid.to_f64())],
            _ => [json!(bid.to_f64()), json!(ask.to_f64())],
        }
    }

    pub(super) async fn respond(self, provider: ProviderName, healthy: Option<Value>) -> Response {
        match self {
            Self::Refusing => torn(""),
            Self::Hanging => {
                sleep(HANG).await;
                plain(200, "{}")
            }
            Self::Failing => plain(500, "{\"message\":\"internal error\"}"),
            Self::Limiting => plain(429, "{\"message\":\"too many requests.\"}"),
            Self::Locked => plain(401, "{\"message\":\"request is not authorized\"}"),
            Self::Page => plain(200, "<html><body>Down for maintenance</body></html>"),
            Self::Torn => torn("{\"quotes\":{\"SPY\":{\"t\":\"2026"),
            Self::Blank => nothing(provider),
            Self::Healthy | Self::Nonsense | Self::Late => match healthy {
                Some(body) => plain(200, &body.to_string()),
                None => nothing(provider),
            },
        }
    }
}

/// What a provider says that knows nothing of what was asked.
fn nothing(provider: ProviderName) -> Response {
    match provider {
        ProviderName::Alpaca => plain(404, "{\"message\":\"not found\"}"),
        ProviderName::Massive => plain(404, "{\"status\":\"NOT_FOUND\",\"message\":\"none\"}"),
        ProviderName::MarketData => plain(404, "{\"s\":\"no_data\"}"),
        ProviderName::TwelveData => plain(
            200,
            "{\"code\":404,\"message\":\"**symbol** not found\",\"status\":\"error\"}",
        ),
    }
}

fn plain(status: u16, body: &str) -> Response {
    let response = Response::builder().status(status);
    let response = response.header("content-type", "application/json");
    response
        .body(Body::from(body.to_owned()))
        .unwrap_or_default()
}

/// A body that breaks off: more was promised.
fn torn(beginning: &'static str) -> Response {
    let broken = std::io::Error::other("as told");
    let parts = futures::stream::iter([Ok(beginning), Err(broken)]);
    let response = Response::builder().header("content-type", "application/json");
    response.body(Body::from_stream(parts)).unwrap_or_default()
}
