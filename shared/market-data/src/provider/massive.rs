//! Massive, once Polygon.io: stocks, options and their chains, as its plans allow. It knows
//! Massive's addresses, pages and shapes, and nothing of who else could be asked.

mod bars;
mod chain;
mod clock;
mod contracts;
mod paging;
mod quotes;
mod refusals;
mod wire;

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Symbol};
use reqwest::Url;
use secrecy::SecretString;

pub use bars::{BarsPage, bars_page, together as bars_of_pages};
pub use chain::{ChainPage, chain_page, together as chain_of_pages};
pub use clock::clock;
pub use contracts::contracts_page;
pub use paging::Paged;
pub use quotes::{option_quotes_page, stock_quotes_page};

use super::bars::BarPlan;
use super::groups::{Room, answered, grouped};
use super::line::{Ask, Gate, Line, REQUEST_TIMEOUT};
use super::query;
use super::{Capability, Provider, ProviderName};
use crate::{Asked, Batch, CandleRequest, ChainRequest, ContractFilter, MarketError};

/// Where Massive answers.
const ADDRESS: &str = "https://api.massive.com";
/// What one snapshot has room for: 250 names, in an address that no server finds too long.
const SNAPSHOT_ROOM: Room = Room {
    keys: 250,
    bytes: 6_000,
};
/// The most rows of a page of snapshots: unless it is asked for there are ten.
const SNAPSHOT_ROWS: &str = "250";

/// How Massive is asked.
#[derive(Debug, Clone)]
pub struct MassiveSettings {
    /// Where it answers.
    pub base_url: Url,
    /// How long one request may take.
    pub request_timeout: Duration,
}

impl Default for MassiveSettings {
    fn default() -> Self {
        Self {
            base_url: query::fixed(ADDRESS),
            request_timeout: REQUEST_TIMEOUT,
        }
    }
}

/// Massive, with our key.
pub struct Massive {
    line: Line,
    base: Url,
}

impl Massive {
    /// Massive, asked with this key through this gate.
    #[expect(clippy::needless_pass_by_value, reason = "the key is given away")]
    pub fn new(
        key: SecretString,
        settings: MassiveSettings,
        http: &reqwest::Client,
        gate: &Arc<dyn Gate>,
    ) -> Result<Self, MarketError> {
        let (name, limit) = (ProviderName::Massive, settings.request_timeout);
        Ok(Self {
            line: Line::authorized(name, "Bearer", &key, http, gate, limit)?,
            base: settings.base_url,
        })
    }

    fn ask(&self, capability: Capability, path: &str, query: &[(&str, &str)]) -> Ask {
        Ask {
            capability,
            url: query::url(&self.base, path, query),
            cost: 1,
        }
    }

    /// The snapshots of a group of names.
    fn snapshots<K: Display>(&self, capability: Capability, prefix: &str, keys: &[K]) -> Ask {
        let names: Vec<String> = keys.iter().map(|key| format!("{prefix}{key}")).collect();
        let names = names.join(",");
        let query = [("ticker.any_of", names.as_str()), ("limit", SNAPSHOT_ROWS)];
        self.ask(capability, "/v3/snapshot", &query)
    }

    async fn stock_quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let ask = self.snapshots(Capability::Quotes, "", symbols);
        let pages = paging::pages(&self.line, &self.base, ask, asked, stock_quotes_page);
        Ok(quotes::together(pages.await?))
    }

    async fn contract_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        let ask = self.snapshots(Capability::OptionQuotes, wire::OPTION_PREFIX, contracts);
        let pages = paging::pages(&self.line, &self.base, ask, asked, option_quotes_page);
        Ok(quotes::together(pages.await?))
    }
}

#[async_trait]
impl Provider for Massive {
    fn name(&self) -> ProviderName {
        ProviderName::Massive
    }

    fn capabilities(&self) -> &'static [Capability] {
        &Capability::ALL
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        let ask = self.ask(Capability::Clock, "/v1/marketstatus/now", &[]);
        self.line.get(&ask, asked, clock::clock).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let groups = grouped(symbols, SNAPSHOT_ROOM, |symbol| symbol.as_str().len());
        let questions = groups.iter().map(|group| {
            let answer = self.stock_quotes(group, asked);
            (group.clone(), answer)
        });
        answered(self.name(), questions.collect()).await
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        let name_bytes = |_: &OptionContract| wire::OPTION_TICKER_BYTES_MAX;
        let groups = grouped(contracts, SNAPSHOT_ROOM, name_bytes);
        let questions = groups.iter().map(|group| {
            let answer = self.contract_quotes(group, asked);
            (group.clone(), answer)
        });
        answered(self.name(), questions.collect()).await
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        let query = contracts::query(filter);
        let ask = self.ask(Capability::Contracts, contracts::PATH, &query.pairs());
        let read = |answer: &_| contracts_page(answer, filter);
        let pages = paging::pages(&self.line, &self.base, ask, asked, read).await;
        contracts::together(pages)
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        let prompt = BarPlan::of(self.name(), request, asked.now)?;
        let late = BarPlan::of(self.name(), request, asked.now - bars::LATENESS)?;
        let path = bars::path(&request.symbol, &late, &prompt);
        let ask = self.ask(Capability::Candles, &path, &bars::QUERY);
        let read = |answer: &_| bars_page(answer, &request.symbol);
        let pages = paging::pages(&self.line, &self.base, ask, asked, read).await?;
        bars::together(request, pages, asked.now, [&prompt, &late])
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        let query = chain::query(request);
        let path = chain::path(&request.underlying);
        let ask = self.ask(Capability::Chain, &path, &query.pairs());
        let read = |answer: &_| chain_page(answer, request);
        let pages = paging::pages(&self.line, &self.base, ask, asked, read).await?;
        Ok(chain::together(request, pages, asked.now))
    }
}
