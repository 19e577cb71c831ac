//! MarketData.app: stocks, options and their chains, charged by what is returned. It knows the
//! addresses and the columns, and nothing of who else could be asked. One token may be used from
//! one address only, so functions without a fixed address can't rely on it.

mod bars;
mod cells;
mod chain;
mod clock;
mod quotes;
mod refusals;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::NaiveDate;
use domain::calendar::trading_date;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, OptionRight, Symbol};
use reqwest::Url;
use secrecy::SecretString;

pub use bars::candles;
pub use chain::{chain, contracts, option_quotes};
pub use clock::clock;
pub use quotes::stock_quotes;

use super::bars::BarPlan;
use super::groups::{Room, answered, grouped};
use super::line::{Ask, Gate, Line, REQUEST_TIMEOUT};
use super::query::{self, in_path};
use super::{Capability, Provider, ProviderName};
use crate::{Asked, Batch, CandleRequest, ChainRequest, ContractFilter, MarketError};

/// Where MarketData.app answers.
const ADDRESS: &str = "https://api.marketdata.app";
/// What one request has room for: its first line may have 4,094 bytes.
const ROOM: Room = Room {
    keys: 500,
    bytes: 3_500,
};
/// The most rows that an answer may have: without asking there are ten thousand.
const ROWS: (&str, &str) = ("limit", "50000");

/// How MarketData.app is asked.
#[derive(Debug, Clone)]
pub struct MarketDataAppSettings {
    /// Where it answers.
    pub base_url: Url,
    /// How long one request may take.
    pub request_timeout: Duration,
}

impl Default for MarketDataAppSettings {
    fn default() -> Self {
        Self {
            base_url: query::fixed(ADDRESS),
            request_timeout: REQUEST_TIMEOUT,
        }
    }
}

/// MarketData.app, with our token.
pub struct MarketDataApp {
    line: Line,
    base: Url,
}

impl MarketDataApp {
    /// MarketData.app, asked with this token through this gate.
    #[expect(clippy::needless_pass_by_value, reason = "the token is given away")]
    pub fn new(
        token: SecretString,
        settings: MarketDataAppSettings,
        http: &reqwest::Client,
        gate: &Arc<dyn Gate>,
    ) -> Result<Self, MarketError> {
        let (name, limit) = (ProviderName::MarketData, settings.request_timeout);
        Ok(Self {
            line: Line::authorized(name, "Bearer", &token, http, gate, limit)?,
            base: settings.base_url,
        })
    }

    /// A request counts as one, whatever it is charged: credits are counted by the day and by
    /// what comes back, and a limit of theirs tells until when it lasts.
    fn ask(&self, capability: Capability, path: &str, query: &[(&str, &str)]) -> Ask {
        Ask {
            capability,
            url: query::url(&self.base, path, query),
            cost: 1,
        }
    }

    async fn quotes_of(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let names: Vec<&str> = symbols.iter().map(Symbol::as_str).collect();
        let names = names.join(",");
        let query = [("symbols", names.as_str())];
        let ask = self.ask(Capability::Quotes, "/v1/stocks/quotes/", &query);
        self.line.get(&ask, asked, quotes::stock_quotes).await
    }

    /// The prices of contracts of one class that expire together and are all calls or all puts.
    async fn option_quotes_of(
        &self,
        class: &Class<'_>,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        let strikes = contracts.iter().map(|it| query::price(it.strike()));
        let strikes = strikes.collect::<Vec<_>>().join(",");
        let expiration = class.expiration.to_string();
        let query = [
            ("expiration", expiration.as_str()),
            ("side", class.right.word()),
            ("strike", &strikes),
        ];
        let path = chain_path(class.root);
        let ask = self.ask(Capability::OptionQuotes, &path, &query);
        self.line.get(&ask, asked, chain::option_quotes).await
    }
}

/// What contracts that can be asked for in one request have in common. A class is asked for by
/// its root: which share class a root without a dot stands for can't be known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Class<'a> {
    root: &'a str,
    expiration: NaiveDate,
    right: OptionRight,
}

fn by_class(contracts: &[OptionContract]) -> BTreeMap<Class<'_>, Vec<OptionContract>> {
    let mut classes: BTreeMap<Class<'_>, Vec<OptionContract>> = BTreeMap::new();
    for contract in contracts {
        let class = Class {
            root: contract.root(),
            expiration: contract.expiration(),
            right: contract.right(),
        };
        classes.entry(class).or_default().push(contract.clone());
    }
    classes
}

fn chain_path(underlying: &str) -> String {
    format!("/v1/options/chain/{}/", in_path(underlying))
}

#[async_trait]
impl Provider for MarketDataApp {
    fn name(&self) -> ProviderName {
        ProviderName::MarketData
    }

    fn capabilities(&self) -> &'static [Capability] {
        &Capability::ALL
    }

    fn calls_left(&self) -> Option<u64> {
        self.line.calls_left()
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        let today = trading_date(asked.now).to_string();
        let query = [("date", today.as_str())];
        let ask = self.ask(Capability::Clock, "/v1/markets/status/", &query);
        self.line.get(&ask, asked, clock::clock).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let groups = grouped(symbols, ROOM, |symbol| symbol.as_str().len());
        let questions = groups
            .iter()
            .map(|group| (group.clone(), self.quotes_of(group, asked)));
        answered(self.name(), questions.collect()).await
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        let groups: Vec<(Class<'_>, Vec<OptionContract>)> = by_class(contracts)
            .into_iter()
            .flat_map(|(class, contracts)| {
                let bytes = |contract: &OptionContract| query::price(contract.strike()).len();
                let groups = grouped(&contracts, ROOM, bytes);
                groups.into_iter().map(move |group| (class.clone(), group))
            })
            .collect();
        let questions = groups.iter().map(|(class, group)| {
            let answer = self.option_quotes_of(class, group, asked);
            (group.clone(), answer)
        });
        answered(self.name(), questions.collect()).await
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        let (from, to) = (
            filter.expires_from.to_string(),
            filter.expires_to.to_string(),
        );
        // Without prices in it, the answer is charged as one.
        let mut query = vec![
            ("from", from.as_str()),
            ("to", &to),
            ("columns", "optionSymbol"),
            ROWS,
        ];
        query.extend(filter.right.map(|right| ("side", right.word())));
        let path = chain_path(filter.underlying.as_str());
        let ask = self.ask(Capability::Contracts, &path, &query);
        let read = |answer: &_| chain::contracts(answer, filter);
        self.line.get(&ask, asked, read).await
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        let plan = BarPlan::of(self.name(), request, asked.now - bars::LATENESS)?;
        let (from, to) = bars::range(&plan);
        let query = [("from", from.as_str()), ("to", &to)];
        let path = bars::path(&request.symbol, plan.base);
        let ask = self.ask(Capability::Candles, &path, &query);
        let read = |answer: &_| bars::candles(answer, request, &plan);
        self.line.get(&ask, asked, read).await
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        let (from, to) = (
            request.expires_from.to_string(),
            request.expires_to.to_string(),
        );
        let strikes = request.strikes.map(|(low, high)| {
            let (low, high) = (query::price(low), query::price(high));
            format!("{low}-{high}")
        });
        let mut query = vec![("from", from.as_str()), ("to", &to), ROWS];
        query.extend(strikes.as_deref().map(|strikes| ("strike", strikes)));
        let path = chain_path(request.underlying.as_str());
        let ask = self.ask(Capability::Chain, &path, &query);
        let read = |answer: &_| chain::chain(answer, request);
        self.line.get(&ask, asked, read).await
    }
}
