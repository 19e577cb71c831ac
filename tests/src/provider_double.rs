//! A provider's stand-in at the network's edge: a server on this machine that speaks the wire of
//! one of the four, with the simulated market's prices, and fails as it is told to. It notes when
//! each request arrived.

mod alpaca;
mod market_data_app;
mod massive;
mod mode;
mod twelve_data;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use domain::quote::{OptionQuote, StockQuote};
use domain::{OptionChain, OptionContract, Price, Symbol};
use market_data::provider::ProviderName;
use market_data::{Asked, ChainRequest, Market, SimulatedHours, SimulatedMarket};
use runtime::SharedClock;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use mode::Mode;

/// What a request asks for.
pub(crate) struct Question {
    path: String,
    query: BTreeMap<String, String>,
    now: DateTime<Utc>,
}

/// A running stand-in.
pub struct ProviderDouble {
    provider: ProviderName,
    port: u16,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    provider: ProviderName,
    clock: SharedClock,
    market: SimulatedMarket,
    mode: Mutex<Mode>,
    arrivals: Mutex<Vec<(DateTime<Utc>, u32)>>,
}

impl ProviderDouble {
    /// A stand-in for this provider, healthy, on this clock.
    pub async fn start(provider: ProviderName, clock: SharedClock) -> Self {
        let shared = Arc::new(Shared {
            provider,
            clock,
            market: SimulatedMarket::new(1, SimulatedHours::Nyse),
            mode: Mutex::new(Mode::Healthy),
            arrivals: Mutex::default(),
        });
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let server = tokio::spawn(async move {
            // It ends when it is aborted.
            let _ = axum::serve(listener, router).await;
        });
        Self {
            provider,
            port,
            shared,
            server,
        }
    }

    /// Who it stands in for.
    pub fn provider(&self) -> ProviderName {
        self.provider
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Behaves like this from now on.
    pub fn set(&self, mode: Mode) {
        *locked(&self.shared.mode) = mode;
    }

    /// How it behaves.
    pub fn mode(&self) -> Mode {
        *locked(&self.shared.mode)
    }

    /// When requests arrived, by the clock, and what each counted as.
    pub fn arrivals(&self) -> Vec<(DateTime<Utc>, u32)> {
        locked(&self.shared.arrivals).clone()
    }
}

impl Drop for ProviderDouble {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let question = Question::of(&request, shared.clock.now());
    let symbols = question.names("symbol").len().max(1);
    let cost = match shared.provider {
        ProviderName::TwelveData => u32::try_from(symbols).unwrap_or(u32::MAX),
        _ => 1,
    };
    locked(&shared.arrivals).push((question.now, cost));
    let mode = *locked(&shared.mode);
    let healthy = match shared.provider {
        ProviderName::Alpaca => alpaca::body(&shared, &question, mode).await,
        ProviderName::Massive => massive::body(&shared, &question, mode).await,
        ProviderName::MarketData => market_data_app::body(&shared, &question, mode).await,
        ProviderName::TwelveData => twelve_data::body(&shared, &question, mode).await,
    };
    mode.respond(shared.provider, healthy).await
}

impl Question {
    fn of(request: &Request<Body>, now: DateTime<Utc>) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let decoded = |text: &str| text.replace("%2C", ",").replace("%3A", ":");
        Self {
            path: request.uri().path().to_owned(),
            query: pairs
                .map(|(name, value)| (name.to_owned(), decoded(value)))
                .collect(),
            now,
        }
    }

    fn asked(&self) -> Asked {
        Asked::at(self.now)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// A list of names, separated by commas.
    fn names(&self, parameter: &str) -> Vec<String> {
        let text = self.text(parameter).unwrap_or_default();
        let names = text.split(',').filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    }

    fn date(&self, name: &str) -> Option<NaiveDate> {
        self.text(name)?.parse().ok()
    }

    /// The last part of the path that isn't empty.
    fn last_part(&self) -> &str {
        let mut parts = self.path.rsplit('/').filter(|part| !part.is_empty());
        parts.next().unwrap_or_default()
    }
}

impl Shared {
    async fn quotes(&self, names: &[String], question: &Question) -> Vec<StockQuote> {
        let symbols: Vec<Symbol> = names
            .iter()
            .filter_map(|it| Symbol::parse(it).ok())
            .collect();
        let batch = self.market.quotes(&symbols, question.asked()).await;
        batch.map_or_else(|_| Vec::new(), |batch| batch.found.into_values().collect())
    }

    async fn option_quotes(&self, names: &[String], question: &Question) -> Vec<OptionQuote> {
        let contracts = names.iter().filter_map(|it| OptionContract::parse(it).ok());
        let contracts: Vec<OptionContract> = contracts.collect();
        let batch = self
            .market
            .option_quotes(&contracts, question.asked())
            .await;
        batch.map_or_else(|_| Vec::new(), |batch| batch.found.into_values().collect())
    }

    async fn chain(
        &self,
        underlying: &str,
        (from, to): (Option<NaiveDate>, Option<NaiveDate>),
        strikes: Option<(Price, Price)>,
        question: &Question,
    ) -> Option<OptionChain> {
        let today = question.now.date_naive();
        let request = ChainRequest {
            underlying: Symbol::parse(underlying).ok()?,
            expires_from: from.unwrap_or(today),
            expires_to: to.unwrap_or(today + chrono::TimeDelta::days(30)),
            strikes,
        };
        self.market.chain(&request, question.asked()).await.ok()
    }
}

/// A price between two names of a query.
fn strikes(question: &Question, low: &str, high: &str) -> Option<(Price, Price)> {
    let price = |name: &str| Price::new(question.text(name)?.parse().ok()?).ok();
    price(low).zip(price(high))
}

/// A price as JSON has it.
fn bare(price: Price) -> Value {
    serde_json::json!(price.to_f64())
}

fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
