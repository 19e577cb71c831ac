//! A market that counts what it is asked.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Symbol};
use market_data::{
    Asked, Batch, CandleRequest, ChainRequest, ContractFilter, Market, MarketError, MarketSource,
    SimulatedMarket,
};

/// What a market was asked.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Questions {
    /// Questions, those after the market's hours included.
    pub(super) calls: usize,
    /// Contracts that were to be quoted.
    pub(super) contracts: usize,
}

/// The simulated market, counted.
pub(super) struct CountingMarket {
    market: SimulatedMarket,
    asked: Mutex<Questions>,
}

impl CountingMarket {
    pub(super) fn new(market: SimulatedMarket) -> Self {
        let asked = Mutex::default();
        Self { market, asked }
    }

    /// What it was asked so far, and counting begins anew.
    pub(super) fn take(&self) -> Questions {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn count(&self, contracts: usize) -> &SimulatedMarket {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.calls += 1;
        asked.contracts += contracts;
        &self.market
    }
}

#[async_trait]
impl Market for CountingMarket {
    fn source(&self) -> MarketSource {
        self.market.source()
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        self.count(0).clock(asked).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        self.count(0).quotes(symbols, asked).await
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        self.count(contracts.len())
            .option_quotes(contracts, asked)
            .await
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        self.count(0).contracts(filter, asked).await
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        self.count(0).candles(request, asked).await
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        self.count(0).chain(request, asked).await
    }
}
