//! Bars made to show something: of five minutes up to 10:10 Eastern time, or of days up to the
//! day before.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{last_session, session_at};
use domain::quote::Candle;
use domain::{CandleSet, Price, Timeframe};

use crate::common::{provenance, symbol, utc};

/// When the newest bar of five minutes begins: it has just closed when the alert comes in.
const NEWEST: &str = "2026-06-24T14:10:00Z";
/// When the newest daily bar's session is over.
const YESTERDAY: &str = "2026-06-24T04:00:00Z";

/// One bar, without its time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) open: f64,
    pub(crate) high: f64,
    pub(crate) low: f64,
    pub(crate) close: f64,
    pub(crate) volume: f64,
}

/// Bars that open at the close before, with wicks of five cents on both ends.
pub(crate) fn closing_at(closes: impl IntoIterator<Item = f64>) -> Vec<Shape> {
    let mut before = None;
    let bars = closes.into_iter().map(|close: f64| {
        let open: f64 = before.replace(close).unwrap_or(close);
        Shape {
            open,
            high: open.max(close) + 0.05,
            low: open.min(close) - 0.05,
            close,
            volume: 1_000.0,
        }
    });
    bars.collect()
}

/// Closes from $600 on that repeat these steps, in dollars.
pub(crate) fn steps(pattern: &[f64], count: usize) -> Vec<f64> {
    walk(pattern.iter().copied().cycle().take(count))
}

/// Closes from $600 on that take each of these steps, in dollars.
pub(crate) fn walk(steps: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut close = 600.0;
    let closes = steps.into_iter().map(|step| {
        close += step;
        close
    });
    closes.collect()
}

/// The same bars with wicks of these lengths, from the first to the newest.
pub(crate) fn with_wicks(mut bars: Vec<Shape>, wick: impl Fn(usize) -> f64) -> Vec<Shape> {
    for (place, bar) in bars.iter_mut().enumerate() {
        bar.high = bar.open.max(bar.close) + wick(place);
        bar.low = bar.open.min(bar.close) - wick(place);
    }
    bars
}

/// The same bars with another volume of the newest.
pub(crate) fn with_newest_volume(mut bars: Vec<Shape>, volume: f64) -> Vec<Shape> {
    bars.last_mut().unwrap().volume = volume;
    bars
}

/// Bars of five minutes, the newest of which has just closed.
pub(crate) fn five_minutes(bars: &[Shape]) -> CandleSet {
    let before = |start: DateTime<Utc>| {
        let earlier = start - TimeDelta::minutes(5);
        if session_at(earlier).is_some() {
            earlier
        } else {
            last_session(start).close - TimeDelta::minutes(5)
        }
    };
    let starts = std::iter::successors(Some(utc(NEWEST)), |start| Some(before(*start)));
    candles("5", bars, starts)
}

/// Daily bars up to the day before.
pub(crate) fn days(bars: &[Shape]) -> CandleSet {
    let newest = last_session(utc(YESTERDAY)).open;
    let starts = std::iter::successors(Some(newest), |start| Some(last_session(*start).open));
    candles("D", bars, starts)
}

/// Bars that begin at these instants, the newest first.
fn candles(
    timeframe: &str,
    bars: &[Shape],
    starts: impl Iterator<Item = DateTime<Utc>>,
) -> CandleSet {
    let mut candles: Vec<Candle> = starts
        .zip(bars.iter().rev())
        .map(|(start, bar)| Candle {
            start,
            open: price(bar.open),
            high: price(bar.high),
            low: price(bar.low),
            close: price(bar.close),
            volume: bar.volume,
        })
        .collect();
    candles.reverse();
    CandleSet {
        symbol: symbol("SPY"),
        timeframe: Timeframe::parse(timeframe).unwrap(),
        candles,
        provenance: provenance(utc(NEWEST)),
    }
}

fn price(dollars: f64) -> Price {
    Price::from_f64(dollars).unwrap()
}
