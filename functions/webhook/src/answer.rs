//! What the webhook answers, and what it notes of it.

use chrono::{DateTime, Utc};
use domain::SignalId;
use domain::alert::{Problem, ReadError};
use lambda_http::http::StatusCode;
use lambda_http::http::header::{CONTENT_TYPE, RETRY_AFTER};
use lambda_http::{Body, Response};
use serde_json::{Value, json};
use storage::WebhookOutcome;

/// An answer: a status, a body, and how it is noted.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: StatusCode,
    body: Value,
    outcome: Option<WebhookOutcome>,
    problems: Vec<String>,
}

impl Answer {
    fn new(status: StatusCode, body: Value) -> Self {
        Self {
            status,
            body,
            outcome: None,
            problems: Vec::new(),
        }
    }

    fn refusal(status: StatusCode, outcome: WebhookOutcome, error: &str, detail: &str) -> Self {
        let body = json!({ "status": "refused", "error": error, "detail": detail });
        Self {
            outcome: Some(outcome),
            ..Self::new(status, body)
        }
    }

    pub(crate) fn healthy(now: DateTime<Utc>) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let body = json!({ "status": "ok", "mode": "PAPER", "version": version, "now": now });
        Self::new(StatusCode::OK, body)
    }

    pub(crate) fn no_such_route() -> Self {
        let detail = "alerts go to POST /webhook or POST /webhook/{token}";
        let body = json!({ "status": "refused", "error": "not_found", "detail": detail });
        Self::new(StatusCode::NOT_FOUND, body)
    }

    pub(crate) fn accepted(signal: SignalId) -> Self {
        Self::new(
            StatusCode::OK,
            json!({ "status": "accepted", "signal_id": signal }),
        )
    }

    pub(crate) fn duplicate(signal: SignalId) -> Self {
        Self::new(
            StatusCode::OK,
            json!({ "status": "duplicate", "signal_id": signal }),
        )
    }

    pub(crate) fn unauthorized() -> Self {
        let detail = "send X-Signature (HMAC-SHA256 of the body in hexadecimal), the secret as \
                      the last part of the path, or as `secret` in the body";
        let (status, outcome) = (StatusCode::UNAUTHORIZED, WebhookOutcome::Unauthorized);
        Self::refusal(status, outcome, "unauthorized", detail)
    }

    pub(crate) fn too_large(bytes_max: usize) -> Self {
        let detail = format!("the body may have {bytes_max} bytes at most");
        let (status, outcome) = (StatusCode::PAYLOAD_TOO_LARGE, WebhookOutcome::TooLarge);
        Self::refusal(status, outcome, "too_large", &detail)
    }

    pub(crate) fn unreadable(error: &ReadError) -> Self {
        let (outcome, word) = match error {
            ReadError::Invalid(_) => (WebhookOutcome::Invalid, "invalid"),
            ReadError::Stale(_) => (WebhookOutcome::Stale, "stale"),
        };
        let problems: &[Problem] = error.problems();
        let body = json!({ "status": "refused", "error": word, "problems": problems });
        let shown = |problem: &Problem| format!("{}: {}", problem.field, problem.message);
        Self {
            outcome: Some(outcome),
            problems: problems.iter().map(shown).collect(),
            ..Self::new(StatusCode::BAD_REQUEST, body)
        }
    }

    /// Nothing was written; `TradingView` sends it again after this.
    pub(crate) fn unavailable() -> Self {
        let body =
            json!({ "status": "unavailable", "detail": "nothing was written; send it again" });
        Self::new(StatusCode::SERVICE_UNAVAILABLE, body)
    }

    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// What the answer says in one word.
    pub(crate) fn word(&self) -> &str {
        let of = |name| self.body.get(name).and_then(Value::as_str);
        of("error").or_else(|| of("status")).unwrap_or_default()
    }

    /// The signal that it is about, if there is one.
    pub(crate) fn signal_id(&self) -> Option<&str> {
        self.body.get("signal_id").and_then(Value::as_str)
    }

    /// How a refusal is noted; nothing when it isn't one.
    pub(crate) fn outcome(&self) -> Option<WebhookOutcome> {
        self.outcome
    }

    pub(crate) fn problems(&self) -> &[String] {
        &self.problems
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            lambda_http::http::HeaderValue::from_static("application/json"),
        );
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(
                RETRY_AFTER,
                lambda_http::http::HeaderValue::from_static("5"),
            );
        }
        response
    }
}
