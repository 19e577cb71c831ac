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
use market_data::Market;
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
    Ok(routes::router(Arc::new(sources)))
}
