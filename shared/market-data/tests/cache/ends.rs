//! For how long each kind of answer is kept.

use chrono::{TimeDelta, Utc};
use domain::quote::{Candle, MarketClock};
use domain::{CandleSet, OptionChain, Price, Timeframe};
use market_data::cache::{IsOpen, Keep, Kind};
use market_data::{Asked, CandleRequest, ChainRequest};

use crate::{at, provenance, quote_cache, quotes, symbol};

#[tokio::test]
async fn a_quote_is_kept_for_its_seconds_and_no_longer() {
    let now = at("2026-06-24T14:00:00Z");
    for (kept_s, after_ms, asked_again) in [
        (5, 4_999, false),
        (5, 5_000, true),
        (15, 14_999, false),
        (0, 0, true),
    ] {
        let cache = quote_cache(kept_s);
        let keys = [symbol("SPY")];
        let first = cache.answers(&keys, Asked::at(now), |it| async { quotes(it, 100) });
        first.await;
        let later = Asked::at(now + TimeDelta::milliseconds(after_ms));
        let second = cache.answers(&keys, later, |it| async { quotes(it, 200) });
        let bid = second.await.found[&keys[0]].sides.bid;
        assert_eq!(
            bid == Price::cents(200),
            asked_again,
            "{kept_s} s, {after_ms} ms"
        );
    }
}

#[tokio::test]
async fn an_instance_keeps_a_bounded_number_of_quotes() {
    let (cache, now) = (quote_cache(15), at("2026-06-24T14:00:00Z"));
    for number in 0..1_100 {
        let asked = Asked::at(now + TimeDelta::milliseconds(number));
        let keys = [symbol(&format!("S{number}"))];
        let answered = cache.answers(&keys, asked, |it| async { quotes(it, 100) });
        answered.await;
    }
    let asked = Asked::at(now + TimeDelta::seconds(2));
    for (name, is_kept) in [
        ("S0", false),
        ("S99", false),
        ("S1099", true),
        ("S200", true),
    ] {
        let keys = [symbol(name)];
        let before = cache.counts().in_memory;
        let answered = cache.answers(&keys, asked, |it| async { quotes(it, 100) });
        answered.await;
        assert_eq!(cache.counts().in_memory > before, is_kept, "{name}");
    }
}

fn candle_set(timeframe: &str, closed_at: &str) -> CandleSet {
    let closed_at = at(closed_at);
    let cents = Price::cents(100);
    CandleSet {
        symbol: symbol("SPY"),
        timeframe: Timeframe::parse(timeframe).unwrap(),
        candles: vec![Candle {
            start: closed_at - TimeDelta::minutes(1),
            open: cents,
            high: cents,
            low: cents,
            close: cents,
            volume: 1.0,
        }],
        provenance: provenance(closed_at),
    }
}

#[test]
fn bars_are_kept_until_the_next_one_closes() {
    for (timeframe, closed_at, now, kept_until) in [
        (
            "5m",
            "2026-06-24T14:00:00Z",
            "2026-06-24T14:03:00Z",
            "2026-06-24T14:05:00Z",
        ),
        (
            "1m",
            "2026-06-24T14:00:00Z",
            "2026-06-24T14:00:01Z",
            "2026-06-24T14:01:00Z",
        ),
        (
            "1h",
            "2026-06-24T13:30:00Z",
            "2026-06-24T14:03:00Z",
            "2026-06-24T14:03:05Z",
        ),
        (
            "1h",
            "2026-06-24T14:30:00Z",
            "2026-06-24T14:33:00Z",
            "2026-06-24T15:30:00Z",
        ),
        // The newest is missing yet.
        (
            "5m",
            "2026-06-24T13:55:00Z",
            "2026-06-24T14:00:01Z",
            "2026-06-24T14:00:06Z",
        ),
        // The last hour of a session is half a bar.
        (
            "1h",
            "2026-06-24T19:30:00Z",
            "2026-06-24T19:40:00Z",
            "2026-06-24T20:00:00Z",
        ),
        // After the close nothing comes for hours.
        (
            "5m",
            "2026-06-24T20:00:00Z",
            "2026-06-24T21:00:00Z",
            "2026-06-24T21:40:00Z",
        ),
        (
            "1d",
            "2026-06-23T20:00:00Z",
            "2026-06-24T19:00:00Z",
            "2026-06-24T20:00:00Z",
        ),
    ] {
        let set = candle_set(timeframe, closed_at);
        let request = CandleRequest {
            symbol: set.symbol.clone(),
            timeframe: set.timeframe,
            count: 1,
        };
        let kept = request.kept_until(&set, Kind::Candles, at(now));
        assert_eq!(
            kept,
            at(kept_until),
            "{timeframe} closed {closed_at} at {now}"
        );
    }
}

fn clock(is_open: bool, changes: &str) -> MarketClock {
    MarketClock {
        is_open,
        closes_at: is_open.then(|| at(changes)),
        opens_at: at(changes),
        closed_because: None,
        provenance: provenance(at("2026-06-24T14:00:00Z")),
    }
}

#[test]
fn the_clock_is_kept_for_a_minute_but_never_past_its_change() {
    let now = at("2026-06-24T14:00:00Z");
    for (is_open, changes, kept_until) in [
        (true, "2026-06-24T20:00:00Z", "2026-06-24T14:01:00Z"),
        (true, "2026-06-24T14:00:20Z", "2026-06-24T14:00:20Z"),
        (false, "2026-06-24T14:00:20Z", "2026-06-24T14:00:20Z"),
        (false, "2026-06-25T13:30:00Z", "2026-06-24T14:01:00Z"),
    ] {
        let clock = clock(is_open, changes);
        let kept: chrono::DateTime<Utc> = IsOpen.kept_until(&clock, Kind::Clock, now);
        assert_eq!(kept, at(kept_until), "{is_open} {changes}");
    }
}

#[test]
fn a_chain_is_kept_until_it_is_five_minutes_old() {
    let request = ChainRequest {
        underlying: symbol("SPY"),
        expires_from: at("2026-06-24T14:00:00Z").date_naive(),
        expires_to: at("2026-07-24T14:00:00Z").date_naive(),
        strikes: None,
    };
    for (quoted_at, now, kept_until) in [
        (
            "2026-06-24T14:00:00Z",
            "2026-06-24T14:00:00Z",
            "2026-06-24T14:05:00Z",
        ),
        (
            "2026-06-24T13:58:00Z",
            "2026-06-24T14:00:00Z",
            "2026-06-24T14:03:00Z",
        ),
        // Outside the session it doesn't age.
        (
            "2026-06-24T20:14:00Z",
            "2026-06-24T22:00:00Z",
            "2026-06-24T22:05:00Z",
        ),
    ] {
        let chain = OptionChain {
            underlying: symbol("SPY"),
            underlying_price: None,
            options: Vec::new(),
            refused: 0,
            provenance: provenance(at(quoted_at)),
        };
        let kept = request.kept_until(&chain, Kind::Chain, at(now));
        assert_eq!(kept, at(kept_until), "{quoted_at} {now}");
    }
}
