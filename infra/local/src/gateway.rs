//! One HTTP server in front of the local services. Which of them is meant, and what it shall
//! do, is in the header `X-Amz-Target`. Signatures aren't checked: it listens on 127.0.0.1.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::events::Events;
use crate::json_protocol::Answer;
use crate::secrets::Secrets;
use crate::sqs::Sqs;

/// A batch of 1 MiB may be several times as large once it is written as JSON.
const LARGEST_REQUEST_BYTES: usize = 16 * 1024 * 1024;

/// How long requests that run at the end may go on.
const LONGEST_FAREWELL: Duration = Duration::from_secs(2);

/// The running server.
#[derive(Debug)]
pub struct Gateway {
    url: String,
    services: Services,
    stopping: CancellationToken,
    server: JoinHandle<std::io::Result<()>>,
}

#[derive(Debug, Clone)]
struct Services {
    sqs: Arc<Sqs>,
    secrets: Arc<Secrets>,
    events: Arc<Events>,
}

impl Gateway {
    /// Serves them on a free port of 127.0.0.1, and tells the queues their address.
    pub async fn start(
        sqs: Sqs,
        secrets: Arc<Secrets>,
        events: Arc<Events>,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        sqs.set_endpoint(&url);
        let services = Services {
            sqs: Arc::new(sqs),
            secrets,
            events,
        };
        let stopping = CancellationToken::new();
        let router = Router::new()
            .fallback(answer)
            .layer(DefaultBodyLimit::max(LARGEST_REQUEST_BYTES))
            .with_state(services.clone());
        let stopped = stopping.clone().cancelled_owned();
        let server = axum::serve(listener, router).with_graceful_shutdown(stopped);
        let server = tokio::spawn(server.into_future());
        Ok(Self {
            url,
            services,
            stopping,
            server,
        })
    }

    /// Its endpoint: `http://127.0.0.1:<port>`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends waiting receives, lets other requests finish, and closes the queues.
    pub async fn stop(self) {
        self.services.sqs.stop_waiting();
        self.stopping.cancel();
        if tokio::time::timeout(LONGEST_FAREWELL, self.server)
            .await
            .is_err()
        {
            tracing::warn!("the gateway left requests unfinished");
        }
        self.services.sqs.close().await;
    }
}

async fn answer(State(services): State<Services>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    let answer = match target.and_then(|target| target.split_once('.')) {
        Some(("AmazonSQS", action)) => services.sqs.answer(action, &body).await,
        Some(("secretsmanager", action)) => services.secrets.answer(action, &body),
        Some(("AWSEvents", action)) => services.events.answer(action, &body),
        _ => unknown_target(target),
    };
    respond(answer, &headers)
}

fn unknown_target(target: Option<&str>) -> Answer {
    let message = format!(
        "No local service answers {}.",
        target.unwrap_or("requests like this")
    );
    Answer::failure(400, "UnknownOperationException", &message)
}

fn respond(answer: Answer, request_headers: &HeaderMap) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut headers = HeaderMap::new();
    // The services speak different versions of the protocol: each gets its own back.
    let content_type = request_headers.get("content-type").cloned();
    let content_type =
        content_type.unwrap_or(HeaderValue::from_static("application/x-amz-json-1.0"));
    headers.insert("content-type", content_type);
    let texts = [
        ("x-amzn-requestid", Some(Uuid::new_v4().to_string())),
        ("x-amzn-query-error", answer.query_error),
    ];
    for (name, text) in texts {
        if let Some(Ok(value)) = text.map(HeaderValue::try_from) {
            headers.insert(name, value);
        }
    }
    (status, headers, answer.body.to_string()).into_response()
}
