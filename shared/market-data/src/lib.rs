//! The market, as the rest of the platform sees it: one trait that is asked for many things at
//! once, one vocabulary of errors, one validation, and the markets behind them.
//!
//! Nothing here places orders, and nothing here reads a clock: the time is passed in.

mod batch;
mod choice;
mod error;
mod model;
pub mod recorded;
mod request;
pub mod simulated;
mod source;
pub mod validation;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::quote::{Candle, MarketClock, OptionQuote, StockQuote};
use domain::{OptionContract, Symbol};

pub use batch::Batch;
pub use choice::chosen;
pub use error::MarketError;
pub use recorded::{RecordedMarket, RecordingError};
pub use request::{CandleRequest, ContractFilter};
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

    /// Whether the market is open at `now`.
    async fn clock(&self, now: DateTime<Utc>) -> Result<MarketClock, MarketError>;

    /// The best prices of these stocks.
    async fn quotes(
        &self,
        symbols: &[Symbol],
        now: DateTime<Utc>,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError>;

    /// The best prices of these contracts.
    async fn option_quotes(
        &self,
        contracts: &[OptionContract],
        now: DateTime<Utc>,
    ) -> Result<Batch<OptionContract, OptionQuote>, MarketError>;

    /// The contracts that are listed and not expired, in order; none for a stock without
    /// options.
    async fn contracts(
        &self,
        filter: &ContractFilter,
        now: DateTime<Utc>,
    ) -> Result<Vec<OptionContract>, MarketError>;

    /// The newest bars that have closed by `now`, oldest first.
    async fn candles(
        &self,
        request: &CandleRequest,
        now: DateTime<Utc>,
    ) -> Result<Vec<Candle>, MarketError>;
}
