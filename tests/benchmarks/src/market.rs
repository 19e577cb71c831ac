//! What asking the real market takes, with stand-ins for its providers on the loopback: requests,
//! parsing, what the market itself adds to each call, and what a provider that is down costs.

mod outage;
mod overhead;
mod parsing;
mod quoting;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::Symbol;
use domain::calendar::trading_date;
use local_stack::wire::Meter;
use market_data::provider::line::{Gate, OpenGate, REQUEST_TIMEOUT};
use market_data::provider::{Provider, ProviderName};
use market_data::{Asked, ChainRequest, MarketRules, ProviderMarket};
use runtime::clock::ManualClock;
use runtime::{Clock, SharedClock};
use storage::MarketTable;
use system_tests::market_instances::{doubles, gate, limits, providers};
use system_tests::provider_double::ProviderDouble;

use crate::AnyError;
use crate::report::Report;
use crate::stage::{Setting, Stage, in_session};

/// Expirations of the chain that is asked for: a few more than 2,000 contracts.
const CHAIN_DAYS: i64 = 5;
/// Requests a minute: more than are made.
const LIMIT: u32 = 1_000_000;

const NOTES: [&str; 6] = [
    "Providers are stand-ins in this process: their own work is in every time, distance is in none.",
    "One expiration: 100 contracts of SPY, calls and puts. Mixed: ten of each of ten symbols, over 30 days.",
    "Parsing: Alpaca's and Massive's are read row by row; MarketData.app's is also put in order and judged.",
    "Bare: the first provider's adapter through a gate that is always open, with nothing kept.",
    "Quotes are asked anew while a provider is down, with 3 s for a request.",
    "Down: opening is after five failures; a provider that answers 429 isn't asked after the first.",
];

/// Stand-ins, and the tables in which instances meet.
struct Scene {
    clock: Arc<ManualClock>,
    doubles: Vec<ProviderDouble>,
    table: MarketTable,
    /// The same table with a meter on the way, which takes time of its own.
    counted: MarketTable,
    meter: Meter,
}

/// An instance of the market, and what it is made of.
struct Instance {
    providers: Vec<Arc<dyn Provider>>,
    market: ProviderMarket,
}

pub(crate) async fn measure() -> Result<Report, AnyError> {
    let start = in_session();
    let clock = Arc::new(ManualClock::at(start));
    let stage = Stage::set(Setting {
        clock: clock.clone(),
        interposer: None,
        market: None,
        by_hand: &[],
        variables: &[],
    })
    .await?;
    let scene = Scene::set(&stage, clock).await?;
    let tables = vec![
        quoting::table(&scene).await?,
        parsing::table(&scene).await?,
        overhead::table(&scene).await?,
        outage::table(&scene).await?,
    ];
    stage.strike().await?;
    Ok(Report::new("market-data", tables, &NOTES))
}

impl Scene {
    async fn set(stage: &Stage, clock: Arc<ManualClock>) -> Result<Self, AnyError> {
        let around = stage.stack.surroundings();
        let meter = Meter::default();
        let shared: SharedClock = clock.clone();
        Ok(Self {
            doubles: doubles(&shared).await,
            table: MarketTable::new(&around.aws, &around.environment)?,
            counted: MarketTable::new(&stage.metered(&meter).await, &around.environment)?,
            clock,
            meter,
        })
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn asked(&self) -> Asked {
        Asked::at(self.now())
    }

    fn double(&self, provider: ProviderName) -> Result<&ProviderDouble, AnyError> {
        let mut doubles = self.doubles.iter();
        let double = doubles.find(|double| double.provider() == provider);
        Ok(double.ok_or("there is no such stand-in")?)
    }

    /// A provider's adapter through a gate that is always open.
    fn bare(&self, provider: ProviderName) -> Result<Arc<dyn Provider>, AnyError> {
        let gate: Arc<dyn Gate> = Arc::new(OpenGate);
        let providers = providers(&self.doubles, &gate, REQUEST_TIMEOUT);
        let mut found = providers.into_iter().filter(|it| it.name() == provider);
        Ok(found.next().ok_or("there is no such adapter")?)
    }

    /// An instance of the market over a table, which its number tells from others.
    fn instance(&self, table: &MarketTable, number: u64) -> Instance {
        let clock: SharedClock = self.clock.clone();
        let gate: Arc<dyn Gate> = gate(table, &clock, number, &limits([LIMIT; 4]));
        let providers = providers(&self.doubles, &gate, REQUEST_TIMEOUT);
        let market = self.market(&providers, table);
        Instance { providers, market }
    }

    /// A market of these providers that remembers nothing yet.
    fn market(&self, providers: &[Arc<dyn Provider>], table: &MarketTable) -> ProviderMarket {
        let rules = MarketRules::default();
        ProviderMarket::new(providers.to_vec(), self.clock.clone(), rules, Some(table))
    }

    /// The chain that is asked for here.
    fn chain(&self) -> Result<ChainRequest, AnyError> {
        let (expires_from, expires_to) = self.days(CHAIN_DAYS);
        Ok(ChainRequest {
            underlying: Symbol::parse("SPY")?,
            expires_from,
            expires_to,
            strikes: None,
        })
    }

    /// From today on.
    fn days(&self, days: i64) -> (NaiveDate, NaiveDate) {
        let today = trading_date(self.now());
        (today, today + TimeDelta::days(days))
    }
}

/// An answer, and how long it took.
async fn timed<T>(question: impl Future<Output = T>) -> (T, Duration) {
    let started = Instant::now();
    let answer = question.await;
    (answer, started.elapsed())
}
