//! The market, as the rest of the platform sees it: one trait that is asked for many things at
//! once, one vocabulary of errors, one validation, and the markets behind them.
//!
//! Nothing here places orders, and no price here depends on a clock that isn't passed in.

mod around;
mod asked;
mod batch;
pub mod cache;
mod capture;
mod choice;
pub mod choosing;
mod closes;
mod correlations;
pub mod desk;
mod error;
pub mod freshness;
pub mod health;
pub mod marking;
mod model;
mod modelled;
pub mod positioning;
pub mod provider;
mod provider_market;
pub mod recorded;
mod request;
pub mod simulated;
mod source;
pub mod validation;
pub mod walk;

use async_trait::async_trait;
use domain::quote::{MarketClock, OptionQuote, StockQuote};
use domain::{CandleSet, OptionChain, OptionContract, Symbol};
use runtime::vitals::Tally;

pub use asked::{Asked, Freshness};
pub use batch::Batch;
pub use capture::{capture, capture_for_rules};
pub use choice::{ChoiceError, chosen, for_a_look, limits, offline};
pub use closes::close_at_expiration;
pub use correlations::correlations;
pub use error::MarketError;
pub use modelled::{ModelledMarket, QuoteAtPrice};
pub use positioning::Positioning;
pub use provider_market::{MarketRules, ProviderMarket};
pub use recorded::{RecordedMarket, RecordingError};
pub use request::{CandleRequest, ChainRequest, ContractFilter};
pub use simulated::{SimulatedHours, SimulatedMarket};
pub use source::{MarketKind, MarketSource, Recording};

/// Where prices come from.
///
/// Questions are batches, because providers charge and limit by request. An error of a whole
/// call is one that cost every item; what is wrong with one item stands in the [`Batch`].
#[async_trait]
pub trait Market: Send + Sync {
    /// What this market is, for whoever looks at its prices.
    fn source(&self) -> MarketSource;

    /// What it counts of itself, if it does.
    fn tally(&self) -> Option<Tally> {
        None
    }

    /// Whether the market is open.
    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError>;

    /// The best prices of these stocks.
    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError>;

    /// The best prices of these contracts.
    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        asked: Asked,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError>;

    /// The contracts that are listed and not expired, in order; none for a stock without
    /// options.
    async fn contracts(
        &self,
        filter: &ContractFilter,
        asked: Asked,
    ) -> Result<Vec<OptionContract>, MarketError>;

    /// The newest bars that have closed, oldest first.
    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError>;

    /// The listed contracts with all that is known of them, in order.
    async fn chain(&self, request: &ChainRequest, asked: Asked)
    -> Result<OptionChain, MarketError>;
}
