//! Bars: closed ones only, in step with the quotes and with the exchange's sessions.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use domain::Timeframe;
use domain::quote::Candle;
use market_data::{CandleRequest, Market, MarketError};

use super::{always_open, answer, at, mid_usd, nyse, quote, symbol};

fn candles(
    market: &impl Market,
    name: &str,
    timeframe: &str,
    count: usize,
    now: DateTime<Utc>,
) -> Vec<Candle> {
    let timeframe = Timeframe::parse(timeframe).unwrap();
    let request = CandleRequest {
        symbol: symbol(name),
        timeframe,
        count,
    };
    answer(market.candles(&request, now.into()))
        .unwrap()
        .candles
}

fn starts(candles: &[Candle]) -> Vec<DateTime<Utc>> {
    candles.iter().map(|candle| candle.start).collect()
}

#[test]
fn bars_open_and_close_where_the_quotes_were() {
    let (market, now) = (always_open(8), at("2026-03-07T15:02:00Z"));
    let price = |now| mid_usd(&quote(&market, "SPY", now).unwrap());
    for timeframe in ["1m", "5m", "15m", "1h"] {
        let bars = candles(&market, "SPY", timeframe, 50, now);
        assert_eq!(bars.len(), 50);
        for pair in bars.windows(2) {
            let (bar, next) = (&pair[0], &pair[1]);
            assert!(
                (bar.open.to_f64() - price(bar.start)).abs() < 0.011,
                "{bar:?}"
            );
            assert!(
                (bar.close.to_f64() - price(next.start)).abs() < 0.011,
                "{bar:?}"
            );
        }
    }
}

#[test]
fn around_the_clock_each_bar_opens_where_the_last_closed() {
    let bars = candles(
        &always_open(8),
        "SPY",
        "5m",
        600,
        at("2026-03-08T15:02:00Z"),
    );
    assert_eq!(bars.last().unwrap().start, at("2026-03-08T14:55:00Z"));
    for pair in bars.windows(2) {
        assert_eq!(pair[0].close, pair[1].open);
        assert_eq!(pair[1].start - pair[0].start, TimeDelta::minutes(5));
    }
}

#[test]
fn a_bar_appears_when_it_has_closed() {
    for (timeframe, before, closed, start) in [
        (
            "5m",
            "2026-03-04T14:34:59Z",
            "2026-03-04T14:35:00Z",
            "2026-03-04T14:30:00Z",
        ),
        (
            "1h",
            "2026-03-04T20:59:59Z",
            "2026-03-04T21:00:00Z",
            "2026-03-04T20:30:00Z",
        ),
        (
            "1d",
            "2026-03-04T20:59:59Z",
            "2026-03-04T21:00:00Z",
            "2026-03-04T05:00:00Z",
        ),
        (
            "1w",
            "2026-03-06T20:59:59Z",
            "2026-03-06T21:00:00Z",
            "2026-03-02T05:00:00Z",
        ),
        (
            "1M",
            "2026-03-31T19:59:59Z",
            "2026-03-31T20:00:00Z",
            "2026-03-01T05:00:00Z",
        ),
    ] {
        let newest = |now| candles(&nyse(8), "SPY", timeframe, 1, at(now))[0].start;
        assert!(newest(before) < at(start), "{timeframe}");
        assert_eq!(newest(closed), at(start), "{timeframe}");
    }
}

#[test]
fn a_longer_history_only_adds_older_bars() {
    let now = at("2026-03-04T16:07:00Z");
    for timeframe in ["1m", "5m", "1h", "4h", "1d", "1w"] {
        let short = candles(&nyse(8), "AAPL", timeframe, 20, now);
        let long = candles(&nyse(8), "AAPL", timeframe, 60, now);
        assert_eq!(short, long[40..], "{timeframe}");
    }
}

#[test]
fn at_the_exchange_bars_lie_within_sessions() {
    let hours = starts(&candles(
        &nyse(8),
        "SPY",
        "1h",
        9,
        at("2026-03-09T16:00:00Z"),
    ));
    let expected = [
        "2026-03-06T14:30:00Z",
        "2026-03-06T15:30:00Z",
        "2026-03-06T16:30:00Z",
        "2026-03-06T17:30:00Z",
        "2026-03-06T18:30:00Z",
        "2026-03-06T19:30:00Z",
        "2026-03-06T20:30:00Z",
        "2026-03-09T13:30:00Z",
        "2026-03-09T14:30:00Z",
    ];
    assert_eq!(hours, expected.map(at));
    let early = starts(&candles(
        &nyse(8),
        "SPY",
        "30m",
        7,
        at("2026-11-28T12:00:00Z"),
    ));
    assert_eq!(early.first(), Some(&at("2026-11-27T14:30:00Z")));
    assert_eq!(early.last(), Some(&at("2026-11-27T17:30:00Z")));
}

#[test]
fn a_day_closes_with_its_session() {
    let now = at("2026-12-05T12:00:00Z");
    for market in [always_open(8), nyse(8)] {
        let days = candles(&market, "SPY", "1d", 6, now);
        let closes = [
            "2026-11-27T18:00:00Z",
            "2026-11-30T21:00:00Z",
            "2026-12-01T21:00:00Z",
            "2026-12-02T21:00:00Z",
            "2026-12-03T21:00:00Z",
            "2026-12-04T21:00:00Z",
        ];
        for (day, close) in days.iter().zip(closes) {
            let price = mid_usd(&quote(&market, "SPY", at(close)).unwrap());
            assert!((day.close.to_f64() - price).abs() < 0.011, "{close}");
        }
    }
}

#[test]
fn daily_closes_are_as_volatile_as_the_stock() {
    for (name, volatility) in [
        ("SPY", 0.16),
        ("AAPL", 0.26),
        ("NVDA", 0.42),
        ("TSLA", 0.48),
    ] {
        let days = candles(&nyse(8), name, "1d", 251, at("2026-12-05T12:00:00Z"));
        let log = |day: &Candle| libm::log(day.close.to_f64());
        let squares: f64 = days
            .windows(2)
            .map(|d| (log(&d[1]) - log(&d[0])).powi(2))
            .sum();
        let ratio = (squares / 250.0 * 252.0).sqrt() / volatility;
        assert!((0.75..1.25).contains(&ratio), "{name}: {ratio}");
    }
}

#[test]
fn most_shares_trade_where_the_session_begins_and_ends() {
    let bars = candles(&nyse(8), "SPY", "30m", 13 * 20, at("2026-03-27T21:00:00Z"));
    let mean = |hour: u32, minute: u32| {
        let slot = |bar: &&Candle| {
            let wall = domain::calendar::eastern(bar.start);
            (wall.hour(), wall.minute()) == (hour, minute)
        };
        let volumes: Vec<f64> = bars.iter().filter(slot).map(|bar| bar.volume).collect();
        assert_eq!(volumes.len(), 20);
        volumes.iter().sum::<f64>() / 20.0
    };
    let noon = mean(12, 30);
    assert!(mean(9, 30) > 1.8 * noon);
    assert!(mean(15, 30) > 1.8 * noon);
}

#[test]
fn an_unknown_symbol_has_no_bars() {
    let timeframe = Timeframe::parse("5m").unwrap();
    let request = CandleRequest {
        symbol: symbol("NODATA"),
        timeframe,
        count: 5,
    };
    let refused = answer(always_open(1).candles(&request, at("2026-03-04T15:00:00Z").into()));
    assert!(
        matches!(refused, Err(MarketError::UnknownSymbol { .. })),
        "{refused:?}"
    );
}
