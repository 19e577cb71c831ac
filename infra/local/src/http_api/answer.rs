//! What a function answered, as the HTTP API sends it on: payload format 2.0.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

/// The response that a payload describes; one that can't be sent is the function's failure.
pub(super) fn response(payload: &Json) -> Response {
    read(payload).unwrap_or_else(|| {
        tracing::error!("a function gave a response that can't be sent");
        failure()
    })
}

/// What a client sees of a function that failed.
pub(super) fn failure() -> Response {
    message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
}

/// An answer of the HTTP API itself.
pub(super) fn message(status: StatusCode, text: &str) -> Response {
    let body = serde_json::json!({ "message": text }).to_string();
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}

fn read(payload: &Json) -> Option<Response> {
    let status = payload["statusCode"].as_u64()?;
    let mut response = Response::new(Body::from(body(payload)?));
    *response.status_mut() = StatusCode::from_u16(status.try_into().ok()?).ok()?;
    let headers = response.headers_mut();
    for (name, value) in payload["headers"].as_object().into_iter().flatten() {
        let name = HeaderName::try_from(name).ok()?;
        headers.insert(name, HeaderValue::try_from(value.as_str()?).ok()?);
    }
    for cookie in payload["cookies"].as_array().into_iter().flatten() {
        headers.append(SET_COOKIE, HeaderValue::try_from(cookie.as_str()?).ok()?);
    }
    Some(response)
}

fn body(payload: &Json) -> Option<Vec<u8>> {
    let text = payload["body"].as_str().unwrap_or_default();
    if payload["isBase64Encoded"] == Json::Bool(true) {
        return STANDARD.decode(text).ok();
    }
    Some(text.as_bytes().to_vec())
}
