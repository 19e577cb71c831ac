//! A request as the event that the HTTP API makes of it: payload format 2.0.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::Bytes;
use axum::http::header::{COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use super::routes::{Parameters, Route};
use crate::account::AccountId;
use crate::wall_clock::{SystemWallClock, WallClock};

/// A request that has found its route.
pub(super) struct Event<'a> {
    pub(super) parts: &'a Parts,
    pub(super) body: &'a Bytes,
    pub(super) peer: SocketAddr,
    pub(super) route: &'a Route,
    pub(super) parameters: Parameters,
}

impl Event<'_> {
    /// What is empty in a request is absent in the payload, as the HTTP API has it.
    pub(super) fn payload(&self) -> Json {
        let uri = &self.parts.uri;
        let mut payload = json!({
            "version": "2.0",
            "routeKey": self.route_key(),
            "rawPath": uri.path(),
            "rawQueryString": uri.query().unwrap_or_default(),
            "headers": headers(&self.parts.headers),
            "requestContext": self.context(),
            "isBase64Encoded": false,
        });
        let query = query(uri.query().unwrap_or_default());
        if !query.is_empty() {
            payload["queryStringParameters"] = json!(query);
        }
        if !self.parameters.is_empty() {
            payload["pathParameters"] = json!(self.parameters);
        }
        let cookies = cookies(&self.parts.headers);
        if !cookies.is_empty() {
            payload["cookies"] = json!(cookies);
        }
        self.put_body(&mut payload);
        payload
    }

    fn route_key(&self) -> String {
        format!("{} {}", self.route.method, self.route.path)
    }

    fn context(&self) -> Json {
        let method = self.parts.method.as_str();
        json!({
            "accountId": AccountId::EMBEDDED.to_string(),
            "apiId": "local",
            "domainName": "127.0.0.1",
            "domainPrefix": "local",
            "http": {
                "method": method,
                "path": self.parts.uri.path(),
                "protocol": "HTTP/1.1",
                "sourceIp": self.peer.ip().to_string(),
                "userAgent": joined(&self.parts.headers, &USER_AGENT),
            },
            "requestId": uuid::Uuid::new_v4().to_string(),
            "routeKey": self.route_key(),
            "stage": "$default",
            "timeEpoch": SystemWallClock.now_ms(),
        })
    }

    fn put_body(&self, payload: &mut Json) {
        if self.body.is_empty() {
            return;
        }
        if let Ok(text) = std::str::from_utf8(self.body) {
            payload["body"] = json!(text);
        } else {
            payload["body"] = json!(STANDARD.encode(self.body));
            payload["isBase64Encoded"] = json!(true);
        }
    }
}

/// All headers but cookies, which have a place of their own.
fn headers(all: &HeaderMap) -> BTreeMap<&str, String> {
    let names = all.keys().filter(|name| **name != COOKIE);
    names
        .map(|name| (name.as_str(), joined(all, name)))
        .collect()
}

/// A header that came several times is one, with commas.
fn joined(all: &HeaderMap, name: &HeaderName) -> String {
    let values = all.get_all(name).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
    texts.collect::<Vec<_>>().join(",")
}

/// Each cookie by itself: `name=value`.
fn cookies(all: &HeaderMap) -> Vec<String> {
    let values = all.get_all(COOKIE).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    texts
        .flat_map(|text| {
            let each = text.split(';').map(|it| it.trim().to_owned());
            each.collect::<Vec<_>>()
        })
        .filter(|cookie| !cookie.is_empty())
        .collect()
}

/// The query, decoded; a name that came several times is one, with commas.
fn query(text: &str) -> BTreeMap<String, String> {
    let mut query = BTreeMap::<String, String>::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        query
            .entry(name.into_owned())
            .and_modify(|values| {
                values.push(',');
                values.push_str(&value);
            })
            .or_insert_with(|| value.clone().into_owned());
    }
    query
}
