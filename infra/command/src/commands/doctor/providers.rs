//! `doctor --providers`: asks every provider to which there is a key for one quote and one chain,
//! and tells what came of it. It asks past the breakers and limits that the functions share, so
//! it costs each provider two or three requests more.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::quote::Provenance;
use domain::{Price, Symbol};
use futures::future::join_all;
use market_data::desk::{self, DeskError};
use market_data::provider::line::{Gate, OpenGate, http_client};
use market_data::provider::{Capability, Provider};
use market_data::{Asked, ChainRequest, MarketError};
use runtime::clock::system;
use runtime::configuration::{MarketChoice, ProviderChoice};
use runtime::{Configuration, SharedClock};
use serde_json::{Value, json};
use tokio::time::Instant;

/// How long one question is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Expirations of so many days are asked for, and strikes this near to the price in percent.
const CHAIN_DAYS: i64 = 8;
const STRIKES_WITHIN_PERCENT: i64 = 2;

/// What came of asking one provider.
pub(super) struct Row {
    provider: String,
    quote: Answered,
    chain: Answered,
    calls_left: Option<u64>,
    took: Duration,
}

/// What came of one question.
enum Answered {
    /// It came, and it is so old.
    Yes { age: TimeDelta, what: String },
    /// The provider has no such thing.
    NotOffered,
    /// It didn't.
    No(MarketError),
}

/// Asks all that the configuration names.
pub(super) async fn ask(configuration: &Configuration) -> Result<Vec<Row>, DeskError> {
    let MarketChoice::Providers(choice) = &configuration.market else {
        return Err(DeskError::NoKeys);
    };
    let symbols = &configuration.settings.trading_rules.allowed_symbols;
    let symbol = symbols.first().ok_or(DeskError::NoKeys)?;
    let clock = system();
    let providers = connected(choice)?;
    let rows = providers.iter().map(|it| row(it.as_ref(), symbol, &clock));
    Ok(join_all(rows).await)
}

fn connected(choice: &ProviderChoice) -> Result<Vec<Arc<dyn Provider>>, DeskError> {
    let gate: Arc<dyn Gate> = Arc::new(OpenGate);
    let http = http_client().map_err(DeskError::Http)?;
    let providers = desk::providers(choice, &choice.keys, &http, &gate)?;
    if providers.is_empty() {
        return Err(DeskError::NoKeys);
    }
    Ok(providers)
}

async fn row(provider: &dyn Provider, symbol: &Symbol, clock: &SharedClock) -> Row {
    let began = Instant::now();
    let (quote, price) = quote(provider, symbol, clock).await;
    let chain = chain(provider, symbol, price, clock).await;
    Row {
        provider: provider.name().to_string(),
        quote,
        chain,
        calls_left: provider.calls_left(),
        took: began.elapsed(),
    }
}

async fn quote(
    provider: &dyn Provider,
    symbol: &Symbol,
    clock: &SharedClock,
) -> (Answered, Option<Price>) {
    let asked = Asked::at(clock.now()).within(PATIENCE);
    let answered = provider.quotes(std::slice::from_ref(symbol), asked).await;
    let one = answered.and_then(|mut batch| {
        let failed = batch.failed.remove(symbol);
        let nothing = || MarketError::UnknownSymbol {
            provider: provider.name().to_string(),
            symbol: symbol.to_string(),
        };
        let found = batch.found.remove(symbol);
        found.ok_or_else(|| failed.unwrap_or_else(nothing))
    });
    match one {
        Ok(quote) => {
            let what = format!("{symbol} {} / {}", quote.sides.bid, quote.sides.ask);
            let answered = Answered::yes(&quote.provenance, what, clock.now());
            (answered, Some(quote.sides.mid()))
        }
        Err(error) => (Answered::no(error), None),
    }
}

async fn chain(
    provider: &dyn Provider,
    symbol: &Symbol,
    price: Option<Price>,
    clock: &SharedClock,
) -> Answered {
    if !provider.capabilities().contains(&Capability::Chain) {
        return Answered::NotOffered;
    }
    let now = clock.now();
    let today = domain::calendar::trading_date(now);
    let request = ChainRequest {
        underlying: symbol.clone(),
        expires_from: today,
        expires_to: today + TimeDelta::days(CHAIN_DAYS),
        strikes: price.and_then(around),
    };
    let asked = Asked::at(now).within(PATIENCE);
    match provider.chain(&request, asked).await {
        Ok(chain) => {
            let what = format!("{} contracts", chain.options.len());
            Answered::yes(&chain.provenance, what, clock.now())
        }
        Err(error) => Answered::no(error),
    }
}

