//! How two underlyings moved together, on series made by hand.
#![cfg(test)]

mod common;

use chrono::{DateTime, TimeDelta, Utc};
use decisions::correlation::correlation;
use domain::calendar::last_session;
use domain::quote::Candle;
use domain::{CandleSet, Correlation, Price, Timeframe};

use common::{provenance, symbol, utc};

/// Daily bars up to 23 June 2026 that close at these prices, in dollars.
fn closing_at(closes: &[f64]) -> CandleSet {
    let newest = last_session(utc("2026-06-24T04:00:00Z")).open;
    let before = |start: &DateTime<Utc>| Some(last_session(*start).open);
    let starts = std::iter::successors(Some(newest), before);
    let mut candles: Vec<Candle> = starts
        .zip(closes.iter().rev())
        .map(|(start, close)| candle(start, *close))
        .collect();
    candles.reverse();
    CandleSet {
        symbol: symbol("SPY"),
        timeframe: Timeframe::DAY,
        candles,
        provenance: provenance(utc("2026-06-24T14:15:04Z")),
    }
}

fn candle(start: DateTime<Utc>, close: f64) -> Candle {
    let close = Price::from_f64(close).unwrap();
    Candle {
        start,
        open: close,
        high: close,
        low: close,
        close,
        volume: 1.0,
    }
}

/// Closes from 100 on that change by these parts, over and over.
fn changing_by(changes: &[f64], count: usize) -> Vec<f64> {
    let mut close = 100.0;
    let changes = changes.iter().cycle().take(count - 1);
    let following = changes.map(|change| {
        close *= 1.0 + change;
        close
    });
    std::iter::once(100.0).chain(following).collect()
}

fn assert_coefficient(what: &str, found: Correlation, expected: Option<f64>, returns: u32) {
    assert_eq!(found.returns, returns, "{what}");
    match (found.coefficient, expected) {
        (Some(found), Some(expected)) => {
            assert!((found - expected).abs() < 1e-4, "{what}: {found}");
        }
        (found, expected) => assert_eq!(found, expected, "{what}"),
    }
}

#[test]
fn coefficients_are_those_of_the_returns() {
    let up = [0.01, -0.01, 0.02, -0.02];
    let down = up.map(|change| -change);
    let twice = up.map(|change| 2.0 * change + 0.003);
    // Products with `up` add up to nothing.
    let apart = [0.01, 0.01, -0.005, -0.005];
    let partly = [0.03, 0.0, 0.01, -0.04];
    for (name, other, expected) in [
        ("itself", up, 1.0),
        ("its mirror", down, -1.0),
        ("twice as much and a drift", twice, 1.0),
        ("nothing in common", apart, 0.0),
        // Σ dx·dy = 0.0013, Σ dx² = 0.001, Σ dy² = 0.0026.
        ("something", partly, 0.0013 / (0.001_f64 * 0.0026).sqrt()),
    ] {
        // 28 returns: a whole number of rounds.
        let found = correlation(
            &closing_at(&changing_by(&up, 29)),
            &closing_at(&changing_by(&other, 29)),
        );
        assert_coefficient(name, found, Some(expected), 28);
    }
}

#[test]
fn at_least_twenty_returns_and_at_most_thirty_count() {
    let wave = [0.01, -0.01, 0.02, -0.02];
    for (days, coefficient, returns) in [
        (0, None, 0),
        (1, None, 0),
        (2, None, 1),
        (20, None, 19),
        (21, Some(1.0), 20),
        (31, Some(1.0), 30),
        (250, Some(1.0), 30),
    ] {
        let set = closing_at(&changing_by(&wave, days.max(1))[..days]);
        let found = correlation(&set, &set);
        assert_coefficient(&format!("{days} days"), found, coefficient, returns);
    }
}

#[test]
fn only_the_newest_returns_count() {
    let wave = [0.01, -0.01, 0.02, -0.02];
    let mut one = changing_by(&wave, 60);
    let other = one.clone();
    // Long ago they moved against each other.
    one[..25].reverse();
    let found = correlation(&closing_at(&one), &closing_at(&other));
    assert_coefficient("the newest", found, Some(1.0), 30);
}

#[test]
fn what_doesn_t_vary_moves_with_nothing() {
    let wave = closing_at(&changing_by(&[0.01, -0.01, 0.02, -0.02], 31));
    let flat = closing_at(&[100.0; 31]);
    // The same change every day.
    let doubling: Vec<f64> = (0..31).map(|day| libm::ldexp(0.0625, day)).collect();
    let steady = closing_at(&doubling);
    for other in [&flat, &steady] {
        assert_coefficient("one", correlation(&wave, other), None, 30);
        assert_coefficient("the other", correlation(other, &wave), None, 30);
    }
}

#[test]
fn only_days_that_both_have_count() {
    let wave = changing_by(&[0.01, -0.01, 0.02, -0.02], 40);
    let whole = closing_at(&wave);
    let mut gaps = closing_at(&wave);
    let mut place = 0;
    gaps.candles.retain(|_| {
        place += 1;
        place % 4 != 0
    });
    assert_coefficient("gaps", correlation(&whole, &gaps), Some(1.0), 29);
    let mut none_in_common = closing_at(&wave);
    for candle in &mut none_in_common.candles {
        candle.start -= TimeDelta::days(1_000);
    }
    assert_coefficient("no day", correlation(&whole, &none_in_common), None, 0);
}

/// Providers tell a day's bar from its midnight or from its open; both mean the same day.
#[test]
fn days_are_new_york_s() {
    let wave = changing_by(&[0.01, -0.01, 0.02, -0.02], 31);
    let from_the_open = closing_at(&wave);
    let mut from_midnight = closing_at(&wave);
    for candle in &mut from_midnight.candles {
        candle.start -= TimeDelta::minutes(9 * 60 + 30);
    }
    let found = correlation(&from_the_open, &from_midnight);
    assert_coefficient("the same days", found, Some(1.0), 30);
}

#[test]
fn a_close_of_nothing_is_none() {
    let wave = changing_by(&[0.01, -0.01, 0.02, -0.02], 31);
    let mut holed = wave.clone();
    holed[10] = 0.0;
    let found = correlation(&closing_at(&wave), &closing_at(&holed));
    assert_coefficient("a hole", found, Some(1.0), 29);
}
