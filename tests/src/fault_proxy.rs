//! A `DynamoDB` whose network fails on demand: it stands between the SDK and the real thing,
//! passes requests on, and in front of writes does what it was told. It remembers what it saw.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use futures::stream;
use local_stack::wire::{Reply, Service, refusals};
use serde_json::Value;
use tokio::task::JoinHandle;

/// What befalls a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Another transaction is in the way.
    Conflict,
    /// The table is asked too much.
    Throttle,
    /// It happens, and the connection breaks before the answer.
    LoseAnswer,
    /// The connection breaks before it happens.
    LoseRequest,
}

/// A request that came by.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// `TransactWriteItems`, `Query` and so on.
    pub operation: String,
    /// Its body.
    pub body: Value,
    /// The trace that it belongs to.
    pub trace: Option<String>,
}

#[derive(Default)]
struct Plan {
    next: VecDeque<Fault>,
    always: Option<Fault>,
    seen: Vec<Seen>,
}

/// A running proxy; it ends with its owner.
pub struct FaultProxy {
    url: String,
    plan: Arc<Mutex<Plan>>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Forwarding {
    upstream: String,
    http: reqwest::Client,
    plan: Arc<Mutex<Plan>>,
}

impl FaultProxy {
    /// A proxy in front of this endpoint that fails nothing yet.
    pub async fn before(upstream: &str) -> Self {
        let plan = Arc::<Mutex<Plan>>::default();
        let forwarding = Forwarding {
            upstream: upstream.to_owned(),
            http: reqwest::Client::new(),
            plan: Arc::clone(&plan),
        };
        let router = Router::new().fallback(pass).with_state(forwarding);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let task = tokio::spawn(async move {
            // It serves until it is aborted.
            let _ = axum::serve(listener, router).await;
        });
        Self { url, plan, task }
    }

    /// Its own endpoint.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// These befall the next writes, one each.
    pub fn inject(&self, faults: impl IntoIterator<Item = Fault>) {
        lock(&self.plan).next.extend(faults);
    }

    /// This befalls every write from now on.
    pub fn always(&self, fault: Fault) {
        lock(&self.plan).always = Some(fault);
    }

    /// The requests of this operation so far.
    pub fn seen(&self, operation: &str) -> Vec<Seen> {
        let seen = &lock(&self.plan).seen;
        let of_operation = seen.iter().filter(|seen| seen.operation == operation);
        of_operation.cloned().collect()
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(plan: &Mutex<Plan>) -> std::sync::MutexGuard<'_, Plan> {
    plan.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn pass(
    State(forwarding): State<Forwarding>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let target = headers.get("x-amz-target").and_then(|t| t.to_str().ok());
    let operation = target.and_then(|t| t.split('.').next_back()).unwrap_or("");
    let trace = headers.get("x-amzn-trace-id");
    let trace = trace.and_then(|it| Some(it.to_str().ok()?.to_owned()));
    let seen = Seen {
        operation: operation.to_owned(),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        trace,
    };
    match forwarding.fault_of(seen) {
        None => forwarding.forward(headers, body).await,
        Some(Fault::LoseAnswer) => {
            forwarding.forward(headers, body).await;
            broken()
        }
        Some(Fault::LoseRequest) => broken(),
        Some(Fault::Conflict) => {
            let request: Value = serde_json::from_slice(&body).unwrap_or_default();
            response(refusals::conflict(&request))
        }
        Some(Fault::Throttle) => response(refusals::throttled(Service::DynamoDb)),
    }
}

impl Forwarding {
    /// Remembers the request, and draws what befalls it.
    fn fault_of(&self, seen: Seen) -> Option<Fault> {
        let mut plan = lock(&self.plan);
        let writes = ["TransactWriteItems", "PutItem"].contains(&seen.operation.as_str());
        plan.seen.push(seen);
        let fault = writes.then(|| plan.next.pop_front().or(plan.always));
        fault.flatten()
    }

    async fn forward(&self, mut headers: HeaderMap, body: Bytes) -> Response<Body> {
        headers.remove("host");
        let request = self.http.post(&self.upstream).headers(headers).body(body);
        let answer = request.send().await.expect("DynamoDB answers");
        let mut response = Response::builder().status(answer.status().as_u16());
        for name in ["content-type", "x-amz-crc32", "x-amzn-requestid"] {
            if let Some(value) = answer.headers().get(name) {
                response = response.header(name, value);
            }
        }
        let body = answer.bytes().await.expect("the answer has a body");
        response.body(Body::from(body)).expect("a response")
    }
}

/// A response whose connection breaks at its first byte.
fn broken() -> Response<Body> {
    let lost = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let body = stream::once(async { Err::<Bytes, _>(lost) });
    Response::new(Body::from_stream(body))
}

fn response(reply: Reply) -> Response<Body> {
    let headers = reply.headers.iter();
    let response = headers.fold(
        Response::builder().status(reply.status),
        |response, (name, value)| response.header(name, value),
    );
    response.body(Body::from(reply.body)).expect("a response")
}
