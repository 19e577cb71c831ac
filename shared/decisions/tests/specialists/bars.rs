//! Bars of five minutes and of days, put into sessions of the exchange's calendar.
#![cfg(test)]

use chrono::{NaiveDate, TimeDelta};
use domain::calendar::{eastern_instant, session_on, trading_day_on_or_before};
use domain::quote::Candle;
use domain::{CandleSet, Price, Timeframe};

use crate::common::{date, provenance, symbol};

/// A Wednesday of no special kind, and the session before it.
pub(crate) const TODAY: &str = "2026-06-24";
pub(crate) const YESTERDAY: &str = "2026-06-23";

/// Open, high, low, close and volume of a bar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape(
    pub(crate) f64,
    pub(crate) f64,
    pub(crate) f64,
    pub(crate) f64,
    pub(crate) f64,
);

/// The usual volume.
pub(crate) const USUAL: f64 = 100.0;

pub(crate) fn bar(open: f64, high: f64, low: f64, close: f64) -> Shape {
    Shape(open, high, low, close, USUAL)
}

/// A bar without range.
pub(crate) fn flat(price: f64) -> Shape {
    bar(price, price, price, price)
}

/// A bar that closes here, having been a little on both sides.
pub(crate) fn around(price: f64) -> Shape {
    bar(price, price + 0.2, price - 0.2, price)
}

/// The same with so many times the usual volume.
pub(crate) fn loud(shape: Shape, times: f64) -> Shape {
    let Shape(open, high, low, close, volume) = shape;
    Shape(open, high, low, close, volume * times)
}

pub(crate) fn timeframe(text: &str) -> Timeframe {
    Timeframe::parse(text).unwrap()
}

/// Bars of one session, the first of which begins so many bars after the open.
pub(crate) fn session_from(day: &str, length: &str, first: i32, shapes: &[Shape]) -> Vec<Candle> {
    let open = session_on(date(day)).unwrap().open;
    let step = timeframe(length).duration();
    (first..)
        .zip(shapes)
        .map(|(index, shape)| candle(open + step * index, *shape))
        .collect()
}

/// Bars of five minutes of one session, from its open on.
pub(crate) fn session(day: &str, shapes: &[Shape]) -> Vec<Candle> {
    session_from(day, "5", 0, shapes)
}

pub(crate) fn candle(start: chrono::DateTime<chrono::Utc>, shape: Shape) -> Candle {
    let Shape(open, high, low, close, volume) = shape;
    let price = |of| Price::from_f64(of).unwrap();
    Candle {
        start,
        open: price(open),
        high: price(high),
        low: price(low),
        close: price(close),
        volume,
    }
}

pub(crate) fn set(length: &str, candles: Vec<Candle>) -> CandleSet {
    let timeframe = timeframe(length);
    let closed = candles.last().map(|last| last.start + timeframe.duration());
    CandleSet {
        symbol: symbol("SPY"),
        timeframe,
        candles,
        provenance: provenance(closed.unwrap_or_default()),
    }
}

/// Daily bars of the sessions before a day, the last of which are these.
pub(crate) fn days_before(day: &str, shapes: &[Shape]) -> CandleSet {
    let mut dates: Vec<NaiveDate> = Vec::new();
    let mut next = date(day);
    for _ in shapes {
        next = trading_day_on_or_before(next.pred_opt().unwrap());
        dates.push(next);
    }
    let midnight = |date| eastern_instant(date, chrono::NaiveTime::MIN);
    let dated = dates.into_iter().rev().zip(shapes);
    let candles = dated.map(|(date, shape)| candle(midnight(date), *shape));
    set("D", candles.collect())
}

/// Twenty days that close at a price, each with this range around it: the average true range.
pub(crate) fn calm_days(day: &str, price: f64, range: f64) -> CandleSet {
    let shape = bar(price, price + range / 2.0, price - range / 2.0, price);
    days_before(day, &[shape; 20])
}

/// A while after the newest of these bars has closed.
pub(crate) fn just_after(candles: &CandleSet) -> chrono::DateTime<chrono::Utc> {
    let newest = candles.candles.last().unwrap().start;
    newest + candles.timeframe.duration() + TimeDelta::seconds(6)
}
