//! Tags of answers: an unchanged page costs a 304. The stack's clock goes with every answer, since
//! bodies hold none.

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use crate::ANSWER_BYTES_MAX;
use crate::problem::Problem;
use crate::sources::Shared;

/// The stack's clock, as RFC 3339.
const NOW: HeaderName = HeaderName::from_static("x-parallax-now");

/// Whether whoever asks wants nothing that was kept: what the Refresh button sends.
pub(crate) fn wants_fresh(headers: &HeaderMap) -> bool {
    let told = headers.get(CACHE_CONTROL).and_then(|it| it.to_str().ok());
    told.is_some_and(|it| it.contains("no-cache") || it.contains("no-store"))
}

/// Tags what was read, answers 304 where the asker has it already, and tells the time.
pub(crate) async fn tagged(
    State(sources): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let is_read = request.method() == Method::GET;
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let (started, at) = (Instant::now(), sources.clock.now());
    let answer = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    sources.slow_requests.note(route, at, started.elapsed());
    let mut answer = if is_read && answer.status() == StatusCode::OK {
        with_tag(answer, known.as_ref()).await
    } else {
        answer
    };
    let now = sources
        .clock
        .now()
        .to_rfc3339_opts(SecondsFormat::Millis, true);
    let headers = answer.headers_mut();
    headers.extend(HeaderValue::from_str(&now).ok().map(|now| (NOW, now)));
    let usual = HeaderValue::from_static(if is_read {
        "private, no-cache"
    } else {
        "no-store"
    });
    headers.entry(CACHE_CONTROL).or_insert(usual);
    answer
}

async fn with_tag(answer: Response, known: Option<&HeaderValue>) -> Response {
    let (mut head, body) = answer.into_parts();
    let Ok(body) = to_bytes(body, ANSWER_BYTES_MAX).await else {
        return Problem::internal().into_response();
    };
    let tag = head.headers.get(ETAG).cloned().or_else(|| tag_of(&body));
    head.headers.extend(tag.clone().map(|tag| (ETAG, tag)));
    if tag.is_some_and(|tag| known.is_some_and(|known| names(known, &tag))) {
        head.status = StatusCode::NOT_MODIFIED;
        head.headers.remove(CONTENT_LENGTH);
        return Response::from_parts(head, Body::empty());
    }
    Response::from_parts(head, Body::from(body))
}

/// A tag of these bytes; weak where they are only a part of what is answered.
pub(crate) fn tag_of(bytes: &[u8]) -> Option<HeaderValue> {
    let digest = hex::encode(&Sha256::digest(bytes)[..16]);
    HeaderValue::from_str(&format!("\"{digest}\"")).ok()
}

/// Whether the header names this tag; weak ones are compared like strong ones (RFC 9110, 13.1.2).
fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let plain = |it: &str| it.trim().trim_start_matches("W/").to_owned();
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else {
        return false;
    };
    known.trim() == "*" || known.split(',').any(|one| plain(one) == plain(tag))
}
