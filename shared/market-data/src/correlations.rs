//! Asks a market how the other underlyings of a book moved with a signal's.

use std::collections::BTreeMap;

use decisions::correlation::correlation;
use domain::{Book, CandleSet, Correlation, Evidence, Symbol, Timeframe};
use futures::future::join_all;
use tokio::time::timeout_at;

use crate::{Asked, CandleRequest, Market};

/// Daily bars of another underlying: as many as returns are looked at, and some that may be
/// missing on one side.
const DAILY_BARS: usize = 40;
/// What is said where bars are missing.
const NOT_KNOWN: Correlation = Correlation {
    coefficient: None,
    returns: 0,
};

/// How the other underlyings in the book moved with the evidence's. What can't be had in time has
/// no coefficient.
pub async fn correlations(
    market: &dyn Market,
    book: &Book,
    evidence: &Evidence,
    asked: Asked,
) -> BTreeMap<Symbol, Correlation> {
    let others = book.count_by_symbol.iter();
    let others = others.filter(|(symbol, count)| **count > 0 && **symbol != evidence.symbol);
    let looked_up = others.map(async |(symbol, _)| {
        let bars = daily_bars(market, symbol, asked).await;
        let pair = evidence.daily.as_ref().zip(bars.as_ref());
        let found = pair.map_or(NOT_KNOWN, |(own, other)| correlation(own, other));
        (symbol.clone(), found)
    });
    join_all(looked_up).await.into_iter().collect()
}

async fn daily_bars(market: &dyn Market, symbol: &Symbol, asked: Asked) -> Option<CandleSet> {
    let request = CandleRequest {
        symbol: symbol.clone(),
        timeframe: Timeframe::DAY,
        count: DAILY_BARS,
    };
    let answer = market.candles(&request, asked);
    timeout_at(asked.until, answer).await.ok()?.ok()
}
