//! `POST /api/engines/{engine}/halt` and `…/resume`: the kill switch.

use axum::Json;
use axum::extract::State;
use domain::{Engine, Halt};
use serde::{Deserialize, Serialize};
use storage::ledger::Halted;
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Named, Told};
use crate::problem::{BodyRefusals, Problem, Refusals};
use crate::session::Session;
use crate::sources::Shared;

/// Which engine.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EngineName {
    engine: Engine,
}

/// Why entries stop; every entry that is refused says it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HaltRequest {
    #[schema(min_length = 1, max_length = 500)]
    why: String,
}

/// Nothing needs to be said.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResumeRequest {}

/// How an engine stands now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HaltAnswer {
    engine: Engine,
    halted: bool,
    /// The halt that stood already, or that was lifted.
    #[schema(required)]
    earlier: Option<Halt>,
}

/// Stops an engine's entries at once; what it holds keeps its exits.
#[utoipa::path(post, path = "/api/engines/{engine}/halt", tag = "settings", params(EngineName), request_body = HaltRequest,
    responses((status = 200, body = HaltAnswer), BodyRefusals, Refusals))]
pub(crate) async fn halt(
    State(sources): State<Shared>,
    session: Session,
    Named(EngineName { engine }): Named<EngineName>,
    Told(HaltRequest { why }): Told<HaltRequest>,
) -> Result<Json<HaltAnswer>, Problem> {
    let why = crate::extract::words("why", &why)?;
    let earlier = match sources.controls.halt(engine, session.name(), why).await? {
        Halted::Now => None,
        Halted::Already(halt) => Some(halt),
    };
    tracing::warn!(%engine, by = session.name(), why, "entries stopped");
    let halted = true;
    Ok(Json(HaltAnswer {
        engine,
        halted,
        earlier,
    }))
}

/// Lets an engine enter again.
#[utoipa::path(post, path = "/api/engines/{engine}/resume", tag = "settings", params(EngineName), request_body = ResumeRequest,
    responses((status = 200, body = HaltAnswer), BodyRefusals, Refusals))]
pub(crate) async fn resume(
    State(sources): State<Shared>,
    session: Session,
    Named(EngineName { engine }): Named<EngineName>,
    Told(ResumeRequest {}): Told<ResumeRequest>,
) -> Result<Json<HaltAnswer>, Problem> {
    let earlier = sources.controls.resume(engine, session.name()).await?;
    tracing::warn!(%engine, by = session.name(), "entries go on");
    let halted = false;
    Ok(Json(HaltAnswer {
        engine,
        halted,
        earlier,
    }))
}
