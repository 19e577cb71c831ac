//! How others stand, for whoever asks about a symbol: the gamma exposure and the options flow of
//! its chain, computed once in five minutes and kept for other instances, which read them under
//! `CACHE#gamma_exposure#<symbol>` and `CACHE#options_flow#<symbol>`.
//!
//! Evidence doesn't take them from here: what it holds follows from its own chain.

use std::future::Future;
use std::sync::Arc;

use decisions::positioning::{PositioningError, gamma_exposure, options_flow};
use domain::quote::StockQuote;
use domain::{GammaExposureSnapshot, OptionChain, OptionsFlow, Symbol};
use storage::MarketTable;
use tokio::time::timeout_at;

use crate::cache::{Cache, CacheCounts, ExposureOf, FlowOf, Keep, Kind};
use crate::{Asked, Batch, ChainRequest, Market, MarketError};

/// The records of how others stand, on one market.
pub struct Positioning {
    market: Arc<dyn Market>,
    exposures: Cache<ExposureOf>,
    flows: Cache<FlowOf>,
}

impl Positioning {
    /// On this market. Records are kept in this process, and in the table where one is given.
    pub fn new(market: Arc<dyn Market>, table: Option<&MarketTable>) -> Self {
        Self {
            market,
            exposures: Cache::new(Kind::GammaExposure, table.cloned()),
            flows: Cache::new(Kind::OptionsFlow, table.cloned()),
        }
    }

    /// How records were found so far, by kind.
    pub fn cache_counts(&self) -> Vec<(&'static str, CacheCounts)> {
        vec![
            (Kind::GammaExposure.name(), self.exposures.counts()),
            (Kind::OptionsFlow.name(), self.flows.counts()),
        ]
    }

    /// The gamma exposure of a symbol's options.
    pub async fn gamma_exposure(
        &self,
        symbol: &Symbol,
        asked: Asked,
    ) -> Result<GammaExposureSnapshot, MarketError> {
        let keys = [ExposureOf(symbol.clone())];
        let answer = self.exposures.answers(&keys, asked, |keys| {
            each(keys, |key: ExposureOf| async move {
                let (quote, chain) = self.quote_and_chain(&key.0, asked).await?;
                let exposure = gamma_exposure(&chain, Some(&quote), asked.now);
                exposure.map_err(|error| none(&chain, "gamma exposure", error))
            })
        });
        answer.await.only()
    }

    /// The flow of a symbol's options, as far as volumes tell.
    pub async fn options_flow(
        &self,
        symbol: &Symbol,
        asked: Asked,
    ) -> Result<OptionsFlow, MarketError> {
        let keys = [FlowOf(symbol.clone())];
        let answer = self.flows.answers(&keys, asked, |keys| {
            each(keys, |key: FlowOf| async move {
                let (_, chain) = self.quote_and_chain(&key.0, asked).await?;
                let flow = options_flow(&chain, asked.now);
                flow.map_err(|error| none(&chain, "options flow", error))
            })
        });
        answer.await.only()
    }

    /// The same quote and the same part of the chain that evidence asks for, so that what the
    /// market kept will do.
    async fn quote_and_chain(
        &self,
        symbol: &Symbol,
        asked: Asked,
    ) -> Result<(StockQuote, OptionChain), MarketError> {
        let answers = async {
            let symbols = std::slice::from_ref(symbol);
            let quote = self.market.quotes(symbols, asked).await?.only()?;
            let chain = self
                .market
                .chain(&ChainRequest::around(&quote, asked.now), asked)
                .await?;
            Ok((quote, chain))
        };
        let late = |_| MarketError::Timeout {
            provider: "the market".to_owned(),
        };
        timeout_at(asked.until, answers).await.map_err(late)?
    }
}

/// The answers to questions that are asked one by one.
async fn each<K: Keep, R>(keys: Vec<K>, ask: impl Fn(K) -> R) -> Batch<K, K::Answer>
where
    R: Future<Output = Result<K::Answer, MarketError>>,
{
    let mut batch = Batch::default();
    for key in keys {
        batch.insert(key.clone(), ask(key).await);
    }
    batch
}

/// That a chain tells no such thing, as an error of whoever gave it.
fn none(chain: &OptionChain, what: &str, why: PositioningError) -> MarketError {
    MarketError::NotOffered {
        provider: chain.provenance.provider.clone(),
        what: format!("{what} of {}: {why}", chain.underlying),
    }
}
