//! The one style of errors: RFC 9457 problem details. What went wrong inside is logged, with its
//! causes, and not told.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use closing::ControlError;
use runtime::telemetry::chain;
use serde::Serialize;
use storage::StorageError;
use utoipa::{IntoResponses, ToSchema};

const MEDIA_TYPE: &str = "application/problem+json";

/// What was wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The field or parameter.
    pub(crate) field: String,
    /// What is wrong with it.
    pub(crate) message: String,
}

/// Why a request wasn't answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the status says which kind it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What a person needs to know.
    detail: String,
    /// What was wrong, by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<FieldProblem>,
    /// Seconds after which it may be tried again.
    #[serde(skip)]
    retry_after_s: Option<u64>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            problems: Vec::new(),
            retry_after_s: None,
        }
    }

    /// One field can't be used.
    pub(crate) fn field(field: &str, message: impl Into<String>) -> Self {
        let (field, message) = (field.to_owned(), message.into());
        Self {
            problems: vec![FieldProblem {
                field: field.clone(),
                message: message.clone(),
            }],
            ..Self::new(StatusCode::BAD_REQUEST, format!("{field}: {message}"))
        }
    }

    /// What a person needs to know.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, what)
    }

    /// Something failed here; what it was stands in the log.
    pub(crate) fn internal() -> Self {
        let detail = "something failed here; try again, and look at the log if it stays";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    #[must_use]
    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        Self {
            retry_after_s: Some(seconds),
            ..self
        }
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let headers = [(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE))];
        let mut response = (self.status(), headers, self.text()).into_response();
        if let Some(seconds) = self.retry_after_s {
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        if response.status() == StatusCode::UNAUTHORIZED {
            // Browsers ask nobody for a token, so no window opens.
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        match &error {
            StorageError::NoSignal(id) => Self::not_found(format!("there is no signal {id}")),
            StorageError::Changed { .. } => {
                let detail = "somebody else changed it meanwhile; look again, then try again";
                Self::new(StatusCode::CONFLICT, detail)
            }
            StorageError::InvalidCursor => Self::field("cursor", error.to_string()),
            StorageError::UnusableSettings { problems } => {
                let problems = problems.iter().map(|it| FieldProblem {
                    field: it.field.to_string(),
                    message: it.message.clone(),
                });
                Self {
                    problems: problems.collect(),
                    ..Self::new(StatusCode::BAD_REQUEST, error.to_string())
                }
            }
            _ => {
                tracing::error!(error = chain(&error), "a table can't be read or written");
                let detail = "the tables can't be reached; try again";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(2)
            }
        }
    }
}

impl From<ControlError> for Problem {
    fn from(error: ControlError) -> Self {
        match error {
            ControlError::Storage(error) => error.into(),
            ControlError::Restless(error) => {
                tracing::warn!(error = chain(&error), "others were in the way");
                Self::new(StatusCode::CONFLICT, "it keeps changing; try again").retry_after(1)
            }
        }
    }
}

/// The refusals that any route may answer, for the document.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers, and is never made")]
pub(crate) enum Refusals {
    /// A field or parameter can't be used; it is named.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(Problem),
    /// Nobody is signed in, or no longer.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorized(Problem),
    /// The role doesn't allow it.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// The tables can't be reached.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// The further refusals of a route that takes a body, for the document.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers, and is never made")]
pub(crate) enum BodyRefusals {
    /// It is another way by now, or keeps changing.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(Problem),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// The body isn't `application/json`.
    #[response(status = 415, content_type = "application/problem+json")]
    NoJson(Problem),
}

/// Too many logins failed, for the document.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes an answer, and is never made")]
pub(crate) enum TooManyFailures {
    /// Too many logins failed, of this account or from this address; Retry-After tells how long to wait.
    #[response(status = 429, content_type = "application/problem+json")]
    Failed(Problem),
}
