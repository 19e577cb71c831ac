//! Asks a market for the evidence of a signal: everything that engines decide on, once, within
//! one deadline. What doesn't come in time is named missing; nothing is invented.

use std::future::Future;

use chrono::{Days, NaiveDate};
use domain::calendar::trading_date;
use domain::quote::StockQuote;
use domain::{Evidence, Missing, Part, Price, Symbol, Timeframe};
use rust_decimal::Decimal;
use tokio::time::timeout_at;

use crate::{Asked, CandleRequest, ChainRequest, Market, MarketError};

/// Bars of the signal's timeframe.
const CANDLES: usize = 200;
/// Daily bars: about a year of sessions.
const DAILY_BARS: usize = 250;
/// How far ahead the chain's last expiration may lie.
const CHAIN_DAYS: u64 = 45;
/// How far its strikes may lie from the quote, as a percentage of it.
const STRIKES_WITHIN_PCT: i64 = 25;
/// Strikes are asked for in steps of so many dollars, so that the question stays the same while
/// the price hardly moves, and a kept answer will do.
const STRIKES_GRID_USD: i64 = 5;

/// A part, or why it is missing.
type Answer<T> = Result<T, String>;

/// The evidence of a signal on `symbol` whose bars have this length, as the market tells it now.
pub async fn capture(
    market: &dyn Market,
    symbol: &Symbol,
    timeframe: Timeframe,
    asked: Asked,
) -> Evidence {
    let quote_and_chain = async {
        let quote = quote(market, symbol, asked).await;
        let request = quote.as_ref().map(|quote| around(quote, asked));
        let chain = match request {
            Ok(request) => in_time(market.chain(&request, asked), asked).await,
            Err(_) => Err("its strikes follow from the quote, and there is none".to_owned()),
        };
        (quote, chain)
    };
    let ((quote, chain), clock, candles, daily) = futures::join!(
        quote_and_chain,
        in_time(market.clock(asked), asked),
        candles(market, symbol, timeframe, CANDLES, asked),
        candles(market, symbol, Timeframe::DAY, DAILY_BARS, asked),
    );
    let mut missing = Vec::new();
    Evidence {
        symbol: symbol.clone(),
        captured_at: asked.now,
        clock: found(Part::Clock, clock, &mut missing),
        quote: found(Part::Quote, quote, &mut missing),
        candles: found(Part::Candles, candles, &mut missing),
        daily: found(Part::DailyBars, daily, &mut missing),
        chain: found(Part::Chain, chain, &mut missing),
        missing,
    }
}

async fn quote(market: &dyn Market, symbol: &Symbol, asked: Asked) -> Answer<StockQuote> {
    let symbols = std::slice::from_ref(symbol);
    let mut batch = in_time(market.quotes(symbols, asked), asked).await?;
    batch.found.remove(symbol).ok_or_else(|| {
        let none = || "the market gave none".to_owned();
        batch
            .failed
            .get(symbol)
            .map_or_else(none, ToString::to_string)
    })
}

async fn candles(
    market: &dyn Market,
    symbol: &Symbol,
    timeframe: Timeframe,
    count: usize,
    asked: Asked,
) -> Answer<domain::CandleSet> {
    let request = CandleRequest {
        symbol: symbol.clone(),
        timeframe,
        count,
    };
    in_time(market.candles(&request, asked), asked).await
}

/// The part of the chain that matters around a quote.
fn around(quote: &StockQuote, asked: Asked) -> ChainRequest {
    let today = trading_date(asked.now);
    ChainRequest {
        underlying: quote.symbol.clone(),
        expires_from: today,
        expires_to: today
            .checked_add_days(Days::new(CHAIN_DAYS))
            .unwrap_or(NaiveDate::MAX),
        strikes: strikes(quote.sides.mid()),
    }
}

/// The strikes around a price, outwards to the grid; all of them for a price beyond any.
fn strikes(price: Price) -> Option<(Price, Price)> {
    let on_grid = |percent: i64| {
        let exact = price.decimal().checked_mul(Decimal::new(percent, 2))?;
        exact.checked_div(Decimal::from(STRIKES_GRID_USD))
    };
    let strike = |steps: Decimal| {
        let exact = steps.checked_mul(Decimal::from(STRIKES_GRID_USD))?;
        Price::new(exact).ok()
    };
    let low = strike(on_grid(100 - STRIKES_WITHIN_PCT)?.floor())?;
    let high = strike(on_grid(100 + STRIKES_WITHIN_PCT)?.ceil())?;
    Some((low, high))
}

/// What is answered before nobody waits any more.
async fn in_time<T>(
    answer: impl Future<Output = Result<T, MarketError>>,
    asked: Asked,
) -> Answer<T> {
    match timeout_at(asked.until, answer).await {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err("no answer came in time".to_owned()),
    }
}

fn found<T>(part: Part, answer: Answer<T>, missing: &mut Vec<Missing>) -> Option<T> {
    answer
        .map_err(|why| missing.push(Missing { part, why }))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strikes_are_rounded_outwards() {
        for (price_cents, low_usd, high_usd) in [
            (65_000, 485, 815),
            (65_100, 485, 815),
            (40_000, 300, 500),
            (40_001, 300, 505),
            (39_999, 295, 500),
            (300, 0, 5),
            (1, 0, 5),
        ] {
            let expected = (Price::cents(low_usd * 100), Price::cents(high_usd * 100));
            let found = strikes(Price::cents(price_cents));
            assert_eq!(found, Some(expected), "{price_cents} cents");
        }
        assert_eq!(strikes(Price::new(Decimal::MAX).unwrap()), None);
    }
}
