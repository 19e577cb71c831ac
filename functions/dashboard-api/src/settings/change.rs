//! `PUT /api/settings/{kind}`: a new version of some settings.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use storage::NewVersion;
use storage::settings::in_form_of;
use utoipa::ToSchema;

use super::{KindName, KindPath, kinds};
use crate::extract::{Named, Told};
use crate::problem::{BodyRefusals, Problem, Refusals};
use crate::session::Session;
use crate::sources::Shared;

/// Values to set. What isn't named stays as the table has it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeRequest {
    /// By name; null takes a value out of the table, so that environment or default hold again.
    #[schema(value_type = Object)]
    pub(crate) values: Map<String, Value>,
    /// The version that was seen: the change is refused if another came since.
    pub(crate) seen_version: u32,
}

/// The version that was written.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ChangeAnswer {
    version: u32,
}

/// Sets values of a kind. Everybody sees them within ten seconds, open positions at the next pass.
#[utoipa::path(put, path = "/api/settings/{kind}", operation_id = "change_settings", tag = "settings", params(KindPath), request_body = ChangeRequest,
    responses((status = 200, body = ChangeAnswer), (status = 409, body = Problem, content_type = "application/problem+json"), BodyRefusals, Refusals))]
pub(crate) async fn change(
    State(sources): State<Shared>,
    session: Session,
    Named(KindPath { kind }): Named<KindPath>,
    Told(request): Told<ChangeRequest>,
) -> Result<Json<ChangeAnswer>, Problem> {
    let version = put(&sources, kind, request, session.name()).await?;
    tracing::info!(?kind, version, by = session.name(), "settings changed");
    Ok(Json(ChangeAnswer { version }))
}

async fn put(
    sources: &Shared,
    kind: KindName,
    request: ChangeRequest,
    by: &str,
) -> Result<u32, Problem> {
    let in_force = sources.settings.version_in_force(kind.into()).await?;
    let mut values = in_force.map(|it| it.values).unwrap_or_default();
    let current = kinds::values(kind, &sources.settings.current().await?);
    for (name, value) in request.values {
        let Some(known) = current.get(&name) else {
            return Err(Problem::field(
                &name,
                "there is no such setting of this kind",
            ));
        };
        if value.is_null() {
            values.remove(&name);
        } else {
            values.insert(name, in_form_of(known, value));
        }
    }
    kinds::refuse_unreadable(kind, &current, &values)?;
    let version = NewVersion {
        kind: kind.into(),
        values,
        enabled: true,
        changed_by: by,
        changed_at: sources.clock.now(),
    };
    Ok(sources
        .settings
        .put_version_over(request.seen_version, &version)
        .await?)
}
