//! What a provider of market data is: a translator between our questions and its wire. It knows
//! how to ask, in which batches, and how to read what comes back. It doesn't know who else could
//! be asked, whether it should be asked now, or what was answered before.

pub mod alpaca;
pub mod answer;
pub mod bars;
pub mod groups;
pub mod hours;
pub mod line;
pub mod market_data_app;
pub mod massive;
pub mod number;
pub mod query;
pub mod rows;
pub mod times;
pub mod told;
pub mod twelve_data;

use std::fmt;

use async_trait::async_trait;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Symbol};
use serde::{Deserialize, Serialize};

use crate::{Asked, Batch, CandleRequest, ChainRequest, ContractFilter, MarketError};

/// Whom we can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderName {
    /// Alpaca Markets.
    Alpaca,
    /// Massive, once Polygon.io.
    Massive,
    /// MarketData.app.
    MarketData,
    /// Twelve Data.
    TwelveData,
}

impl ProviderName {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 4] = [
        Self::Alpaca,
        Self::Massive,
        Self::MarketData,
        Self::TwelveData,
    ];

    /// Its name in quotes, errors, items and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alpaca => "alpaca",
            Self::Massive => "massive",
            Self::MarketData => "marketdata",
            Self::TwelveData => "twelvedata",
        }
    }
}

impl fmt::Display for ProviderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What can be asked of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Whether the market is open.
    Clock,
    /// Stocks' prices.
    Quotes,
    /// Contracts' prices.
    OptionQuotes,
    /// Which contracts are listed.
    Contracts,
    /// Bars.
    Candles,
    /// Chains with Greeks and open interest.
    Chain,
    /// Volumes in the chain, from which options flow is derived.
    OptionsFlow,
}

impl Capability {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Clock,
        Self::Quotes,
        Self::OptionQuotes,
        Self::Contracts,
        Self::Candles,
        Self::Chain,
        Self::OptionsFlow,
    ];

    /// What it is called in errors, tables and items.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Quotes => "quotes",
            Self::OptionQuotes => "option quotes",
            Self::Contracts => "contracts",
            Self::Candles => "candles",
            Self::Chain => "chain",
            Self::OptionsFlow => "options flow",
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One provider, with our key to it. Questions of which it isn't capable it answers with
/// [`MarketError::NotOffered`].
#[async_trait]
pub trait Provider: Send + Sync {
    /// Who it is.
    fn name(&self) -> ProviderName;

    /// What it can be asked.
    fn capabilities(&self) -> &'static [Capability];

    /// How many more calls our plan allows, as its last answer told; unknown to some.
    fn calls_left(&self) -> Option<u64> {
        None
    }

    /// Whether the market is open.
    async fn clock(&self, _asked: Asked) -> Result<MarketClock, MarketError> {
        Err(not_offered(self.name(), Capability::Clock.as_str()))
    }

    /// The prices of these stocks.
    async fn quotes(
        &self,
        _symbols: &[Symbol],
        _asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        Err(not_offered(self.name(), Capability::Quotes.as_str()))
    }

    /// The prices of these contracts.
    async fn option_quotes(
        &self,
        _contracts: &[OptionContract],
        _asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        Err(not_offered(self.name(), Capability::OptionQuotes.as_str()))
    }

    /// The listed contracts that a filter admits, in order.
    async fn contracts(
        &self,
        _filter: &ContractFilter,
        _asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        Err(not_offered(self.name(), Capability::Contracts.as_str()))
    }

    /// Bars that have closed, oldest first.
    async fn candles(
        &self,
        _request: &CandleRequest,
        _asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        Err(not_offered(self.name(), Capability::Candles.as_str()))
    }

    /// A part of a chain, in order.
    async fn chain(
        &self,
        _request: &ChainRequest,
        _asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        Err(not_offered(self.name(), Capability::Chain.as_str()))
    }
}

/// That a provider has no such thing.
pub fn not_offered(provider: ProviderName, what: &str) -> MarketError {
    MarketError::NotOffered {
        provider: provider.to_string(),
        what: what.to_owned(),
    }
}

/// That an answer can't be read, or says what can't be.
pub fn malformed(provider: ProviderName, detail: impl fmt::Display) -> MarketError {
    MarketError::Malformed {
        provider: provider.to_string(),
        detail: detail.to_string(),
    }
}

/// That a stock or a contract isn't known.
pub fn unknown(provider: ProviderName, symbol: impl fmt::Display) -> MarketError {
    MarketError::UnknownSymbol {
        provider: provider.to_string(),
        symbol: symbol.to_string(),
    }
}
