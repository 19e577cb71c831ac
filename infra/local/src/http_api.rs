//! The HTTP API in front of the handlers: routes from the template, events in payload format
//! 2.0, on 127.0.0.1 only.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use base64::Engine as _;
use serde_json::{Value as Json, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::invoke::Invoker;
use crate::wall_clock::{SystemWallClock, WallClock};

/// The HTTP API's own limit on a request's body.
const BODY_BYTES_MAX: usize = 10 * 1024 * 1024;
/// The HTTP API ends a request after this.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// A route of the template.
#[derive(Clone)]
pub struct Route {
    /// The path, with `{variables}`.
    pub path: String,
    /// The method in capitals.
    pub method: String,
    /// The function behind it.
    pub function: Invoker,
}

/// A running HTTP API.
#[derive(Debug)]
pub struct HttpApi {
    port: u16,
    stopping: CancellationToken,
    task: JoinHandle<()>,
}

impl HttpApi {
    /// Serves these routes on this port, or on a free one if it is 0.
    pub async fn start(port: u16, routes: Vec<Route>) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let stopping = CancellationToken::new();
        let stopped = stopping.clone().cancelled_owned();
        let app = router(routes).into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move {
            let served = axum::serve(listener, app)
                .with_graceful_shutdown(stopped)
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "the HTTP API ended");
            }
        });
        Ok(Self {
            port,
            stopping,
            task,
        })
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Takes no more requests, and waits for those under way.
    pub async fn stop(self) {
        self.stopping.cancel();
        let _ = tokio::time::timeout(Duration::from_secs(5), self.task).await;
    }
}

fn router(routes: Vec<Route>) -> Router {
    let served = routes.into_iter().filter_map(|route| {
        let method = Method::from_bytes(route.method.as_bytes()).ok()?;
        let filter = MethodFilter::try_from(method).ok()?;
        let path = route.path.clone();
        Some((path, on(filter, invoke).with_state(Arc::new(route))))
    });
    served
        .fold(Router::new(), |router, (path, method)| {
            router.route(&path, method)
        })
        .fallback(no_such_route)
        .method_not_allowed_fallback(no_such_route)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// The HTTP API knows no other status for a route that isn't there, whichever part is wrong.
async fn no_such_route() -> Response {
    (StatusCode::NOT_FOUND, r#"{"message":"Not Found"}"#).into_response()
}

async fn invoke(
    State(route): State<Arc<Route>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    matched: MatchedPath,
    parameters: RawPathParams,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let parameters = parameters
        .iter()
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect();
    let event = Event {
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        peer,
        body,
    };
    let event = event.payload(matched.as_str(), &parameters);
    match tokio::time::timeout(REQUEST_TIMEOUT, (route.function)(event)).await {
        Ok(Ok(payload)) => response(&payload),
        Ok(Err(error)) => {
            tracing::error!(%error, "a function behind the HTTP API failed");
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                r#"{"message":"Internal Server Error"}"#,
            )
                .into_response()
        }
        Err(_) => (
            StatusCode::GATEWAY_TIMEOUT,
            r#"{"message":"Endpoint request timed out"}"#,
        )
            .into_response(),
    }
}

/// A request on its way into an event.
struct Event {
    method: Method,
    uri: axum::http::Uri,
    headers: HeaderMap,
    peer: SocketAddr,
    body: Bytes,
}

impl Event {
    /// Payload format 2.0.
    fn payload(&self, route: &str, parameters: &BTreeMap<String, String>) -> Json {
        let (path, method) = (self.uri.path(), self.method.as_str());
        let route_key = format!("{method} {route}");
        let (body, is_base64) = match std::str::from_utf8(&self.body) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (
                base64::engine::general_purpose::STANDARD.encode(&self.body),
                true,
            ),
        };
        json!({
            "version": "2.0",
            "routeKey": route_key,
            "rawPath": path,
            "rawQueryString": self.uri.query().unwrap_or_default(),
            "headers": self.headers(),
            "pathParameters": parameters,
            "requestContext": {
                "accountId": crate::account::AccountId::EMBEDDED.to_string(),
                "apiId": "local",
                "domainName": "127.0.0.1",
                "domainPrefix": "local",
                "http": {
                    "method": method,
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": self.peer.ip().to_string(),
                    "userAgent": self.header("user-agent"),
                },
                "requestId": uuid::Uuid::new_v4().to_string(),
                "routeKey": route_key,
                "stage": "$default",
                "timeEpoch": SystemWallClock.now_ms(),
            },
            "body": body,
            "isBase64Encoded": is_base64,
        })
    }

    fn headers(&self) -> BTreeMap<&str, &str> {
        let named = self
            .headers
            .iter()
            .filter_map(|(k, v)| Some((k.as_str(), v.to_str().ok()?)));
        named.collect()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

fn response(payload: &Json) -> Response {
    let status = payload["statusCode"]
        .as_u64()
        .and_then(|code| u16::try_from(code).ok());
    let status = status.and_then(|code| StatusCode::from_u16(code).ok());
    let mut response = Response::builder().status(status.unwrap_or(StatusCode::OK));
    for (name, value) in payload["headers"].as_object().into_iter().flatten() {
        response = response.header(name, value.as_str().unwrap_or_default());
    }
    let body = payload["body"].as_str().unwrap_or_default().to_owned();
    response.body(Body::from(body)).unwrap_or_else(|error| {
        tracing::error!(%error, "a function gave a response that can't be sent");
        StatusCode::BAD_GATEWAY.into_response()
    })
}
