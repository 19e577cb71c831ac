//! Whether the HTTP API of a running stack answers, and what time it tells.

use std::time::Duration;

use chrono::{DateTime, Utc};
use runtime::telemetry::chain;
use serde_json::Value;

use super::finding::Finding;

const SUBJECT: &str = "HTTP API";
const TIMEOUT: Duration = Duration::from_secs(3);

/// Asks for the stack's health.
pub(super) async fn check(port: u16) -> (Finding, Option<DateTime<Utc>>) {
    let url = format!("http://127.0.0.1:{port}/health");
    match health(&url).await {
        Ok(health) => {
            let now = health["now"].as_str().and_then(|now| now.parse().ok());
            let word = |name: &str| health[name].as_str().unwrap_or("unknown").to_owned();
            let says = format!(
                "{url} answers: {}, {}, version {}",
                word("status"),
                word("mode"),
                word("version")
            );
            (Finding::ok(SUBJECT, says), now)
        }
        Err(error) => {
            let says = format!("{url} doesn't answer: {}", chain(&error));
            let advice = "end the stack with Ctrl-C and start it again";
            (Finding::fail(SUBJECT, says, advice), None)
        }
    }
}

async fn health(url: &str) -> Result<Value, reqwest::Error> {
    let client = reqwest::Client::builder().timeout(TIMEOUT).build()?;
    let answer = client.get(url).send().await?.error_for_status()?;
    answer.json().await
}
