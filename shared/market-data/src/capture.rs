//! Asks a market for the evidence of a signal: everything that engines decide on, once, within
//! one deadline. What doesn't come in time is named missing; nothing is invented.
//!
//! What follows from an answer is computed from that answer, and from nothing that is kept
//! elsewhere: so whoever has the evidence can compute it again.

mod derived;
mod gate;

use std::future::Future;

use domain::quote::StockQuote;
use domain::{Evidence, EvidenceForm, Missing, Part, Symbol, Timeframe};
use tokio::time::timeout_at;

use crate::{Asked, CandleRequest, ChainRequest, Market, MarketError};
use derived::Derived;
pub use gate::capture_for_rules;

/// Bars of the signal's timeframe, at least.
const CANDLES: usize = 200;
/// Minutes of a regular session: of short bars there are as many as reach back to its open.
const SESSION_MINUTES: i64 = 390;
/// Daily bars: about a year of sessions.
const DAILY_BARS: usize = 250;
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
        let request = quote
            .as_ref()
            .map(|quote| ChainRequest::around(quote, asked.now));
        let chain = match request {
            Ok(request) => in_time(market.chain(&request, asked), asked).await,
            Err(_) => Err("its strikes follow from the quote, and there is none".to_owned()),
        };
        (quote, chain)
    };
    let ((quote, chain), clock, candles, daily) = futures::join!(
        quote_and_chain,
        in_time(market.clock(asked), asked),
        candles(market, symbol, timeframe, bars_of(timeframe), asked),
        candles(market, symbol, Timeframe::DAY, DAILY_BARS, asked),
    );
    let derived = Derived::of(&chain, quote.as_ref().ok(), (&candles, &daily), asked.now);
    let mut missing = Vec::new();
    Evidence {
        form: EvidenceForm::NEWEST,
        symbol: symbol.clone(),
        captured_at: asked.now,
        clock: found(Part::Clock, clock, &mut missing),
        quote: found(Part::Quote, quote, &mut missing),
        candles: found(Part::Candles, candles, &mut missing),
        daily: found(Part::DailyBars, daily, &mut missing),
        chain: found(Part::Chain, chain, &mut missing),
        gamma_exposure: found(Part::GammaExposure, derived.gamma_exposure, &mut missing),
        options_flow: found(Part::OptionsFlow, derived.options_flow, &mut missing),
        indicators: found(Part::Indicators, derived.indicators, &mut missing),
        studies: found(Part::Studies, derived.studies, &mut missing),
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

/// How many bars of this length are asked for.
fn bars_of(timeframe: Timeframe) -> usize {
    let of_session = SESSION_MINUTES / timeframe.duration().num_minutes().max(1);
    usize::try_from(of_session + 1)
        .unwrap_or(CANDLES)
        .max(CANDLES)
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
