//! `/api/experiment/report`: the report of an experiment, or of all signals of some days.

use axum::Json;
use axum::extract::State;
use decisions::experiment::Report;
use domain::{Experiment, ExperimentId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::Fields;
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

/// Which report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportQuery {
    /// The experiment; the newest unless told otherwise.
    pub(crate) id: Option<ExperimentId>,
    /// Instead of an experiment: all signals of so many days up to now.
    #[param(minimum = 1, maximum = 366)]
    pub(crate) days: Option<u32>,
}

/// The report with what belongs to it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExperimentShown {
    /// One sentence in plain words.
    pub(crate) sentence: String,
    /// Every experiment, the newest first.
    pub(crate) experiments: Vec<Experiment>,
    /// Null where there was no experiment yet, and no days are asked for.
    #[schema(required)]
    pub(crate) report: Option<Report>,
}

/// Which engine is better, and how sure one can be.
#[utoipa::path(get, path = "/api/experiment/report", operation_id = "experiment_report", tag = "experiment", params(ReportQuery),
    responses((status = 200, body = ExperimentShown), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"), Refusals))]
pub(crate) async fn report(
    State(sources): State<Shared>,
    Fields(query): Fields<ReportQuery>,
) -> Result<Json<ExperimentShown>, Problem> {
    Ok(Json(super::shown::read(&sources, &query).await?))
}
