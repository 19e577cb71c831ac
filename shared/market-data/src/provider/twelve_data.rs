//! Twelve Data: the clock, stocks' last prices and bars. It has no bids, no asks and no options,
//! and tells most of its errors within HTTP's 200.

mod bars;
mod clock;
mod quotes;
mod refusals;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::quote::{MarketClock, StockQuote};
use domain::{CandleSet, Symbol};
use reqwest::Url;
use secrecy::SecretString;

use super::line::{Gate, Line, REQUEST_TIMEOUT};
use super::query::fixed;
use super::{Capability, Provider, ProviderName};
use crate::{Asked, Batch, CandleRequest, MarketError};

pub use bars::time_series;
pub use clock::market_state;
pub use quotes::quotes;

/// How Twelve Data is asked.
#[derive(Debug, Clone)]
pub struct TwelveDataSettings {
    /// Its host.
    pub base_url: Url,
    /// How long one request may take, body included.
    pub request_timeout: Duration,
    /// Symbols in one request, each of which is a credit: no more than a minute has.
    pub symbols_a_call: usize,
}

impl Default for TwelveDataSettings {
    fn default() -> Self {
        Self {
            base_url: fixed("https://api.twelvedata.com"),
            request_timeout: REQUEST_TIMEOUT,
            symbols_a_call: quotes::SYMBOLS_A_CALL,
        }
    }
}

/// Twelve Data, with our key to it.
#[derive(Clone)]
pub struct TwelveData {
    line: Line,
    base_url: Url,
    symbols_a_call: usize,
}

impl TwelveData {
    /// Twelve Data, asked with this key.
    #[expect(clippy::needless_pass_by_value, reason = "the key is given away")]
    pub fn new(
        key: SecretString,
        settings: TwelveDataSettings,
        http: &reqwest::Client,
        gate: &Arc<dyn Gate>,
    ) -> Result<Self, MarketError> {
        let (name, limit) = (ProviderName::TwelveData, settings.request_timeout);
        Ok(Self {
            line: Line::authorized(name, "apikey", &key, http, gate, limit)?,
            base_url: settings.base_url,
            symbols_a_call: settings.symbols_a_call,
        })
    }
}

#[async_trait]
impl Provider for TwelveData {
    fn name(&self) -> ProviderName {
        ProviderName::TwelveData
    }

    fn capabilities(&self) -> &'static [Capability] {
        &[Capability::Clock, Capability::Quotes, Capability::Candles]
    }

    fn calls_left(&self) -> Option<u64> {
        self.line.calls_left()
    }

    async fn clock(&self, asked: Asked) -> Result<MarketClock, MarketError> {
        self.ask_clock(asked).await
    }

    async fn quotes(
        &self,
        symbols: &[Symbol],
        asked: Asked,
    ) -> Result<Batch<Symbol, StockQuote>, MarketError> {
        self.ask_quotes(symbols, asked).await
    }

    async fn candles(
        &self,
        request: &CandleRequest,
        asked: Asked,
    ) -> Result<CandleSet, MarketError> {
        self.ask_candles(request, asked).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_an_address() {
        let settings = TwelveDataSettings::default();
        assert_eq!(settings.base_url.scheme(), "https");
    }
}
