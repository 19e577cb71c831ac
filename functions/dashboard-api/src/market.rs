//! `/api/market`: which market is shown, and whether it is open.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use market_data::{Asked, MarketKind};
use runtime::telemetry::chain;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Refusals;
use crate::sources::Shared;

/// Which market prices come from. All trading is on paper, whatever it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MarketShown {
    /// `simulated`, `recorded` or `providers`.
    kind: MarketKind,
    /// The same in a plain sentence.
    sentence: String,
    /// Where prices are recorded: the end of the recording.
    #[schema(required)]
    recording_ends_at: Option<DateTime<Utc>>,
    /// Whether it is open; none if nobody can tell.
    #[schema(required)]
    is_open: Option<bool>,
    /// When it opens next.
    #[schema(required)]
    opens_at: Option<DateTime<Utc>>,
    /// When it closes, where it is open.
    #[schema(required)]
    closes_at: Option<DateTime<Utc>>,
    /// Why it is closed, or why nobody can tell.
    #[schema(required)]
    closed_because: Option<String>,
}

/// Which market is shown, and whether it is open.
#[utoipa::path(get, path = "/api/market", operation_id = "market", tag = "market",
    responses((status = 200, body = MarketShown), Refusals))]
pub(crate) async fn show(State(sources): State<Shared>) -> Json<MarketShown> {
    Json(shown(&sources).await)
}

pub(crate) async fn shown(sources: &Shared) -> MarketShown {
    let source = sources.market.source();
    let clock = sources.market.clock(Asked::at(sources.clock.now())).await;
    let why = clock.as_ref().map_or_else(
        |error| Some(chain(error)),
        |clock| clock.closed_because.clone(),
    );
    let clock = clock.ok();
    MarketShown {
        kind: source.kind,
        sentence: source.sentence,
        recording_ends_at: source.recording.map(|it| it.ends_at),
        is_open: clock.as_ref().map(|it| it.is_open),
        opens_at: clock.as_ref().map(|it| it.opens_at),
        closes_at: clock.and_then(|it| it.closes_at),
        closed_because: why,
    }
}
