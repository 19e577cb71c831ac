//! TradingView: sends an alert, hangs up after three seconds, and sends it again when the
//! webhook says that it failed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;

use crate::invocation::Ended;

/// Signs the alerts of every run.
pub(crate) const SECRET: &str = "the simulated webhook secret";
/// It waits so long for an answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);
/// It sends an alert so often.
pub(crate) const SENDS_MAX: u32 = 4;
/// It waits so long before it sends again.
pub(crate) const BETWEEN_SENDS: Duration = Duration::from_secs(5);

/// What the sender heard.
#[derive(Debug, Default)]
pub(crate) struct Heard(Mutex<Vec<String>>);

impl Heard {
    /// The webhook took this signal.
    fn taken(&self, signal_id: &str) {
        self.lock().push(signal_id.to_owned());
    }

    /// The signals that the webhook took.
    pub(crate) fn signals(&self) -> Vec<String> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the answer; whether the alert is to be sent again.
    pub(crate) fn is_to_be_sent_again(&self, ended: &Ended) -> bool {
        let Ended::Responded(payload) = ended else {
            // The API answers 500 for a function that fails, and nothing within three seconds
            // for one that hangs.
            return matches!(ended, Ended::Failed(_) | Ended::Crashed);
        };
        let status = payload["statusCode"].as_u64().unwrap_or(0);
        let body = payload["body"].as_str().unwrap_or_default();
        let body: Json = serde_json::from_str(body).unwrap_or_default();
        if (200..300).contains(&status)
            && let Some(signal_id) = body["signal_id"].as_str()
        {
            self.taken(signal_id);
        }
        status >= 500 && status != 504
    }
}

/// The request as the HTTP API hands it to the webhook.
pub(crate) fn request(body: &str, request_id: &str) -> Json {
    json!({
        "version": "2.0",
        "routeKey": "POST /webhook",
        "rawPath": "/webhook",
        "rawQueryString": "",
        "headers": { "content-type": "application/json", "x-signature": signature(body) },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "simulated",
            "domainName": "simulated",
            "domainPrefix": "simulated",
            "http": {
                "method": "POST",
                "path": "/webhook",
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "simulated",
            },
            "requestId": request_id,
            "routeKey": "POST /webhook",
            "stage": "$default",
            "timeEpoch": 0,
        },
        "body": body,
        "isBase64Encoded": false,
    })
}

fn signature(body: &str) -> String {
    Hmac::<Sha256>::new_from_slice(SECRET.as_bytes())
        .map(|mac| hex::encode(mac.chain_update(body).finalize().into_bytes()))
        .unwrap_or_default()
}
