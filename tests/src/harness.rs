//! A stack with nothing in it whose clock stands still until the test moves it.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::{Book, Engine, Position, SignalId, Usd};
use hmac::{Hmac, KeyInit, Mac};
use local_stack::{Stack, StackOptions};
use market_data::Market;
use runtime::clock::ManualClock;
use runtime::{Clock, Entropy, Environment};
use serde_json::{Value, json};
use sha2::Sha256;
use storage::ledger::Trace;
use storage::{Ledger, MarketTable, SettingsTable};

use crate::{back_end, needs};

/// The template that is deployed.
pub const TEMPLATE: &str = include_str!("../../template.yaml");
/// How long something may take that the stack does by itself, in real time.
const PATIENCE: Duration = Duration::from_mins(1);
/// A Thursday morning in session.
pub const START: &str = "2026-07-30T14:00:00Z";

/// Exit rules so wide that none is reached within days.
pub const WIDE: [(&str, &str); 6] = [
    ("PROFIT_TARGET_PCT", "1000"),
    ("STOP_LOSS_PCT", "100"),
    ("MAX_HOLD_DAYS", "100"),
    ("TIME_STOP_DTE", "0"),
    ("DELTA_DROP_ENABLED", "false"),
    ("VOLATILITY_COLLAPSE_ENABLED", "false"),
];

/// A running stack, in the test's hand.
pub struct Harness {
    /// The stack.
    pub stack: Stack,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// Its ledger.
    pub ledger: Ledger,
    /// Its marks.
    pub marks: MarketTable,
    http: reqwest::Client,
}

/// How a harness is started.
#[derive(Default)]
pub struct Setup {
    /// Variables for the functions.
    pub environment: Vec<(&'static str, &'static str)>,
    /// Another instant than a Thursday morning in session.
    pub start: Option<&'static str>,
    /// Another clock than one of its own.
    pub clock: Option<Arc<ManualClock>>,
    /// Another market than the simulated one.
    pub market: Option<Arc<dyn Market>>,
    /// Another template than the one that is deployed: that one with a change.
    pub template: Option<String>,
}

impl Harness {
    /// A stack with the defaults.
    pub async fn start() -> Self {
        Self::with(Setup::default()).await
    }

    /// A stack with these variables.
    pub async fn with_environment(environment: &[(&'static str, &'static str)]) -> Self {
        Self::with(Setup {
            environment: environment.to_vec(),
            ..Setup::default()
        })
        .await
    }

    /// A stack by this setup. Schedules don't run: the test calls [`Self::minute`].
    pub async fn with(setup: Setup) -> Self {
        let start = setup.start.unwrap_or(START).parse().expect("an instant");
        let own = || Arc::new(ManualClock::at(start));
        let clock = setup.clock.unwrap_or_else(own);
        let variables = setup.environment.iter();
        let environment: Environment = variables
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let starting = Stack::start(StackOptions {
            template: setup.template.unwrap_or_else(|| TEMPLATE.to_owned()),
            aws: back_end::fresh(),
            port: 0,
            environment,
            clock: clock.clone(),
            entropy: Entropy::seeded(7),
            schedules: false,
            interposer: None,
            market: setup.market,
            site: None,
        });
        let stack = Box::pin(starting).await.expect("the stack starts");
        let around = stack.surroundings();
        back_end::without_expiry(&stack.aws().dynamodb_client()).await;
        let ledger = Ledger::new(&around.aws, &around.environment, Entropy::seeded(8));
        let marks = MarketTable::new(&around.aws, &around.environment);
        Self {
            ledger: ledger.expect("the ledger is named"),
            marks: marks.expect("the market table is named"),
            http: reqwest::Client::new(),
            stack,
            clock,
        }
    }

    /// Ends the stack; a test that doesn't call it leaks its threads until the process ends.
    pub async fn stop(self) {
        needs::note(&self.stack.permissions_used());
        self.stack.stop().await.expect("the stack stops");
    }

    /// The stack's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Moves the stack's time on.
    pub fn advance(&self, step: TimeDelta) {
        self.clock.advance(step);
    }

    /// The settings table of the stack, over its own defaults.
    pub fn settings(&self) -> SettingsTable {
        let around = self.stack.surroundings();
        let base = &around.configuration;
        SettingsTable::new(&around.aws, &around.environment, base).expect("the table is named")
    }

