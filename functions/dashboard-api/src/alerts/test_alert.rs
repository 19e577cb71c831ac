//! `POST /api/alerts/test`: sends a signed alert through the webhook itself, gate included.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Direction, SignalId, Symbol};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::Told;
use crate::problem::{BodyRefusals, Problem, Refusals};
use crate::session::Session;
use crate::sources::Shared;

/// What the alert shall say.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TestAlert {
    pub(crate) symbol: Symbol,
    pub(crate) direction: Direction,
}

/// What the webhook answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TestAlertAnswer {
    /// `accepted` or `duplicate`.
    status: String,
    signal_id: SignalId,
}

/// Sends an entry alert of the strategy `test`, as TradingView would. It trades on paper like any
/// other.
#[utoipa::path(post, path = "/api/alerts/test", operation_id = "send_test_alert", tag = "alerts", request_body = TestAlert,
    responses((status = 200, body = TestAlertAnswer), (status = 502, body = Problem, content_type = "application/problem+json"), BodyRefusals, Refusals))]
pub(crate) async fn send(
    State(sources): State<Shared>,
    session: Session,
    Told(alert): Told<TestAlert>,
) -> Result<Json<TestAlertAnswer>, Problem> {
    let now = sources.clock.now();
    let (status, body) = sources.alerts.send(&alert, now).await?;
    let signal_id = body["signal_id"].as_str().and_then(|id| id.parse().ok());
    let told = body["status"].as_str().unwrap_or_default().to_owned();
    let Some(signal_id) = signal_id.filter(|_| status == StatusCode::OK) else {
        let detail = format!("the webhook answered {status}: {body}");
        return Err(Problem::new(StatusCode::BAD_GATEWAY, detail));
    };
    tracing::info!(%signal_id, by = session.name(), "test alert");
    Ok(Json(TestAlertAnswer {
        status: told,
        signal_id,
    }))
}
