//! Markets at the network's edge that fail as real ones do. Prices still come from the simulated
//! market; only the answers go missing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Symbol};
use market_data::{
    Asked, Batch, CandleRequest, ChainRequest, ContractFilter, Market, MarketError, MarketSource,
    SimulatedHours, SimulatedMarket,
};

/// A simulated market that can be cut off.
pub struct FlakyMarket {
    market: SimulatedMarket,
    cut_off: AtomicBool,
    no_option_quotes: AtomicBool,
    no_history: AtomicBool,
}

impl FlakyMarket {
    /// A market that answers, for now.
    pub fn new(seed: u64, hours: SimulatedHours) -> Arc<Self> {
        Arc::new(Self {
            market: SimulatedMarket::new(seed, hours),
            cut_off: AtomicBool::new(false),
            no_option_quotes: AtomicBool::new(false),
            no_history: AtomicBool::new(false),
        })
    }

    /// From now on nothing is answered, or everything again.
    pub fn cut_off(&self, cut_off: bool) {
        self.cut_off.store(cut_off, Ordering::SeqCst);
    }

    /// From now on option quotes fail, or come again.
    pub fn refuse_option_quotes(&self, refuse: bool) {
        self.no_option_quotes.store(refuse, Ordering::SeqCst);
    }

    /// From now on bars and chains fail, or come again.
    pub fn refuse_history(&self, refuse: bool) {
        self.no_history.store(refuse, Ordering::SeqCst);
    }

    fn reach_history(&self) -> Result<&SimulatedMarket, MarketError> {
        if self.no_history.load(Ordering::SeqCst) {
            return Err(MarketError::NotEntitled {
                provider: "flaky".to_owned(),
            });
        }
        self.reach()
    }

    fn reach(&self) -> Result<&SimulatedMarket, MarketError> {
        if self.cut_off.load(Ordering::SeqCst) {
            return Err(MarketError::Unavailable {
                provider: "flaky".to_owned(),
                detail: "cut off".to_owned(),
            });
        }
        Ok(&self.market)
    }
}

#[async_trait]
impl Market for FlakyMarket {
    fn source(&self) -> MarketSource {
        self.market.source()
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        self.reach()?.clock(asked).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        self.reach()?.quotes(symbols, asked).await
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        if self.no_option_quotes.load(Ordering::SeqCst) {
            return Err(MarketError::Timeout {
                provider: "flaky".to_owned(),
            });
        }
        self.reach()?.option_quotes(contracts, asked).await
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        self.reach()?.contracts(filter, asked).await
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        self.reach_history()?.candles(request, asked).await
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        self.reach_history()?.chain(request, asked).await
    }
}
