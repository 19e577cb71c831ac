//! Alpaca Markets: stocks' and options' prices, chains and bars from its data host; the clock
//! and the listed contracts from its trading host, which is asked for nothing else.

mod bars;
mod chain;
mod clock;
mod contracts;
mod pages;
mod quotes;
mod refusals;
mod settings;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Symbol};
use reqwest::Url;
use secrecy::SecretString;

use super::line::{Ask, Gate, Line};
use super::{Capability, Provider, ProviderName};
use crate::{Asked, Batch, CandleRequest, ChainRequest, ContractFilter, MarketError};

pub use bars::bars_page;
pub use chain::{ChainPage, chain_page};
pub use clock::clock;
pub use contracts::{ListedContract, contracts_page};
pub use pages::Page;
pub use quotes::{option_quotes, stock_quotes};
pub use settings::{AlpacaSettings, OptionFeed, StockFeed};

/// Alpaca, with our key to it.
#[derive(Clone)]
pub struct Alpaca {
    line: Line,
    settings: AlpacaSettings,
}

impl Alpaca {
    /// Alpaca, asked with this pair of keys.
    pub fn new(
        key_id: SecretString,
        secret_key: SecretString,
        settings: AlpacaSettings,
        http: &reqwest::Client,
        gate: &Arc<dyn Gate>,
    ) -> Result<Self, MarketError> {
        let headers = [
            ("apca-api-key-id", key_id),
            ("apca-api-secret-key", secret_key),
        ];
        let (name, limit) = (ProviderName::Alpaca, settings.request_timeout);
        let line = Line::new(name, &headers, http, gate, limit)?;
        Ok(Self { line, settings })
    }
}

/// A request; each counts as one, however much it asks for.
fn ask(capability: Capability, url: Url) -> Ask {
    Ask {
        capability,
        url,
        cost: 1,
    }
}

#[async_trait]
impl Provider for Alpaca {
    fn name(&self) -> ProviderName {
        ProviderName::Alpaca
    }

    fn capabilities(&self) -> &'static [Capability] {
        &Capability::ALL
    }

    fn calls_left(&self) -> Option<u64> {
        self.line.calls_left()
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        self.ask_clock(asked).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        self.ask_stock_quotes(symbols, asked).await
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        self.ask_option_quotes(contracts, asked).await
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        self.ask_contracts(filter, asked).await
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        self.ask_candles(request, asked).await
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        self.ask_chain(request, asked).await
    }
}
