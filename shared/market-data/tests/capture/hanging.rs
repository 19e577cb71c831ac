//! A market some of whose answers never come.

use std::future::pending;

use async_trait::async_trait;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Part, Symbol, Timeframe};
use market_data::{
    Asked, Batch, CandleRequest, ChainRequest, ContractFilter, Market, MarketError, MarketSource,
    SimulatedMarket,
};

pub(crate) struct HangingMarket {
    market: SimulatedMarket,
    hanging: Vec<Part>,
}

impl HangingMarket {
    pub(crate) fn new(market: SimulatedMarket, hanging: Vec<Part>) -> Self {
        Self { market, hanging }
    }

    async fn reach(&self, part: Part) -> &SimulatedMarket {
        if self.hanging.contains(&part) {
            pending::<()>().await;
        }
        &self.market
    }
}

#[async_trait]
impl Market for HangingMarket {
    fn source(&self) -> MarketSource {
        self.market.source()
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        self.reach(Part::Clock).await.clock(asked).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        self.reach(Part::Quote).await.quotes(symbols, asked).await
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        self.market.option_quotes(contracts, asked).await
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        self.market.contracts(filter, asked).await
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        let part = if request.timeframe == Timeframe::DAY {
            Part::DailyBars
        } else {
            Part::Candles
        };
        self.reach(part).await.candles(request, asked).await
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        self.reach(Part::Chain).await.chain(request, asked).await
    }
}
