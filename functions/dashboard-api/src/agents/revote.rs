//! `POST /api/agents/revote`: what other weights would have done.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::Usd;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::Told;
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

/// Weights to vote again with.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevoteRequest {
    /// By agent, 0 to 1000; an agent that isn't named keeps its weight.
    #[serde(default)]
    pub(crate) weights: BTreeMap<String, u32>,
    /// Confidence from which it enters, in points; as it is, where it isn't told.
    #[schema(minimum = 0, maximum = 100)]
    pub(crate) enter_at_points: Option<u32>,
    /// Days back from now.
    #[schema(minimum = 1, maximum = 366)]
    pub(crate) days: u32,
}

/// What the votes would have come to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RevoteAnswer {
    /// Signals that were voted on again.
    pub(crate) signals: u64,
    /// Signals that can't be: what they were decided on is no longer stored.
    pub(crate) not_replayable: u64,
    /// Whether there were more than are voted on at once; the newest count.
    pub(crate) truncated: bool,
    pub(crate) entries_then: u64,
    pub(crate) entries_now: u64,
    /// Net of Engine B's closed positions on the entries of then.
    pub(crate) net_then_usd: Usd,
    /// Net of the entries of now, as Engine B made them or, where it rejected, Engine A.
    pub(crate) net_now_usd: Usd,
    /// Entries of now that nobody traded.
    pub(crate) untraded_now: u64,
}

/// Votes again on stored evidence. Nothing is traded or changed.
#[utoipa::path(post, path = "/api/agents/revote", tag = "agents", request_body = RevoteRequest,
    responses((status = 200, body = RevoteAnswer), Refusals))]
pub(crate) async fn revote(
    State(sources): State<Shared>,
    Told(request): Told<RevoteRequest>,
) -> Result<Json<RevoteAnswer>, Problem> {
    Ok(Json(super::standing::revoted(&sources, &request).await?))
}
