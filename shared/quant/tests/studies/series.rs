//! Series of bars to test with, those of the reference and random ones, and how answers compare.
#![cfg(test)]

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;
use quant::indicators::Bar;
use reference_answers::{Row, assert_none_wrong, rows};

pub(crate) const TOLERANCE: f64 = 1e-9;

/// The series that the studies' reference is about.
pub(crate) const SERIES: [&str; 2] = ["5m", "1d"];

pub(crate) fn price_rows(series: &str) -> Vec<Row> {
    rows(&format!("1_indicators/ohlcv_{series}.csv"))
}

pub(crate) fn reference_bars(series: &str) -> Vec<Bar> {
    price_rows(series).iter().map(bar_of).collect()
}

pub(crate) fn bar_of(row: &Row) -> Bar {
    Bar {
        start_s: start_s(row.text("t")),
        open: row.value("open"),
        high: row.value("high"),
        low: row.value("low"),
        close: row.value("close"),
        volume: row.value("volume"),
    }
}

pub(crate) fn start_s(instant: &str) -> i64 {
    DateTime::parse_from_rfc3339(instant).unwrap().timestamp()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text[..10].parse().unwrap()
}

/// Checks each row of a study's file against ours at the bar that it is about; `check` says what
/// is wrong.
pub(crate) fn check_file<T>(file: &str, ours: &[T], check: impl Fn(usize, &Row) -> Vec<String>) {
    let file = format!("5_strat_ttm_saty/{file}");
    let rows = rows(&file);
    assert!(rows.len() <= ours.len(), "{file}");
    let wrong = rows.iter().map(|row| (row, check(row.value("i"), row)));
    assert_none_wrong(&file, rows.len(), wrong);
}

/// Whether one of these differences is so small that a comparison may go either way.
pub(crate) fn is_close_call(price: f64, differences: &[f64]) -> bool {
    differences
        .iter()
        .any(|difference| difference.abs() < 1e-9 * price)
}

/// A flag or a name as the reference writes it; absent is an empty cell.
pub(crate) fn cell(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// A bar with these prices.
pub(crate) fn bar(open: f64, high: f64, low: f64, close: f64) -> Bar {
    Bar {
        start_s: 0,
        open,
        high,
        low,
        close,
        volume: 100.0,
    }
}

/// A bar without range.
pub(crate) fn flat(price: f64) -> Bar {
    bar(price, price, price, price)
}

/// Bars of few different prices in whole quarters, so that equal highs and lows, bars without
/// range and flat stretches are common, and every sum is exact.
pub(crate) fn random_bars(most: usize) -> impl Strategy<Value = Vec<Bar>> {
    let step = (-6..=6_i32, 0..=3_i32, 0..=3_i32, -3..=3_i32, 0..=500_u32);
    let calm = (Just(0), Just(0), Just(0), Just(0), Just(0_u32));
    let steps = prop_oneof![5 => step, 2 => calm];
    prop::collection::vec(steps, 1..most).prop_map(|steps| {
        let mut close = 400_i32;
        let bar_of =
            |(index, (body, above, below, gap, volume)): (i64, (i32, i32, i32, i32, u32))| {
                let open = (close + gap).max(8);
                close = (open + body).max(8);
                let quarters = |price: i32| f64::from(price) / 4.0;
                Bar {
                    start_s: index * 300,
                    open: quarters(open),
                    high: quarters(open.max(close) + above),
                    low: quarters(open.min(close) - below),
                    close: quarters(close),
                    volume: f64::from(volume),
                }
            };
        (0_i64..).zip(steps).map(bar_of).collect()
    })
}

/// Exponential averages by definition, over the whole series.
pub(crate) fn plain_ema(values: &[f64], length: usize) -> Vec<Option<f64>> {
    let (mut all, mut last) = (vec![None; values.len()], None);
    for index in length - 1..values.len() {
        last = Some(match last {
            None => mean(&values[..length]),
            Some(last) => last + (values[index] - last) * 2.0 / (number(length) + 1.0),
        });
        all[index] = last;
    }
    all
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / number(values.len())
}

/// The population's standard deviation.
pub(crate) fn deviation(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: Vec<f64> = values
        .iter()
        .map(|value| (value - middle).powi(2))
        .collect();
    mean(&squares).sqrt()
}

/// True ranges from bar 1 on; the first element is bar 1's.
pub(crate) fn plain_true_ranges(bars: &[Bar]) -> Vec<f64> {
    bars.windows(2)
        .map(|pair| {
            let (close, bar) = (pair[0].close, pair[1]);
            bar.high.max(close) - bar.low.min(close)
        })
        .collect()
}

/// Wilder's average true range by definition.
pub(crate) fn plain_atr(bars: &[Bar], length: usize) -> Vec<Option<f64>> {
    let ranges = plain_true_ranges(bars);
    let (mut all, mut last) = (vec![None; bars.len()], None);
    for index in length..bars.len() {
        last = Some(match last {
            None => mean(&ranges[..length]),
            Some(last) => (last * (number(length) - 1.0) + ranges[index - 1]) / number(length),
        });
        all[index] = last;
    }
    all
}

pub(crate) fn assert_near(what: &str, index: usize, ours: Option<f64>, plain: Option<f64>) {
    let agree = match (ours, plain) {
        (Some(ours), Some(plain)) => (ours - plain).abs() <= TOLERANCE * plain.abs().max(1.0),
        (ours, plain) => ours == plain,
    };
    assert!(agree, "{what} at {index}: {ours:?}, plainly {plain:?}");
}
