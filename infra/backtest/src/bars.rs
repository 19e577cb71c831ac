//! Bars of a session, and the prices that a position goes through within one.
//!
//! A bar tells four prices and not their order. A position is taken through it in the order that
//! is worst for it: the open, then the extreme that hurts (the low for a call, the high for a
//! put), then the other one, then the close. So a stop comes before a target. Between two of them
//! the price is taken to move without a gap.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::Session;
use domain::quote::Candle;
use domain::{OptionRight, Position, Price, Symbol, Timeframe};
use market_data::{CandleRequest, Market};

/// A step of time within a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bar {
    /// Its first instant.
    pub(crate) opens: DateTime<Utc>,
    /// The first instant after it.
    pub(crate) closes: DateTime<Utc>,
    /// When its last prices are looked at: the close, or the last second of the session.
    pub(crate) ends: DateTime<Utc>,
}

/// A price of the underlying at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) now: DateTime<Utc>,
    pub(crate) underlying: Price,
}

/// The bars of a session.
pub(crate) fn bars(session: Session, step: Timeframe) -> impl Iterator<Item = Bar> {
    let length = step.duration();
    let opens = std::iter::successors(Some(session.open), move |opens| Some(*opens + length));
    opens
        .take_while(move |opens| *opens < session.close)
        .map(move |opens| {
            let closes = (opens + length).min(session.close);
            // At the close nothing is filled any more.
            let ends = closes.min(session.close - TimeDelta::seconds(1));
            Bar {
                opens,
                closes,
                ends,
            }
        })
}

/// The points of a bar for a position. The extremes of a bar in which it was opened may have been
/// before the entry, so of that bar there is the close alone.
pub(crate) fn points(bar: &Bar, candle: &Candle, position: &Position) -> Vec<Point> {
    let at = |now, underlying| Point { now, underlying };
    let close = at(bar.ends, candle.close);
    if position.opened_at > bar.opens {
        return vec![close];
    }
    let (worst, best) = match position.contract.right() {
        OptionRight::Call => (candle.low, candle.high),
        OptionRight::Put => (candle.high, candle.low),
    };
    vec![
        at(bar.opens, candle.open),
        at(bar.ends, worst),
        at(bar.ends, best),
        close,
    ]
}

/// The bars of one session by symbol, asked for once each. Nobody is shown one before its time.
#[derive(Debug, Default)]
pub(crate) struct SessionBars(BTreeMap<Symbol, BTreeMap<DateTime<Utc>, Candle>>);

impl SessionBars {
    /// The candle of a bar; none where nothing traded, or nobody has it.
    pub(crate) async fn candle(
        &mut self,
        market: &dyn Market,
        (session, step): (Session, Timeframe),
        symbol: &Symbol,
        bar: &Bar,
    ) -> Option<Candle> {
        if !self.0.contains_key(symbol) {
            let candles = asked_for(market, session, step, symbol).await;
            self.0.insert(symbol.clone(), candles);
        }
        self.0.get(symbol)?.get(&bar.opens).cloned()
    }
}

async fn asked_for(
    market: &dyn Market,
    session: Session,
    step: Timeframe,
    symbol: &Symbol,
) -> BTreeMap<DateTime<Utc>, Candle> {
    let request = CandleRequest {
        symbol: symbol.clone(),
        timeframe: step,
        count: bars(session, step).count(),
    };
    let answer = market.candles(&request, session.close.into()).await;
    let candles = answer.map_or_else(|_| Vec::new(), |set| set.candles);
    let of_session = candles.into_iter().filter(|it| it.start >= session.open);
    of_session.map(|candle| (candle.start, candle)).collect()
}
