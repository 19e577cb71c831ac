//! A server of the Lambda Runtime API, as the real one is to one execution environment: the
//! binary of a function asks it for its next event, and tells it what came of it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::routing::{get, post};
use local_stack::wall_clock::{SystemWallClock, WallClock};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// What a function calls itself in an invocation.
const FUNCTION_ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:a-function";
/// The trace of every invocation.
pub const TRACE_ID: &str =
    "Root=1-6a6b57be-2f1d5a0c3b7e4d6f8a9b0c1d;Parent=53995c3f42cd8ad8;Sampled=0";

/// What came of an invocation.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The function answered.
    Answered(Value),
    /// The function said that it failed.
    Failed {
        /// The kind of error, from its header.
        kind: String,
        /// What was said of it.
        said: Value,
    },
}

/// One event on its way, and who waits for what comes of it.
struct Invocation {
    event: String,
    may_take: Duration,
    answered: oneshot::Sender<Outcome>,
}

/// What the server and its owner share.
struct Exchange {
    waiting: tokio::sync::Mutex<mpsc::UnboundedReceiver<Invocation>>,
    under_way: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
    /// When the function asked for an event for the first time.
    first_asked: watch::Sender<Option<Instant>>,
    /// What the function said when it couldn't start.
    not_started: Mutex<Option<Value>>,
    /// Counts invocations: their ids follow from it.
    handed_out: Mutex<u64>,
}

/// A running server for one function; it ends with its owner.
pub struct RuntimeApi {
    address: SocketAddr,
    invocations: mpsc::UnboundedSender<Invocation>,
    exchange: Arc<Exchange>,
    serving: JoinHandle<()>,
}

impl RuntimeApi {
    /// A server on a free port of the loopback.
    pub async fn start() -> Self {
        let (invocations, waiting) = mpsc::unbounded_channel();
        let exchange = Arc::new(Exchange {
            waiting: tokio::sync::Mutex::new(waiting),
            under_way: Mutex::default(),
            first_asked: watch::channel(None).0,
            not_started: Mutex::default(),
            handed_out: Mutex::default(),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let routes = routes(Arc::clone(&exchange));
        let serving = tokio::spawn(async move {
            axum::serve(listener, routes).await.expect("it serves");
        });
        Self {
            address,
            invocations,
            exchange,
            serving,
        }
    }

    /// Where it answers: the value of `AWS_LAMBDA_RUNTIME_API`.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Waits until the function has asked for its first event, and tells when that was.
    pub async fn first_asked(&self) -> Instant {
        let mut asked = self.exchange.first_asked.subscribe();
        let at = asked.wait_for(Option::is_some).await;
        at.expect("the server is there").expect("it was waited for")
    }

    /// Gives the function an event and waits for what comes of it. The event is any text: a
    /// function has to live with what isn't JSON.
    pub async fn invoke(&self, event: String, may_take: Duration) -> Outcome {
        let (answered, answer) = oneshot::channel();
        let invocation = Invocation {
            event,
            may_take,
            answered,
        };
        let sent = self.invocations.send(invocation);
        sent.map_err(drop).expect("the server is there");
        answer.await.expect("the server is there")
    }

    /// What the function said when it couldn't start, if it said so.
    pub fn not_started(&self) -> Option<Value> {
        locked(&self.exchange.not_started).clone()
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn routes(exchange: Arc<Exchange>) -> Router {
    let base = "/2018-06-01/runtime";
    let invocation = format!("{base}/invocation/{{id}}");
    Router::new()
        .route(&format!("{base}/invocation/next"), get(next))
        .route(&format!("{invocation}/response"), post(response))
        .route(&format!("{invocation}/error"), post(failure))
        .route(&format!("{base}/init/error"), post(failed_start))
        .with_state(exchange)
}

async fn next(State(exchange): State<Arc<Exchange>>) -> Response<Body> {
    exchange.first_asked.send_if_modified(|at| {
        let is_first = at.is_none();
        at.get_or_insert_with(Instant::now);
        is_first
    });
    let Some(invocation) = exchange.waiting.lock().await.recv().await else {
        return empty(StatusCode::GONE);
    };
    let id = exchange.take_id();
    locked(&exchange.under_way).insert(id.clone(), invocation.answered);
    Response::builder()
        .header("lambda-runtime-aws-request-id", id)
        .header(
            "lambda-runtime-deadline-ms",
            deadline_ms(invocation.may_take),
        )
        .header("lambda-runtime-invoked-function-arn", FUNCTION_ARN)
        .header("lambda-runtime-trace-id", TRACE_ID)
        .header("content-type", "application/json")
        .body(Body::from(invocation.event))
        .expect("an answer")
}

async fn response(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    body: String,
) -> Response<Body> {
    exchange.end(&id, Outcome::Answered(as_json(&body)))
}

async fn failure(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response<Body> {
    let kind = headers.get("lambda-runtime-function-error-type");
    let kind = kind.and_then(|kind| kind.to_str().ok());
    let failed = Outcome::Failed {
        kind: kind.unwrap_or_default().to_owned(),
        said: as_json(&body),
    };
    exchange.end(&id, failed)
}

async fn failed_start(State(exchange): State<Arc<Exchange>>, body: String) -> Response<Body> {
    *locked(&exchange.not_started) = Some(as_json(&body));
    empty(StatusCode::ACCEPTED)
}

impl Exchange {
    fn take_id(&self) -> String {
        let mut number = locked(&self.handed_out);
        *number += 1;
        format!("8476a536-e9f4-11e8-9739-{:012x}", *number)
    }

    /// Tells who waits for it. An answer to what nobody asked is refused, as Lambda does.
    fn end(&self, id: &str, outcome: Outcome) -> Response<Body> {
        let Some(answered) = locked(&self.under_way).remove(id) else {
            return empty(StatusCode::BAD_REQUEST);
        };
        // Who asked may have given up.
        let _ = answered.send(outcome);
        empty(StatusCode::ACCEPTED)
    }
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}

/// An answer that isn't JSON is kept as text: who compares it will see.
fn as_json(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_else(|_| Value::String(body.to_owned()))
}

fn deadline_ms(may_take: Duration) -> i64 {
    let may_take = i64::try_from(may_take.as_millis()).unwrap_or(i64::MAX);
    SystemWallClock.now_ms().saturating_add(may_take)
}

fn locked<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}
