//! `POST /api/experiment/start` and `…/stop`: the record of an experiment.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::experiment::{Guardrails, PlannedSample, PrimaryMetric};
use domain::{Experiment, ExperimentId, Mode, Percent};
use serde::Deserialize;
use storage::settings::ExperimentError;
use utoipa::ToSchema;

use crate::extract::{Told, words};
use crate::problem::{BodyRefusals, Problem, Refusals};
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

/// What is expected where nothing else is said, in per cent of the premium of each signal.
const USUAL_EFFECT_PERCENT: i64 = 5;
const USUAL_SPLIT_PERCENTAGE: u8 = 50;

impl StartRequest {
    fn experiment(self, now: DateTime<Utc>) -> Result<Experiment, Problem> {
        let usual = PlannedSample::default();
        let effect = Percent::whole(USUAL_EFFECT_PERCENT);
        Ok(Experiment {
            hypothesis: words("hypothesis", &self.hypothesis)?.to_owned(),
            experiment_id: self.experiment_id,
            primary_metric: PrimaryMetric::default(),
            guardrails: Guardrails::default(),
            planned: PlannedSample {
                signals_per_engine: self.signals_per_engine.unwrap_or(usual.signals_per_engine),
                sessions: self.sessions.unwrap_or(usual.sessions),
            },
            expected_effect_percent: self.expected_effect_percent.unwrap_or(effect),
            mode: self.mode,
            split_percentage: self.split_percentage.unwrap_or(USUAL_SPLIT_PERCENTAGE),
            started_at: now,
            stopped_at: None,
            stopped_because: None,
        })
    }
}

impl From<ExperimentError> for Problem {
    fn from(error: ExperimentError) -> Self {
        match error {
            ExperimentError::Storage(error) => error.into(),
            other => Self::new(StatusCode::CONFLICT, other.to_string()),
        }
    }
}

/// Why an experiment ends.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StopRequest {
    #[schema(min_length = 1, max_length = 500)]
    pub(crate) why: String,
}

/// Begins an experiment; refused while one runs. Both engines have equal limits while it does.
#[utoipa::path(post, path = "/api/experiment/start", operation_id = "start_experiment", tag = "experiment", request_body = StartRequest,
    responses((status = 200, body = Experiment), (status = 409, body = Problem, content_type = "application/problem+json"), BodyRefusals, Refusals))]
pub(crate) async fn start(
    State(sources): State<Shared>,
    session: Session,
    Told(request): Told<StartRequest>,
) -> Result<Json<Experiment>, Problem> {
    let experiment = request.experiment(sources.clock.now())?;
    let by = session.name();
    sources.settings.begin_experiment(&experiment, by).await?;
    tracing::info!(experiment = %experiment.experiment_id, by, "an experiment begins");
    Ok(Json(experiment))
}

/// Ends the experiment that runs.
#[utoipa::path(post, path = "/api/experiment/stop", operation_id = "stop_experiment", tag = "experiment", request_body = StopRequest,
    responses((status = 200, body = Experiment), (status = 409, body = Problem, content_type = "application/problem+json"), BodyRefusals, Refusals))]
pub(crate) async fn stop(
    State(sources): State<Shared>,
    session: Session,
    Told(request): Told<StopRequest>,
) -> Result<Json<Experiment>, Problem> {
    let (why, by) = (words("why", &request.why)?, session.name());
    let ended = sources
        .settings
        .end_experiment(why, by, sources.clock.now())
        .await?;
    tracing::info!(experiment = %ended.experiment_id, by, why, "an experiment ends");
    Ok(Json(ended))
}
