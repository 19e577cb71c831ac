//! A router of axum behind the HTTP API, through the adapter that it has in the cloud.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::{get, post};
use local_stack::functions::http;
use reqwest::Method;

use crate::support::{Api, status};

fn router() -> Router {
    Router::new()
        .route("/api/signals/{id}", get(told))
        .route("/api/login", post(cookies))
        .route("/api/mirror", post(mirror))
}

async fn told(Path(id): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> String {
    format!("{id} {query:?} {:?}", headers.get(COOKIE))
}

async fn cookies() -> impl IntoResponse {
    AppendHeaders([(SET_COOKIE, "a=1"), (SET_COOKIE, "b=2")])
}

async fn mirror(body: Bytes) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/octet-stream")], body)
}

async fn api() -> Api {
    let function = http(router(), Duration::from_secs(20));
    Api::of(&[("ANY", "/api/{proxy+}", function)]).await
}

#[tokio::test]
async fn it_sees_path_query_and_cookies() {
    let api = api().await;
    let request = api.get("/api/signals/7?limit=2&limit=3");
    let answer = request.header("cookie", "a=1; b=2").send().await.unwrap();
    assert_eq!(
        answer.text().await.unwrap(),
        r#"7 Some("limit=2&limit=3") Some("a=1; b=2")"#
    );
    api.stop().await;
}

#[tokio::test]
async fn it_sets_several_cookies_and_has_its_own_statuses() {
    let api = api().await;
    let answer = api.ask(Method::POST, "/api/login").send().await.unwrap();
    assert_eq!(answer.headers().get_all("set-cookie").iter().count(), 2);
    assert_eq!(status(api.get("/api/login")).await, 405);
    assert_eq!(status(api.get("/api/nothing")).await, 404);
    api.stop().await;
}

#[tokio::test]
async fn bytes_pass_both_ways_unchanged() {
    let api = api().await;
    let all: Vec<u8> = (0..=255).collect();
    let request = api.ask(Method::POST, "/api/mirror").body(all.clone());
    let answer = request.send().await.unwrap();
    assert_eq!(answer.bytes().await.unwrap().as_ref(), all);
    api.stop().await;
}