/// The strikes near a price.
fn around(price: Price) -> Option<(Price, Price)> {
    let within = price.decimal() * rust_decimal::Decimal::new(STRIKES_WITHIN_PERCENT, 2);
    let low = Price::new((price.decimal() - within).floor()).ok()?;
    let high = Price::new((price.decimal() + within).ceil()).ok()?;
    Some((low, high))
}

impl Answered {
    fn yes(provenance: &Provenance, what: String, now: DateTime<Utc>) -> Self {
        let age = now - provenance.at;
        Self::Yes { age, what }
    }

    fn no(error: MarketError) -> Self {
        match error {
            MarketError::NotOffered { .. } => Self::NotOffered,
            other => Self::No(other),
        }
    }

    fn is_reached(&self) -> Option<bool> {
        match self {
            Self::NotOffered => None,
            Self::Yes { .. } => Some(true),
            Self::No(error) => Some(!matches!(
                error,
                MarketError::Timeout { .. } | MarketError::Unavailable { .. }
            )),
        }
    }

    fn word(&self) -> String {
        match self {
            Self::Yes { what, .. } => what.clone(),
            Self::NotOffered => "not offered".to_owned(),
            Self::No(MarketError::BadCredentials { .. }) => "key refused".to_owned(),
            Self::No(MarketError::NotEntitled { .. }) => "not in our plan".to_owned(),
            Self::No(MarketError::RateLimited { .. }) => "limit reached".to_owned(),
            Self::No(MarketError::Timeout { .. }) => "no answer in time".to_owned(),
            Self::No(other) => other.to_string(),
        }
    }

    fn age(&self) -> Option<TimeDelta> {
        match self {
            Self::Yes { age, .. } => Some(*age),
            _ => None,
        }
    }

    fn json(&self) -> Value {
        let error = match self {
            Self::No(error) => Some(error.to_string()),
            _ => None,
        };
        json!({
            "answered": matches!(self, Self::Yes { .. }),
            "says": self.word(),
            "age_ms": self.age().map(|age| age.num_milliseconds()),
            "error": error,
        })
    }
}

impl Row {
    /// Whether it gave a quote or a chain.
    pub(super) fn is_of_use(&self) -> bool {
        self.quote.age().or(self.chain.age()).is_some()
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "provider": self.provider,
            "reachable": self.reachable(),
            "quote": self.quote.json(),
            "chain": self.chain.json(),
            "calls_left": self.calls_left,
            "took_ms": u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
        })
    }

    fn reachable(&self) -> bool {
        let reached = [self.quote.is_reached(), self.chain.is_reached()];
        reached.contains(&Some(true))
    }

    fn cells(&self) -> [String; 7] {
        let age = |answered: &Answered| answered.age().map_or("–".to_owned(), shown);
        [
            self.provider.clone(),
            if self.reachable() { "yes" } else { "NO" }.to_owned(),
            self.quote.word(),
            age(&self.quote),
            self.chain.word(),
            age(&self.chain),
            self.calls_left
                .map_or("not told".to_owned(), |left| left.to_string()),
        ]
    }
}

/// How late something is, for people.
fn shown(age: TimeDelta) -> String {
    let seconds = age.num_seconds();
    match seconds {
        ..0 => "0 s".to_owned(),
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3_600),
    }
}

const HEADS: [&str; 7] = [
    "provider",
    "reachable",
    "quote",
    "delayed by",
    "chain",
    "delayed by",
    "calls left",
];

/// The table for people.
pub(super) fn table(rows: &[Row]) -> String {
    let mut lines = vec![HEADS.map(str::to_owned)];
    lines.extend(rows.iter().map(Row::cells));
    let width = |column: usize| {
        let cells = lines.iter().map(|line| line[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEADS.len()).map(width).collect();
    let row = |line: &[String; 7]| {
        let cells = line.iter().zip(&widths);
        let padded: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    lines.iter().map(row).collect::<Vec<_>>().join("\n")
}
