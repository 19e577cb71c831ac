//! The functions as the stack invokes them: JSON in, JSON out, with a real Lambda context.

use std::fmt::Display;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use lambda_http::{Adapter, IntoResponse, Request, Service, service_fn};
use lambda_runtime::{Context, LambdaEvent};
use market_data::Market;
use runtime::{StartError, Surroundings};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::invoke::{InvokeError, Invoker};
use crate::template::Function;
use crate::wall_clock::{SystemWallClock, WallClock};

/// Why a function of the template can't be had here.
#[derive(Debug, thiserror::Error)]
pub enum FunctionError {
    /// There is no such binary.
    #[error("template.yaml names the binary `{binary}` for {function}, and there is none")]
    Unknown {
        /// Its logical id.
        function: String,
        /// The binary that it names.
        binary: String,
    },
    /// It refuses to start.
    #[error("{function} can't start")]
    Start {
        /// Its logical id.
        function: String,
        /// Why.
        #[source]
        source: StartError,
    },
}

/// Starts the function that the template declares, in these surroundings.
pub fn start(
    function: &Function,
    surroundings: &Surroundings,
    market: &Arc<dyn Market>,
) -> Result<Invoker, FunctionError> {
    let timeout = Duration::from_secs(function.timeout_s.into());
    let market = || Arc::clone(market);
    /// Each has its own type, and an `answer`.
    macro_rules! answers {
        ($function:expr) => {
            $function.map(|it| {
                invoker(
                    it,
                    timeout,
                    |it, event| async move { it.answer(event).await },
                )
            })
        };
    }
    /// The same of requests and responses.
    macro_rules! serves {
        ($function:expr) => {
            $function.map(|it| {
                let it = Arc::new(it);
                let service = service_fn(move |request: Request| {
                    let it = Arc::clone(&it);
                    async move { it.answer(request).await }
                });
                http(service, timeout)
            })
        };
    }
    let at = surroundings;
    let invoker = match function.binary.as_str() {
        "webhook" => serves!(webhook::Webhook::new(at)),
        "dashboard-api" => {
            dashboard_api::dashboard_api(at, market()).map(|router| http(router, timeout))
        }
        "engine-a" => answers!(engine_a::engine_a(at, market())),
        "engine-b" => answers!(engine_b::engine_b(at, market())),
        "order-creator" => answers!(order_creator::OrderCreator::new(at, market())),
        "paper-executor" => answers!(paper_executor::PaperExecutor::new(at, market())),
        "position-refresher" => {
            answers!(position_refresher::PositionRefresher::new(at, market()))
        }
        "exit-monitor" => answers!(exit_monitor::ExitMonitor::new(at, market())),
        "sweeper" => answers!(sweeper::Sweeper::new(at)),
        _ => {
            let (function, binary) = (function.logical_id.clone(), function.binary.clone());
            return Err(FunctionError::Unknown { function, binary });
        }
    };
    invoker.map_err(|source| FunctionError::Start {
        function: function.logical_id.clone(),
        source,
    })
}

/// An invoker of a handler that takes an event of type `E`.
fn invoker<T, E, R, X, F, H>(function: T, timeout: Duration, answer: H) -> Invoker
where
    T: Send + Sync + 'static,
    E: DeserializeOwned + Send + 'static,
    R: Serialize,
    X: std::error::Error,
    F: Future<Output = Result<R, X>> + Send + 'static,
    H: Fn(Arc<T>, LambdaEvent<E>) -> F + Clone + Send + Sync + 'static,
{
    let function = Arc::new(function);
    Arc::new(move |event: Json| {
        let (function, answer) = (Arc::clone(&function), answer.clone());
        async move {
            let payload = serde_json::from_value(event).map_err(failed)?;
            let event = LambdaEvent::new(payload, context(timeout));
            let response = answer(function, event).await.map_err(failed)?;
            serde_json::to_value(response).map_err(failed)
        }
        .boxed()
    })
}

/// An invoker of a service of HTTP requests, such as a router. Event and response pass through the
/// same adapter as in the cloud.
pub fn http<S, R>(service: S, timeout: Duration) -> Invoker
where
    S: Service<Request, Response = R, Error: Display, Future: Send + 'static>
        + Clone
        + Send
        + Sync
        + 'static,
    R: IntoResponse + 'static,
{
    Arc::new(move |event: Json| {
        let service = service.clone();
        async move {
            let request = serde_json::from_value(event).map_err(failed)?;
            let event = LambdaEvent::new(request, context(timeout));
            let answering = Adapter::from(service).call(event);
            let response = answering.await.map_err(failed)?;
            serde_json::to_value(response).map_err(failed)
        }
        .boxed()
    })
}

fn context(timeout: Duration) -> Context {
    let mut context = Context::default();
    context.request_id = uuid::Uuid::new_v4().to_string();
    let now_ms = u64::try_from(SystemWallClock.now_ms()).unwrap_or_default();
    context.deadline = now_ms + u64::try_from(timeout.as_millis()).unwrap_or_default();
    context
}

fn failed(error: impl Display) -> InvokeError {
    InvokeError(error.to_string())
}
