//! The real market: several providers behind one trait. A question is answered by what is kept,
//! else by the first provider that can and does; every answer is judged before anyone sees it.
//!
//! It knows no wire: that is the providers'. Whether one may be asked now is its line's matter.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Symbol};
use runtime::SharedClock;
use runtime::vitals::Tally;
use storage::MarketTable;

use crate::cache::{Cache, CacheCounts, IsOpen, Keep, Kind};
use crate::desk::Desk;
use crate::freshness::{self, QuoteAge};
use crate::provider::{Capability, Provider};
use crate::walk::{Providers, WAITS, walk};
use crate::{
    Asked, Batch, CandleRequest, ChainRequest, ContractFilter, Market, MarketError, MarketKind,
    MarketSource,
};

/// How the real market behaves.
#[derive(Debug, Clone)]
pub struct MarketRules {
    /// How old quotes may be.
    pub quote_age: QuoteAge,
    /// How long quotes are kept: 0 to 15 s.
    pub quotes_kept: TimeDelta,
    /// The waits before what failed is asked again.
    pub waits: Vec<Duration>,
}

impl Default for MarketRules {
    fn default() -> Self {
        Self {
            quote_age: QuoteAge { age_ms_max: 60_000 },
            quotes_kept: TimeDelta::seconds(5),
            waits: WAITS.to_vec(),
        }
    }
}

/// Who can be asked.
pub enum Source {
    /// Always the same.
    Fixed(Providers),
    /// Those to which there are keys.
    Desk(Box<Desk>),
}

impl From<Desk> for Source {
    fn from(desk: Desk) -> Self {
        Self::Desk(Box::new(desk))
    }
}

impl From<Vec<Arc<dyn Provider>>> for Source {
    fn from(providers: Vec<Arc<dyn Provider>>) -> Self {
        Self::Fixed(providers.into())
    }
}

impl Source {
    async fn providers(&self) -> Providers {
        match self {
            Self::Fixed(providers) => providers.clone(),
            Self::Desk(desk) => desk.providers().await,
        }
    }

    fn last_known(&self) -> Providers {
        match self {
            Self::Fixed(providers) => providers.clone(),
            Self::Desk(desk) => desk.last_known(),
        }
    }
}

/// The real market.
pub struct ProviderMarket {
    source: Source,
    clock: SharedClock,
    rules: MarketRules,
    clocks: Cache<IsOpen>,
    quotes: Cache<Symbol>,
    option_quotes: Cache<OptionContract>,
    contracts: Cache<ContractFilter>,
    candles: Cache<CandleRequest>,
    chains: Cache<ChainRequest>,
    tally: Tally,
}

impl ProviderMarket {
    /// A market of these providers, which are asked in this order. Answers are kept in this
    /// process, and in the table where one is given.
    pub fn new(
        source: impl Into<Source>,
        clock: SharedClock,
        rules: MarketRules,
        table: Option<&MarketTable>,
    ) -> Self {
        let kept = rules.quotes_kept;
        Self {
            source: source.into(),
            clock,
            rules,
            clocks: Cache::new(Kind::Clock, table.cloned()),
            quotes: Cache::new(Kind::Quotes(kept), table.cloned()),
            // A write for each contract would cost more than it saves.
            option_quotes: Cache::new(Kind::OptionQuotes(kept), None),
            contracts: Cache::new(Kind::Contracts, table.cloned()),
            candles: Cache::new(Kind::Candles, table.cloned()),
            chains: Cache::new(Kind::Chain, table.cloned()),
            tally: Tally::default(),
        }
    }

    /// The same market, which counts into this tally.
    #[must_use]
    pub fn counted_in(self, tally: &Tally) -> Self {
        Self {
            clocks: self.clocks.counted_in(tally),
            quotes: self.quotes.counted_in(tally),
            option_quotes: self.option_quotes.counted_in(tally),
            contracts: self.contracts.counted_in(tally),
            candles: self.candles.counted_in(tally),
            chains: self.chains.counted_in(tally),
            tally: tally.clone(),
            ..self
        }
    }

    /// How answers were found so far, by kind.
    pub fn cache_counts(&self) -> Vec<(&'static str, CacheCounts)> {
        vec![
            ("clock", self.clocks.counts()),
            ("quotes", self.quotes.counts()),
            ("option_quotes", self.option_quotes.counts()),
            ("contracts", self.contracts.counts()),
            ("candles", self.candles.counts()),
            ("chain", self.chains.counts()),
        ]
    }

    /// Asks the providers, one after the other.
    async fn asked<K, F, R, J>(
        &self,
        capability: Capability,
        keys: Vec<K>,
        asked: Asked,
        ask: F,
        judge: J,
    ) -> Batch<K, K::Answer>
    where
        K: Keep,
        F: Fn(Arc<dyn Provider>, Vec<K>, Asked) -> R,
        R: Future<Output = Result<Batch<K, K::Answer>, MarketError>>,
        J: Fn(K::Answer, DateTime<Utc>) -> Result<K::Answer, MarketError>,
    {
        // Judged when it is there: the question may have taken a while.
        let judged = |answer| judge(answer, self.clock.now());
        let how = (capability, self.rules.waits.as_slice());
        let providers = self.source.providers().await;
        walk(&providers, how, keys, asked, ask, judged).await
    }
}

