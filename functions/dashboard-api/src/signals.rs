//! `/api/signals`: what came in, and what became of it.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::{Assignment, Intent, Price, Signal, SignalId, Symbol, Timeframe};
use serde::Serialize;
use storage::ledger::SignalWithTasks;
use utoipa::ToSchema;

use crate::extract::Fields;
use crate::list::{Listed, PageQuery, page_request};
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

mod trace;
pub(crate) use trace::{__path_trace, trace};

/// A signal of the feed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FeedSignal {
    signal_id: SignalId,
    symbol: Symbol,
    #[serde(flatten)]
    intent: Intent,
    timeframe: Timeframe,
    pub(crate) received_at: DateTime<Utc>,
    #[schema(required)]
    strategy: Option<String>,
    #[schema(required)]
    source: Option<String>,
    /// The underlying's price that the alert told, per share.
    #[schema(required)]
    price: Option<Price>,
    /// Each engine's task, and how it stands.
    tasks: Vec<Assignment>,
}

impl From<SignalWithTasks> for FeedSignal {
    fn from(found: SignalWithTasks) -> Self {
        let signal: Signal = found.signal;
        Self {
            signal_id: signal.signal_id,
            symbol: signal.symbol,
            intent: signal.intent,
            timeframe: signal.timeframe,
            received_at: signal.received_at,
            strategy: signal.strategy,
            source: signal.source,
            price: signal.price,
            tasks: found.assignments,
        }
    }
}

/// Signals, the newest first.
#[utoipa::path(get, path = "/api/signals", operation_id = "signals", tag = "signals", params(PageQuery),
    responses((status = 200, body = Listed<FeedSignal>), Refusals))]
pub(crate) async fn list(
    State(sources): State<Shared>,
    Fields(page): Fields<PageQuery>,
) -> Result<Json<Listed<FeedSignal>>, Problem> {
    let found = sources
        .ledger
        .newest_signals_with_tasks(&page.request()?)
        .await?;
    Ok(Json(Listed::of(found, FeedSignal::from)))
}

/// The newest signals.
pub(crate) async fn newest(sources: &Shared, most: u32) -> Result<Vec<FeedSignal>, Problem> {
    let page = page_request(Some(most), None)?;
    let found = sources.ledger.newest_signals_with_tasks(&page).await?;
    Ok(found.items.into_iter().map(FeedSignal::from).collect())
}
