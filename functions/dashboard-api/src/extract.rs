//! Reading requests strictly: what can't be used is refused by name, before a handler sees it.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The longest body that is read.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// The parameters after the question mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Fields<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        let fields = serde_urlencoded::Deserializer::new(pairs);
        let fields = serde_path_to_error::deserialize(fields);
        fields.map(Self).map_err(|error| refused(&error))
    }
}

/// The variables of the path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        use axum::extract::Path;
        use axum::extract::path::ErrorKind;
        use axum::extract::rejection::PathRejection;
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(named)) => Ok(Self(named)),
            Err(PathRejection::FailedToDeserializePathParams(failed)) => {
                Err(match failed.into_kind() {
                    ErrorKind::DeserializeError { key, message, .. } => {
                        Problem::field(&key, message)
                    }
                    ErrorKind::ParseErrorAtKey { key, value, .. } => {
                        Problem::field(&key, format!("`{value}` can't be used"))
                    }
                    other => Problem::new(StatusCode::BAD_REQUEST, other.to_string()),
                })
            }
            Err(_) => Err(Problem::internal()),
        }
    }
}

/// A JSON body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Told<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Problem::new(status, "send application/json"));
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|error| Problem::new(error.status(), error.body_text()))?;
        if body.len() > BODY_BYTES_MAX {
            let detail = format!("the body may have {BODY_BYTES_MAX} bytes at most");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
        }
        let mut json = serde_json::Deserializer::from_slice(&body);
        let told = serde_path_to_error::deserialize(&mut json).map_err(|error| refused(&error))?;
        json.end()
            .map_err(|error| Problem::field("body", error.to_string()))?;
        Ok(Self(told))
    }
}

/// A form of another site can't send this type without asking first.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let told = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let media_type = told.and_then(|it| it.split(';').next());
    media_type.is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json"))
}

/// Names the field: by its path or, where that is the whole, by the name in the message.
fn refused<E: std::fmt::Display>(error: &serde_path_to_error::Error<E>) -> Problem {
    let (path, message) = (error.path().to_string(), error.inner().to_string());
    let quoted = message.split('`').nth(1);
    match (path.as_str(), quoted) {
        ("." | "", Some(name)) => Problem::field(name, message.clone()),
        ("." | "", None) => Problem::field("body", message),
        (path, _) => Problem::field(path, message),
    }
}

/// Words of a person: something, and not too long.
pub(crate) fn words<'a>(field: &str, told: &'a str) -> Result<&'a str, Problem> {
    const WORDS_MAX: usize = 500;
    let told = told.trim();
    let length = told.chars().count();
    if length == 0 || length > WORDS_MAX || told.chars().any(char::is_control) {
        return Err(Problem::field(
            field,
            format!("must be 1 to {WORDS_MAX} plain characters"),
        ));
    }
    Ok(told)
}
