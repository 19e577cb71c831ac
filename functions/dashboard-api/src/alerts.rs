//! `/api/alerts/…`: alerts that were refused, and why; templates for TradingView; a test alert.

mod templates;
mod test_alert;
mod webhook;

use axum::Json;
use axum::extract::State;
use storage::WebhookEvent;

use crate::extract::Fields;
use crate::list::{Listed, PageQuery};
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

pub(crate) use templates::{__path_templates, templates};
pub(crate) use test_alert::{__path_send, send};
pub(crate) use webhook::Alerts;

/// Alerts of the last thirty days that were refused, the newest first.
#[utoipa::path(get, path = "/api/alerts/refused", operation_id = "refused_alerts", tag = "alerts", params(PageQuery),
    responses((status = 200, body = Listed<WebhookEvent>), Refusals))]
pub(crate) async fn refused(
    State(sources): State<Shared>,
    Fields(page): Fields<PageQuery>,
) -> Result<Json<Listed<WebhookEvent>>, Problem> {
    let now = sources.clock.now();
    let found = sources.ledger.refused_alerts(&page.request()?, now).await?;
    Ok(Json(Listed::of(found, |event| event)))
}
