//! The HTTP API in front of the handlers, on 127.0.0.1 only: routes from the template, events in
//! payload format 2.0, and the dashboard's pages where no route is meant.

mod answer;
mod event;
mod routes;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::site::Site;
use answer::message;
use event::Event;
pub use routes::Route;

/// The HTTP API's own limit on a request's body.
const BODY_BYTES_MAX: usize = 10 * 1024 * 1024;
/// The HTTP API ends a request after this.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// A running HTTP API.
#[derive(Debug)]
pub struct HttpApi {
    port: u16,
    stopping: CancellationToken,
    task: JoinHandle<()>,
}

/// What is served.
struct Served {
    routes: Vec<Route>,
    site: Option<Site>,
}

impl HttpApi {
    /// Serves these routes, and the pages beside them, on this port, or on a free one if it is 0.
    pub async fn start(port: u16, routes: Vec<Route>, site: Option<Site>) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let stopping = CancellationToken::new();
        let stopped = stopping.clone().cancelled_owned();
        let router = Router::new()
            .fallback(respond)
            .with_state(Arc::new(Served { routes, site }));
        let app = router.into_make_service_with_connect_info::<SocketAddr>();
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

async fn respond(
    State(served): State<Arc<Served>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: axum::extract::Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = served.answer(&parts, body, peer).await;
    if let Some(site) = &served.site {
        site.hosting().protect(response.headers_mut());
    }
    response
}

impl Served {
    async fn answer(&self, parts: &Parts, body: Body, peer: SocketAddr) -> Response {
        let Some((route, parameters)) = routes::find(&self.routes, &parts.method, parts.uri.path())
        else {
            return self.page(parts).await;
        };
        let Ok(body) = axum::body::to_bytes(body, BODY_BYTES_MAX).await else {
            return message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let event = Event {
            parts,
            body: &body,
            peer,
            route,
            parameters,
        };
        invoke(route, event.payload()).await
    }

    /// The HTTP API knows no other status for what isn't there, whichever part is wrong.
    async fn page(&self, parts: &Parts) -> Response {
        let page = match &self.site {
            Some(site) => site.page(&parts.method, &parts.uri, &parts.headers).await,
            None => None,
        };
        page.unwrap_or_else(|| message(StatusCode::NOT_FOUND, "Not Found"))
    }
}

async fn invoke(route: &Route, payload: serde_json::Value) -> Response {
    match tokio::time::timeout(REQUEST_TIMEOUT, (route.function)(payload)).await {
        Ok(Ok(payload)) => answer::response(&payload),
        Ok(Err(error)) => {
            tracing::error!(%error, "a function behind the HTTP API failed");
            answer::failure()
        }
        Err(_) => message(StatusCode::GATEWAY_TIMEOUT, "Endpoint request timed out"),
    }
}
