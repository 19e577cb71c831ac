//! A stack in memory, and somebody who sends it alerts.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use local_stack::aws::{AwsChoice, sdk_config};
use local_stack::wire::{HttpWire, Interposer, Meter, WireClient};
use local_stack::{Stack, StackOptions};
use market_data::Market;
use runtime::{AwsClients, Entropy, Environment, SharedClock};
use serde_json::{Value as Json, json};
use sha2::Sha256;
use storage::Ledger;
use system_tests::deliveries::by_hand;

use crate::AnyError;

/// Limits that aren't reached by what is sent here, and exits that no price sets off.
pub(crate) const ROOMY: [(&str, &str); 10] = [
    ("MAX_TOTAL_EXPOSURE", "10000000"),
    ("MAX_EXPOSURE_PERCENT", "100"),
    ("MAX_OPEN_POSITIONS", "40"),
    ("MAX_POSITIONS_PER_SYMBOL", "40"),
    ("MAX_DAILY_LOSS", "10000000"),
    ("PROFIT_TARGET_PCT", "1000"),
    ("STOP_LOSS_PCT", "100"),
    ("TIME_STOP_DTE", "0"),
    ("DELTA_DROP_ENABLED", "false"),
    ("VOLATILITY_COLLAPSE_ENABLED", "false"),
];

/// Every signal goes to both engines, and Engine B enters whatever it doesn't veto.
pub(crate) const PAIRED: [(&str, &str); 5] = [
    ("ENABLE_VARIANT_B", "true"),
    ("ENABLE_SHADOW_EXECUTION", "true"),
    ("EXPERIMENT_MODE", "paired"),
    ("ENTER_AT_CONFIDENCE", "0"),
    ("VETO_ABOVE_RISK_SCORE", "100"),
];
/// The same, but each signal goes to one of them.
pub(crate) const SPLIT: [(&str, &str); 5] = [
    ("ENABLE_VARIANT_B", "true"),
    ("ENABLE_SHADOW_EXECUTION", "true"),
    ("EXPERIMENT_MODE", "split"),
    ("ENTER_AT_CONFIDENCE", "0"),
    ("VETO_ABOVE_RISK_SCORE", "100"),
];

/// A Thursday morning in session.
pub(crate) fn in_session() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_785_420_000)
}

/// How a stage is set.
pub(crate) struct Setting {
    /// Its time.
    pub(crate) clock: SharedClock,
    /// What stands between the functions and AWS.
    pub(crate) interposer: Option<Interposer>,
    /// Another market than the simulated one.
    pub(crate) market: Option<Arc<dyn Market>>,
    /// Queues whose messages nobody takes by itself.
    pub(crate) by_hand: &'static [&'static str],
    /// Variables beside the roomy limits.
    pub(crate) variables: &'static [(&'static str, &'static str)],
}

impl Setting {
    /// A stage at this time, with nothing special.
    pub(crate) fn at(clock: SharedClock) -> Self {
        Self {
            clock,
            interposer: None,
            market: None,
            by_hand: &[],
            variables: &[],
        }
    }
}

/// A running stack.
pub(crate) struct Stage {
    pub(crate) stack: Stack,
    pub(crate) ledger: Ledger,
    pub(crate) sender: Sender,
}

/// Sends signed alerts.
#[derive(Clone)]
pub(crate) struct Sender {
    http: reqwest::Client,
    webhook: String,
    secret: Arc<str>,
}

impl Stage {
    pub(crate) async fn set(setting: Setting) -> Result<Self, AnyError> {
        let variables = ROOMY.iter().chain(setting.variables);
        let variables = variables.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let starting = Stack::start(StackOptions {
            template: by_hand(setting.by_hand),
            aws: AwsChoice::in_memory(),
            port: 0,
            environment: variables.collect::<Environment>(),
            clock: setting.clock,
            entropy: Entropy::seeded(7),
            schedules: false,
            interposer: setting.interposer,
            market: setting.market,
            site: None,
        });
        let stack = Box::pin(starting).await?;
        let around = stack.surroundings();
        let ledger = Ledger::new(&around.aws, &around.environment, Entropy::seeded(8))?;
        let sender = Sender {
            http: reqwest::Client::new(),
            webhook: format!("{}/webhook", stack.url()),
            secret: stack.webhook_secret().into(),
        };
        Ok(Self {
            stack,
            ledger,
            sender,
        })
    }

    /// Invokes a function once.
    pub(crate) async fn invoke(&self, binary: &str, event: Json) -> Result<Json, AnyError> {
        let function = self.stack.function(binary);
        let function = function.ok_or_else(|| format!("there is no {binary}"))?;
        Ok(function(event).await?)
    }

    /// Runs a scheduled function once.
    pub(crate) async fn run(&self, binary: &str) -> Result<Json, AnyError> {
        self.invoke(binary, json!({})).await
    }

    /// AWS as the product's clients see it, with a meter on the way.
    pub(crate) async fn metered(&self, meter: &Meter) -> AwsClients {
        let endpoints = self.stack.aws().endpoints();
        let wire = meter.before(Arc::new(HttpWire::default()));
        let shared = sdk_config(endpoints.account).await.into_builder();
        let shared = shared.http_client(WireClient::new("bench", wire)).build();
        endpoints.product_clients(&shared)
    }

    pub(crate) async fn strike(self) -> Result<(), AnyError> {
        Ok(self.stack.stop().await?)
    }
}

impl Sender {
    /// Posts an alert, and expects that it is taken.
    pub(crate) async fn send(&self, body: String) -> Result<(), AnyError> {
        if self.is_taken(body).await? {
            return Ok(());
        }
        Err("an alert was not taken".into())
    }

    /// Posts an alert; false if the webhook asks to send it again later.
    pub(crate) async fn is_taken(&self, body: String) -> Result<bool, AnyError> {
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes())?;
        let mac = mac.chain_update(&body).finalize().into_bytes();
        let request = self.http.post(&self.webhook);
        let request = request
            .header("content-type", "application/json; charset=utf-8")
            .header("x-signature", hex::encode(mac))
            .body(body);
        let answer = request.send().await?;
        if answer.status().as_u16() == 503 {
            return Ok(false);
        }
        answer.error_for_status()?.bytes().await?;
        Ok(true)
    }
}
