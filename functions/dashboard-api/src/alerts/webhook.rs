//! The webhook as this API knows it: its address, its secret, and the webhook itself, through
//! which a test alert goes.

use std::sync::Arc;

use axum::http::header::HOST;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::Direction;
use hmac::{Hmac, KeyInit, Mac};
use lambda_http::{Body, Request};
use runtime::secrets::CachedSecret;
use runtime::telemetry::chain;
use runtime::{StartError, Surroundings};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::Sha256;
use webhook::Webhook;

use super::test_alert::TestAlert;
use crate::problem::Problem;

/// The webhook.
pub(crate) struct Alerts {
    webhook: Arc<Webhook>,
    secret: Secret,
    /// Where it is told; else the address under which this API was called.
    url: Option<String>,
}

enum Secret {
    Known(SecretString),
    Stored(CachedSecret),
}

impl Alerts {
    pub(crate) fn new(surroundings: &Surroundings) -> Result<Self, StartError> {
        let environment = &surroundings.environment;
        let known = surroundings.configuration.webhook.secret.clone();
        let secret = if let Some(secret) = known {
            Secret::Known(secret)
        } else {
            let name = environment.require("WEBHOOK_SECRET_ID")?;
            Secret::Stored(CachedSecret::named(&surroundings.aws.secrets, name))
        };
        Ok(Self {
            webhook: Arc::new(Webhook::new(surroundings)?),
            secret,
            url: environment.get("WEBHOOK_URL").map(str::to_owned),
        })
    }

    /// The address that TradingView calls, without the token.
    pub(crate) fn webhook_url(&self, headers: &HeaderMap) -> String {
        let host = || {
            let host = headers.get(HOST).and_then(|it| it.to_str().ok());
            format!("http://{}/webhook", host.unwrap_or("127.0.0.1"))
        };
        self.url.clone().unwrap_or_else(host)
    }

    /// What authenticates alerts.
    pub(crate) async fn secret(&self) -> Result<SecretString, Problem> {
        match &self.secret {
            Secret::Known(secret) => Ok(secret.clone()),
            Secret::Stored(cached) => cached.value().await.map_err(|error| {
                tracing::error!(
                    error = chain(&error),
                    "the webhook's secret is out of reach"
                );
                let detail = "the webhook's secret is out of reach; try again";
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(2)
            }),
        }
    }

    /// Sends an alert through the webhook, signed; its status and its body.
    pub(crate) async fn send(
        &self,
        alert: &TestAlert,
        now: DateTime<Utc>,
    ) -> Result<(StatusCode, Value), Problem> {
        let body = body(alert, now);
        let signature = signature(&body, &self.secret().await?);
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = Uri::from_static("/webhook");
        let signature = signature.parse().map_err(|_| Problem::internal())?;
        request.headers_mut().insert("x-signature", signature);
        let Ok(answer) = self.webhook.answer(request).await;
        let told = serde_json::from_slice(answer.body().as_ref());
        Ok((answer.status(), told.unwrap_or(Value::Null)))
    }
}

/// As an indicator's alert: one entry of the strategy `test`.
fn body(alert: &TestAlert, now: DateTime<Utc>) -> String {
    let direction = match alert.direction {
        Direction::Long => "long",
        Direction::Short => "short",
    };
    json!({
        "symbol": alert.symbol,
        "direction": direction,
        "timeframe": "5",
        "timenow": now.to_rfc3339_opts(SecondsFormat::Secs, true),
        "strategy": "test",
        "source": "dashboard",
    })
    .to_string()
}

fn signature(body: &str, secret: &SecretString) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes());
    // HMAC takes keys of any length.
    let signed = mac.map(|mac| mac.chain_update(body).finalize().into_bytes());
    signed.map(hex::encode).unwrap_or_default()
}
