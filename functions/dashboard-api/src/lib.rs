//! The dashboard's API: what people see and do in the browser, over the same tables as the
//! functions. It decides nothing about a trade: a close by hand goes the one way out, settings are
//! versions, and everything else is read.
//!
//! Every answer that can be asked again carries a tag; bodies hold no ages and no "now", so that an
//! unchanged page costs a 304. The stack's clock is in a header.

mod agents;
mod alerts;
mod cookie;
mod document;
mod experiment;
mod extract;
mod halts;
mod history;
mod list;
mod market;
mod metrics;
mod minute;
mod monitoring;
mod orders;
mod parameters;
mod positioning;
mod positions;
mod problem;
mod routes;
mod session;
mod settings;
mod signals;
mod signing_in;
mod sources;
mod tags;
mod users;
mod viewers;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::middleware::map_response_with_state;
use axum::response::Response;
use market_data::Market;
use runtime::capacity::Capacity;
use runtime::metrics::INVOCATION_FAILED;
use runtime::{StartError, Surroundings};

pub use document::openapi;
use sources::Sources;

/// Lambda refuses answers above 6 MB; ours are far below.
const ANSWER_BYTES_MAX: usize = 5 * 1024 * 1024;

/// The API in these surroundings: a service of the HTTP API's requests. `market` tells positioning,
/// and what prices are worth.
pub fn dashboard_api(
    surroundings: &Surroundings,
    market: Arc<dyn Market>,
) -> Result<Router, StartError> {
    let sources = Sources::new(surroundings, market)?;
    let capacity = surroundings.aws.capacity.clone();
    let router = routes::router(Arc::new(sources));
    Ok(router.layer(map_response_with_state(capacity, told)))
}

/// The answer, once it is told what it cost, and whether it failed.
async fn told(State(capacity): State<Capacity>, answer: Response) -> Response {
    capacity.tell();
    if answer.status().is_server_error() {
        INVOCATION_FAILED.tell("dashboard-api", 1);
    }
    answer
}
