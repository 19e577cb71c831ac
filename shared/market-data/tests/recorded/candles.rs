//! Bars of other lengths than the recorded ones.

use domain::Timeframe;
use domain::quote::Candle;
use market_data::{CandleRequest, Market, RecordedMarket};

use super::{DAYS, HEADER, answer, at, market, market_of, price, sessions, symbol};

fn candles(market: &RecordedMarket, timeframe: &str, count: usize, now: &str) -> Vec<Candle> {
    let request = CandleRequest {
        symbol: symbol("AAPL"),
        timeframe: Timeframe::parse(timeframe).unwrap(),
        count,
    };
    answer(market.candles(&request, at(now).into()))
        .unwrap()
        .candles
}

fn shown(candle: &Candle) -> (String, [String; 4], f64) {
    let prices = [candle.open, candle.high, candle.low, candle.close];
    (
        candle.start.to_rfc3339(),
        prices.map(|price| price.to_string()),
        candle.volume,
    )
}

#[test]
fn finer_bars_are_put_together_from_the_open_on() {
    let lines = sessions(&["2026-07-29", "2026-07-30"], 1, |n| 100.0 + f64::from(n));
    let market = market("AAPL.csv", &lines);
    let words = |prices: [&str; 4]| prices.map(str::to_owned);
    for (timeframe, now, start, prices, volume) in [
        (
            "1m",
            "2026-07-29T13:32:30Z",
            "2026-07-29T13:31:00+00:00",
            ["101.00", "101.50", "100.50", "101.00"],
            100.0,
        ),
        (
            "5m",
            "2026-07-29T13:44:59Z",
            "2026-07-29T13:35:00+00:00",
            ["105.00", "109.50", "104.50", "109.00"],
            500.0,
        ),
        (
            "1h",
            "2026-07-29T14:30:00Z",
            "2026-07-29T13:30:00+00:00",
            ["100.00", "159.50", "99.50", "159.00"],
            6_000.0,
        ),
        // The session's last hour has thirty minutes.
        (
            "1h",
            "2026-07-29T20:00:00Z",
            "2026-07-29T19:30:00+00:00",
            ["460.00", "489.50", "459.50", "489.00"],
            3_000.0,
        ),
        (
            "1d",
            "2026-07-29T20:00:00Z",
            "2026-07-29T04:00:00+00:00",
            ["100.00", "489.50", "99.50", "489.00"],
            39_000.0,
        ),
        (
            "1w",
            "2026-07-31T20:00:00Z",
            "2026-07-27T04:00:00+00:00",
            ["100.00", "879.50", "99.50", "879.00"],
            78_000.0,
        ),
    ] {
        let newest = candles(&market, timeframe, 1, now);
        let expected = (start.to_owned(), words(prices), volume);
        assert_eq!(
            newest.last().map(shown),
            Some(expected),
            "{timeframe} at {now}"
        );
    }
    assert!(candles(&market, "1d", 5, "2026-07-29T19:59:59Z").is_empty());
    assert_eq!(
        candles(&market, "5m", 500, "2029-01-02T15:00:00Z").len(),
        156
    );
    assert_eq!(candles(&market, "30s", 5, "2026-07-29T15:00:00Z"), []);
}

#[test]
fn a_file_of_that_length_comes_first_and_days_complete_each_other() {
    let minutes = sessions(&["2026-07-29", "2026-07-30"], 1, |_| 100.0);
    let hours = sessions(&["2026-07-28", "2026-07-29"], 60, |_| 50.0);
    let days = "date,open,high,low,close,volume\n2026-07-27,9,9,9,9,1\n2026-07-29,7,7,7,7,1\n";
    let market = market_of(&[
        ("AAPL-1m.csv", &format!("{HEADER}{minutes}")),
        ("AAPL-1h.csv", &format!("{HEADER}{hours}")),
        ("AAPL-1d.csv", days),
    ]);
    let closes = |timeframe, count| {
        let found = candles(&market, timeframe, count, "2026-08-03T15:00:00Z");
        found.iter().map(|candle| candle.close).collect::<Vec<_>>()
    };
    assert_eq!(closes("1h", 99), [price("50"); 14]);
    assert_eq!(closes("30m", 99), [price("100"); 26]);
    assert_eq!(closes("1d", 99), ["9", "50", "7", "100"].map(price));
}

#[test]
fn a_longer_history_only_adds_older_bars() {
    let market = market(
        "AAPL.csv",
        &sessions(&DAYS, 30, |n| 100.0 + f64::from(n % 11)),
    );
    for timeframe in ["30m", "1h", "4h", "1d", "1w"] {
        let all = candles(&market, timeframe, 1_000, "2026-07-24T15:07:00Z");
        assert!(all.len() > 3, "{timeframe}");
        for count in 1..all.len() {
            let some = candles(&market, timeframe, count, "2026-07-24T15:07:00Z");
            assert_eq!(some, all[all.len() - count..], "{timeframe}");
        }
    }
}
