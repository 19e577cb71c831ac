//! A market that counts what it is asked.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::quote::{Candle, MarketClock, OptionQuote, StockQuote};
use domain::{OptionContract, Symbol};
use market_data::{
    Batch, CandleRequest, ContractFilter, Market, MarketError, MarketSource, SimulatedMarket,
};

/// What a market was asked.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Asked {
    /// Questions, those after the market's hours included.
    pub(super) calls: usize,
    /// Contracts that were to be quoted.
    pub(super) contracts: usize,
}

/// The simulated market, counted.
pub(super) struct CountingMarket {
    market: SimulatedMarket,
    asked: Mutex<Asked>,
}

impl CountingMarket {
    pub(super) fn new(market: SimulatedMarket) -> Self {
        let asked = Mutex::default();
        Self { market, asked }
    }

    /// What it was asked so far, and counting begins anew.
    pub(super) fn take(&self) -> Asked {
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

    async fn clock(&self, now: DateTime<Utc>) -> Result<MarketClock, MarketError> {
        self.count(0).clock(now).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        now: DateTime<Utc>,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        self.count(0).quotes(symbols, now).await
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        now: DateTime<Utc>,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        self.count(contracts.len())
            .option_quotes(contracts, now)
            .await
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        now: DateTime<Utc>,
    ) -> Result<Vec<OptionContract>, MarketError> {
        self.count(0).contracts(filter, now).await
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        now: DateTime<Utc>,
    ) -> Result<Vec<Candle>, MarketError> {
        self.count(0).candles(request, now).await
    }
}
