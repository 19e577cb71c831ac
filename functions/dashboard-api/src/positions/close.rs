//! `POST /api/positions/{signal_id}/{engine}/close`: closes a position by hand.

use axum::Json;
use axum::extract::State;
use closing::{ClosedByHand, Waiting};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PositionName;
use crate::extract::{Named, Told};
use crate::problem::{BodyRefusals, Problem, Refusals};
use crate::session::Session;
use crate::sources::Shared;

/// What became of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CloseOutcome {
    /// Its exit has begun.
    Begun,
    /// The market is closed; the exit begins at the next open.
    WaitsForTheOpen,
    /// An exit is under way; should that fail, it is closed all the same.
    ExitUnderWay,
    /// It was closed before.
    AlreadyClosed,
}

/// Nothing needs to be said.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseRequest {}

/// The answer to a wish to close.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct CloseAnswer {
    outcome: CloseOutcome,
}

/// Closes a position by hand, at the next fresh quote. Safe to repeat.
#[utoipa::path(post, path = "/api/positions/{signal_id}/{engine}/close", operation_id = "close_position", tag = "positions", params(PositionName),
    request_body = CloseRequest,
    responses((status = 200, body = CloseAnswer), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"), BodyRefusals, Refusals))]
pub(crate) async fn close(
    State(sources): State<Shared>,
    session: Session,
    Named(name): Named<PositionName>,
    Told(CloseRequest {}): Told<CloseRequest>,
) -> Result<Json<CloseAnswer>, Problem> {
    let by = session.name();
    let closed = sources
        .controls
        .close_by_hand(name.signal_id, name.engine, by)
        .await?;
    let outcome = match closed {
        ClosedByHand::Begun => CloseOutcome::Begun,
        ClosedByHand::Noted(Waiting::ForTheOpen) => CloseOutcome::WaitsForTheOpen,
        ClosedByHand::Noted(Waiting::ForTheExit) => CloseOutcome::ExitUnderWay,
        ClosedByHand::AlreadyClosed => CloseOutcome::AlreadyClosed,
        ClosedByHand::NotFound => {
            return Err(Problem::not_found("there is no such position"));
        }
    };
    let (signal_id, engine) = (name.signal_id, name.engine);
    tracing::info!(%signal_id, %engine, by, ?outcome, "close by hand");
    Ok(Json(CloseAnswer { outcome }))
}
