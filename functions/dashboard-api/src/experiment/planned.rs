//! `POST /api/experiment/start` and `…/stop`: the record of an experiment.

use axum::Json;
use axum::extract::State;
use domain::{Experiment, ExperimentId, Mode, Percent};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::Told;
use crate::problem::{Problem, Refusals};
use crate::session::Session;
use crate::sources::Shared;

/// A new experiment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartRequest {
    /// It salts the routing, so take another for each.
    pub(crate) experiment_id: ExperimentId,
    /// What is expected, in words.
    #[schema(min_length = 1, max_length = 500)]
    pub(crate) hypothesis: String,
    pub(crate) mode: Mode,
    /// Engine A's share of the signals in split mode, in per cent.
    #[schema(maximum = 100)]
    pub(crate) split_percentage: Option<u8>,
    /// The effect that would matter, in per cent of the premium of each signal.
    pub(crate) expected_effect_percent: Option<Percent>,
    /// Signals that each engine is to have before it is judged.
    pub(crate) signals_per_engine: Option<u32>,
    /// Trading days before it is judged.
    pub(crate) sessions: Option<u32>,
}

/// Why an experiment ends.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StopRequest {
    #[schema(min_length = 1, max_length = 500)]
    pub(crate) why: String,
}

/// Begins an experiment; refused while one runs. Both engines have equal limits while it does.
#[utoipa::path(post, path = "/api/experiment/start", tag = "experiment", request_body = StartRequest,
    responses((status = 200, body = Experiment), (status = 409, body = Problem, content_type = "application/problem+json"), Refusals))]
pub(crate) async fn start(
    State(sources): State<Shared>,
    session: Session,
    Told(request): Told<StartRequest>,
) -> Result<Json<Experiment>, Problem> {
    let begun = super::shown::begin(&sources, request, session.name()).await?;
    Ok(Json(begun))
}

/// Ends the experiment that runs.
#[utoipa::path(post, path = "/api/experiment/stop", tag = "experiment", request_body = StopRequest,
    responses((status = 200, body = Experiment), (status = 409, body = Problem, content_type = "application/problem+json"), Refusals))]
pub(crate) async fn stop(
    State(sources): State<Shared>,
    session: Session,
    Told(request): Told<StopRequest>,
) -> Result<Json<Experiment>, Problem> {
    let ended = super::shown::end(&sources, request.why, session.name()).await?;
    Ok(Json(ended))
}
