//! The indicators that evidence carries.
#![cfg(test)]

mod common;

use chrono::TimeDelta;
use decisions::indicators::indicators;
use domain::quote::Candle;
use domain::{CandleSet, Price, Timeframe};
use quant::indicators::BarError;

use common::{RECEIVED_AT, provenance, symbol, utc};

/// Bars that close at these prices, in cents.
fn closing_at(closes_cents: impl IntoIterator<Item = u32>) -> CandleSet {
    let start = utc(RECEIVED_AT) - TimeDelta::days(1);
    let candle = |(bar, close): (i32, u32)| Candle {
        start: start + TimeDelta::minutes(5) * bar,
        open: Price::cents(close),
        high: Price::cents(close + 50),
        low: Price::cents(close - 50),
        close: Price::cents(close),
        volume: 100.0,
    };
    CandleSet {
        symbol: symbol("SPY"),
        timeframe: Timeframe::parse("5").unwrap(),
        candles: (0..).zip(closes_cents).map(candle).collect(),
        provenance: provenance(utc(RECEIVED_AT)),
    }
}

#[test]
fn each_begins_with_its_first_valid_bar() {
    for (count, expected) in [
        (0, [false; 4]),
        (7, [false; 4]),
        (8, [true, false, false, false]),
        (14, [true, false, false, false]),
        (15, [true, false, true, true]),
        (20, [true, false, true, true]),
        (21, [true; 4]),
    ] {
        let found = indicators(&closing_at((0..count).map(|bar| 60_000 + bar))).unwrap();
        let there = [found.ema8, found.ema21, found.rsi, found.atr].map(|it| it.is_some());
        assert_eq!(there, expected, "{count} bars");
        assert_eq!(found.candles, count);
    }
}

#[test]
fn they_are_those_of_the_newest_bar() {
    let rising = indicators(&closing_at((0..60).map(|bar| 60_000 + 100 * bar))).unwrap();
    // On a line an average lags by half its length: (n - 1) / 2 bars of a dollar.
    let newest = 659.0;
    assert!(
        (rising.ema8.unwrap() - (newest - 3.5)).abs() < 1e-3,
        "{rising:?}"
    );
    assert!(
        (rising.ema21.unwrap() - (newest - 10.0)).abs() < 1e-3,
        "{rising:?}"
    );
    assert_eq!(rising.rsi, Some(100.0));
    // From the close before to the new high.
    assert!((rising.atr.unwrap() - 1.5).abs() < 1e-9, "{rising:?}");
    let falling = indicators(&closing_at((0..60).map(|bar| 60_000 - 100 * bar))).unwrap();
    assert_eq!(falling.rsi, Some(0.0));
}

#[test]
fn a_price_that_never_moved_has_no_strength() {
    let flat = indicators(&closing_at([60_000; 40])).unwrap();
    assert_eq!(flat.rsi, None);
    assert_eq!(flat.ema21, Some(600.0));
}

#[test]
fn a_bar_that_can_t_be_leaves_none() {
    let mut disordered = closing_at([60_000; 40]);
    disordered.candles.swap(10, 11);
    assert_eq!(indicators(&disordered), Err(BarError::OutOfOrder));
    let mut endless = closing_at([60_000; 40]);
    endless.candles[5].volume = f64::INFINITY;
    assert_eq!(indicators(&endless), Err(BarError::NotFinite));
}
