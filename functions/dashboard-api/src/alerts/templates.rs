//! `/api/alerts/templates`: what to paste into TradingView, filled with this installation's
//! address and token. It holds the webhook's secret, so it is the admin's alone.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

/// A message for an alert of TradingView.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlertTemplate {
    /// `strategy` or `indicator`.
    kind: &'static str,
    /// For what kind of alert.
    title: &'static str,
    /// The text for the field "Message".
    message: String,
}

/// What to paste into TradingView.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlertTemplates {
    /// The address for the field "Webhook URL"; its last part is the token.
    webhook_url: String,
    /// Whether TradingView can reach it: it can't call a machine that isn't on the internet.
    is_public: bool,
    templates: Vec<AlertTemplate>,
}

/// A strategy tells what it did and what it holds now: entries, exits and reversals.
const STRATEGY: &str = r#"{
  "symbol": "{{ticker}}",
  "timeframe": "{{interval}}",
  "action": "{{strategy.order.action}}",
  "market_position": "{{strategy.market_position}}",
  "market_position_size": "{{strategy.market_position_size}}",
  "prev_market_position": "{{strategy.prev_market_position}}",
  "prev_market_position_size": "{{strategy.prev_market_position_size}}",
  "price": "{{strategy.order.price}}",
  "timenow": "{{timenow}}",
  "strategy": "my strategy"
}"#;

/// An indicator's alert means one thing, which its message says.
const INDICATOR: &str = r#"{
  "symbol": "{{ticker}}",
  "timeframe": "{{interval}}",
  "direction": "long",
  "price": "{{close}}",
  "timenow": "{{timenow}}",
  "strategy": "my indicator"
}"#;

/// An indicator that says: get out.
const EXIT: &str = r#"{
  "symbol": "{{ticker}}",
  "timeframe": "{{interval}}",
  "action": "exit",
  "price": "{{close}}",
  "timenow": "{{timenow}}",
  "strategy": "my indicator"
}"#;

/// Messages for TradingView's alerts, and where to send them.
#[utoipa::path(get, path = "/api/alerts/templates", operation_id = "alert_templates", tag = "alerts",
    responses((status = 200, body = AlertTemplates), Refusals))]
pub(crate) async fn templates(
    State(sources): State<Shared>,
    headers: HeaderMap,
) -> Result<Json<AlertTemplates>, Problem> {
    let webhook = sources.alerts.webhook_url(&headers);
    let secret = sources.alerts.secret().await?;
    let is_public = webhook.starts_with("https://");
    let each = [
        (
            "strategy",
            "A strategy: entries, exits and reversals",
            STRATEGY,
        ),
        ("indicator", "An indicator: a long entry", INDICATOR),
        ("indicator", "An indicator: an exit", EXIT),
    ];
    Ok(Json(AlertTemplates {
        webhook_url: format!("{webhook}/{}", secret.expose_secret()),
        is_public,
        templates: each
            .map(|(kind, title, message)| {
                let message = message.to_owned();
                AlertTemplate {
                    kind,
                    title,
                    message,
                }
            })
            .into(),
    }))
}