    /// Posts a body as it is, with these headers.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        for _ in 0..back_end::repetitions_max() {
            let answer = self.post_once(path, headers, body).await;
            if answer.0 != 503 {
                return answer;
            }
        }
        self.post_once(path, headers, body).await
    }

    async fn post_once(&self, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        let request = self
            .http
            .post(format!("{}{path}", self.stack.url()))
            .body(body.to_owned());
        let request = headers
            .iter()
            .fold(request, |request, (k, v)| request.header(*k, *v));
        let answer = request.send().await.expect("the stack answers");
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    /// Posts a signed alert as TradingView sends it.
    pub async fn alert(&self, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let signature = self.signature(&body);
        let headers = [
            ("content-type", "application/json"),
            ("x-signature", signature.as_str()),
        ];
        self.post("/webhook", &headers, &body).await
    }

    /// The body's signature with the stack's secret.
    pub fn signature(&self, body: &str) -> String {
        let mac = Hmac::<Sha256>::new_from_slice(self.stack.webhook_secret().as_bytes());
        let mac = mac.expect("any length will do").chain_update(body);
        hex::encode(mac.finalize().into_bytes())
    }

    /// The time of an alert that fires now, as its template renders it.
    pub fn timenow(&self) -> String {
        self.now().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// Sends an alert with these fields, fired now on five-minute bars, and returns the id.
    pub async fn send(&self, fields: Value) -> SignalId {
        let mut alert = json!({ "interval": "5", "timenow": self.timenow() });
        for (name, value) in fields.as_object().expect("fields") {
            alert[name] = value.clone();
        }
        let (status, answer) = self.alert(&alert).await;
        assert_eq!(status, 200, "{answer}");
        answer["signal_id"]
            .as_str()
            .expect("a signal id")
            .parse()
            .expect("a uuid")
    }

    /// Sends an entry and returns its id.
    pub async fn enter(&self, symbol: &str, direction: &str) -> SignalId {
        self.send(json!({ "ticker": symbol, "direction": direction }))
            .await
    }

    /// Sends an entry, and waits until its position is open.
    pub async fn open(&self, symbol: &str, direction: &str) -> Position {
        let id = self.enter(symbol, direction).await;
        self.position(id, "open").await
    }

    /// Sends an exit alert and returns its id.
    pub async fn exit(&self, symbol: &str) -> SignalId {
        self.send(json!({ "ticker": symbol, "action": "exit" }))
            .await
    }

    /// The trace of a signal as it is.
    pub async fn trace(&self, id: SignalId) -> Trace {
        self.ledger.trace(id).await.expect("the signal is there")
    }

    /// Waits until Engine A's task on the signal is in this state.
    pub async fn assignment(&self, id: SignalId, state: &str) -> Trace {
        self.assignment_of(Engine::A, id, state).await
    }

    /// Waits until an engine's task on the signal is in this state.
    pub async fn assignment_of(&self, engine: Engine, id: SignalId, state: &str) -> Trace {
        let what = format!("assignment of {engine} on {id} to be {state}");
        self.until(&what, || async {
            let trace = self.trace(id).await;
            let there = trace
                .assignment(engine)
                .is_some_and(|a| a.state.name() == state);
            there.then_some(trace)
        })
        .await
    }

    /// Waits until Engine A's position on the signal is in this state.
    pub async fn position(&self, id: SignalId, state: &str) -> Position {
        self.position_of(Engine::A, id, state).await
    }

    /// Waits until an engine's position on the signal is in this state.
    pub async fn position_of(&self, engine: Engine, id: SignalId, state: &str) -> Position {
        let what = format!("position of {engine} on {id} to be {state}");
        self.until(&what, || async {
            let trace = self.trace(id).await;
            let position = trace.position(engine)?.record.clone();
            (position.state.name() == state).then_some(position)
        })
        .await
    }

    /// Engine A's book.
    pub async fn book(&self) -> Book {
        self.ledger
            .book(Engine::A, Usd::dollars(50_000))
            .await
            .expect("the book is there")
    }

    /// Runs what the schedules run every minute, once, in the order in which it matters.
    pub async fn minute(&self) {
        for binary in ["position-refresher", "exit-monitor", "sweeper"] {
            self.run(binary).await;
        }
    }

    /// Invokes a scheduled function once, and returns its answer.
    pub async fn run(&self, binary: &str) -> Value {
        let function = self
            .stack
            .function(binary)
            .expect("the function is declared");
        function(json!({})).await.expect("the function answers")
    }

    /// Asks again and again until there is an answer.
    pub async fn until<T, F, Fut>(&self, what: &str, ask: F) -> T
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Option<T>>,
    {
        let started = Instant::now();
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