/// Asks a provider for one thing.
async fn one<K: Keep, R>(
    keys: Vec<K>,
    question: impl FnOnce(K) -> R,
) -> Result<Batch<K, K::Answer>, MarketError>
where
    R: Future<Output = Result<K::Answer, MarketError>>,
{
    let mut batch = Batch::default();
    if let Some(key) = keys.into_iter().next() {
        let answer = question(key.clone()).await?;
        batch.found.insert(key, answer);
    }
    Ok(batch)
}

/// Answers that were kept may have grown too old since.
fn judged<K: Ord, V>(
    batch: Batch<K, V>,
    judge: impl Fn(V) -> Result<V, MarketError>,
) -> Batch<K, V> {
    let found = batch.found.into_iter();
    let failed = batch
        .failed
        .into_iter()
        .map(|(key, error)| (key, Err(error)));
    found
        .map(|(key, answer)| (key, judge(answer)))
        .chain(failed)
        .collect()
}

#[async_trait]
impl Market for ProviderMarket {
    fn source(&self) -> MarketSource {
        let providers = self.source.last_known();
        let names: Vec<_> = providers.iter().map(|it| it.name().as_str()).collect();
        let whom = if names.is_empty() {
            "the providers whose keys are in the secret".to_owned()
        } else {
            names.join(", then ")
        };
        MarketSource {
            kind: MarketKind::Providers,
            sentence: format!("real prices, asked from {whom}"),
            recording: None,
        }
    }

    fn tally(&self) -> Option<Tally> {
        Some(self.tally.clone())
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        let batch = self.clocks.answers(&[IsOpen], asked, |keys| {
            let ask = |provider: Arc<dyn Provider>, keys, asked| async move {
                one(keys, |_| provider.clock(asked)).await
            };
            self.asked(Capability::Clock, keys, asked, ask, freshness::clock)
        });
        batch.await.only()
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        let age = self.rules.quote_age;
        let batch = self.quotes.answers(symbols, asked, |keys| {
            let ask = |provider: Arc<dyn Provider>, keys: Vec<Symbol>, asked| async move {
                provider.quotes(&keys, asked).await
            };
            let judge = move |quote, now| age.stock(quote, now);
            self.asked(Capability::Quotes, keys, asked, ask, judge)
        });
        let batch = batch.await;
        let now = self.clock.now();
        Ok(judged(batch, |quote| age.stock(quote, now)))
    }

    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
        let age = self.rules.quote_age;
        let batch = self.option_quotes.answers(contracts, asked, |keys| {
            let ask = |provider: Arc<dyn Provider>, keys: Vec<OptionContract>, asked| async move {
                provider.option_quotes(&keys, asked).await
            };
            let judge = move |quote, now| age.option(quote, now);
            self.asked(Capability::OptionQuotes, keys, asked, ask, judge)
        });
        let batch = batch.await;
        let now = self.clock.now();
        Ok(judged(batch, |quote| age.option(quote, now)))
    }

    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError> {
        let keys = std::slice::from_ref(filter);
        let batch = self.contracts.answers(keys, asked, |keys| {
            let ask = |provider: Arc<dyn Provider>, keys, asked| async move {
                one(keys, |filter| async move {
                    provider.contracts(&filter, asked).await
                })
                .await
            };
            let judge = |contracts, _| Ok(contracts);
            self.asked(Capability::Contracts, keys, asked, ask, judge)
        });
        let now = asked.now;
        let listed = batch.await.only()?.into_iter();
        // A list that was kept may hold what has expired since.
        Ok(listed
            .filter(|contract| domain::expiration::expires_at(contract.expiration()) > now)
            .collect())
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        let keys = std::slice::from_ref(request);
        let batch = self.candles.answers(keys, asked, |keys| {
            let ask = |provider: Arc<dyn Provider>, keys, asked| async move {
                one(keys, |request| async move {
                    provider.candles(&request, asked).await
                })
                .await
            };
            self.asked(Capability::Candles, keys, asked, ask, freshness::candles)
        });
        freshness::candles(batch.await.only()?, self.clock.now())
    }

    async fn chain(
        &self,
        request: &ChainRequest,
        asked: Asked,
    ) -> Result<OptionChain, MarketError> {
        let keys = std::slice::from_ref(request);
        let batch = self.chains.answers(keys, asked, |keys| {
            let ask = |provider: Arc<dyn Provider>, keys, asked| async move {
                one(keys, |request| async move {
                    provider.chain(&request, asked).await
                })
                .await
            };
            self.asked(Capability::Chain, keys, asked, ask, freshness::chain)
        });
        freshness::chain(batch.await.only()?, self.clock.now())
    }
}
