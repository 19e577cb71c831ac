//! The simulated market, with the troubles of a real one: questions that fail, that hang until
//! nobody waits any more, and single contracts without a quote.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Symbol};
use market_data::{
    Asked, Batch, CandleRequest, ChainRequest, ContractFilter, Market, MarketError, MarketSource,
};

use crate::chance::Chance;
use crate::invocation::note_fault;
use crate::journal::{Journal, note};
use crate::weather::Weather;

/// The longest that the market lets somebody wait before it answers nothing.
const HANG: Duration = Duration::from_secs(45);

/// A market with troubles.
pub(crate) struct TroubledMarket {
    market: Arc<dyn Market>,
    weather: Arc<Weather>,
    chance: Chance,
    journal: Journal,
}

impl TroubledMarket {
    pub(crate) fn new(
        market: Arc<dyn Market>,
        weather: Arc<Weather>,
        seed: u64,
        journal: Journal,
    ) -> Self {
        let chance = Chance::of(seed, "market");
        Self {
            market,
            weather,
            chance,
            journal,
        }
    }

    /// The market, unless it fails this question.
    async fn reach(&self, question: &str) -> Result<&dyn Market, MarketError> {
        if !self.chance.happens(self.weather.rates().market) {
            return Ok(self.market.as_ref());
        }
        note_fault();
        let provider = "simulated".to_owned();
        let error = match self.chance.between(0, 2) {
            0 => MarketError::Unavailable {
                provider,
                detail: "down for a moment".to_owned(),
            },
            1 => MarketError::Timeout { provider },
            _ => {
                tokio::time::sleep(self.chance.up_to(HANG)).await;
                MarketError::Timeout { provider }
            }
        };
        note!(self.journal, "market: {question} fails: {error}");
        Err(error)
    }

    /// The batch, now and then without one of its items.
    fn with_gaps<K: Ord + Clone, V>(&self, mut batch: Batch<K, V>) -> Batch<K, V> {
        let is_lost = |_: &K| self.chance.happens(self.weather.rates().market / 2.0);
        let lost: Vec<K> = batch
            .found
            .keys()
            .filter(|key| is_lost(key))
            .cloned()
            .collect();
        for key in lost {
            note_fault();
            batch.found.remove(&key);
            let provider = "simulated".to_owned();
            batch.failed.insert(key, MarketError::Timeout { provider });
        }
        batch
    }
}

#[async_trait]
impl Market for TroubledMarket {
    fn source(&self) -> MarketSource {
        self.market.source()
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        self.reach("clock").await?.clock(asked).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let batch = self.reach("quotes").await?.quotes(symbols, asked).await?;
        Ok(self.with_gaps(batch))
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        let market = self.reach("option quotes").await?;
        Ok(self.with_gaps(market.option_quotes(contracts, asked).await?))
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        self.reach("contracts")
            .await?
            .contracts(filter, asked)
            .await
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        self.reach("candles").await?.candles(request, asked).await
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        self.reach("chain").await?.chain(request, asked).await
    }
}
