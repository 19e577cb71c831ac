//! What a recording's price is at an instant, how old it is, and what lies outside it.

use chrono::TimeDelta;
use domain::quote::Timeliness;
use market_data::{Market, MarketError, MarketKind};

use super::{HEADER, answer, at, market, market_of, price, quote, sessions};

/// Three minutes, one that is missing, and one more.
const MINUTES: &str = "\
2026-07-29 09:30:00-04:00,100,101,99,100.5,10
2026-07-29 09:31:00-04:00,100.5,103,100,102.004,10
2026-07-29 09:32:00-04:00,102,102,90,91.996,10
2026-07-29 09:34:00-04:00,92,93,92,93,10
";

#[test]
fn the_price_is_the_close_of_the_last_closed_bar() {
    let market = market("AAPL-1m.csv", MINUTES);
    for (now, bar_end, bid, ask) in [
        (
            "2026-07-29T13:31:00Z",
            "2026-07-29T13:31:00Z",
            "100.49",
            "100.51",
        ),
        (
            "2026-07-29T13:31:59.999Z",
            "2026-07-29T13:31:00Z",
            "100.49",
            "100.51",
        ),
        (
            "2026-07-29T13:32:00Z",
            "2026-07-29T13:32:00Z",
            "102.00",
            "102.01",
        ),
        (
            "2026-07-29T13:33:00Z",
            "2026-07-29T13:33:00Z",
            "91.99",
            "92.00",
        ),
        // The next one is missing, and the price grows old.
        (
            "2026-07-29T13:34:59Z",
            "2026-07-29T13:33:00Z",
            "91.99",
            "92.00",
        ),
        (
            "2026-07-29T13:35:00Z",
            "2026-07-29T13:35:00Z",
            "92.99",
            "93.01",
        ),
        (
            "2026-07-29T13:35:59Z",
            "2026-07-29T13:35:00Z",
            "92.99",
            "93.01",
        ),
    ] {
        let quote = quote(&market, "AAPL", at(now)).unwrap();
        assert_eq!(
            (quote.sides.bid, quote.sides.ask),
            (price(bid), price(ask)),
            "{now}"
        );
        assert_eq!(quote.provenance.at, at(bar_end), "{now}");
        assert_eq!(quote.provenance.received_at, at(now));
        assert_eq!(quote.provenance.provider, "recorded");
        assert_eq!(quote.provenance.timeliness, Timeliness::Recorded);
    }
}

#[test]
fn outside_the_recording_nothing_is_quoted() {
    let market = market("AAPL-1m.csv", MINUTES);
    for (now, words) in [
        ("2026-07-29T13:30:59.999Z", "no bar of AAPL has closed yet"),
        (
            "2026-07-29T13:36:00Z",
            "the recording of AAPL ended 2026-07-29 09:36 EDT",
        ),
        (
            "2027-01-04T15:00:00Z",
            "the recording of AAPL ended 2026-07-29 09:36 EDT",
        ),
    ] {
        let refused = quote(&market, "AAPL", at(now)).unwrap_err();
        assert!(refused.to_string().contains(words), "{now}: {refused}");
    }
    let unknown = quote(&market, "SPY", at("2026-07-29T13:32:00Z"));
    assert!(matches!(unknown, Err(MarketError::UnknownSymbol { .. })));
}

#[test]
fn minutes_give_a_fresh_price_all_session_and_stand_still_at_night() {
    let lines = sessions(&["2026-07-29", "2026-07-30"], 1, |n| {
        100.0 + f64::from(n % 7)
    });
    let market = market("AAPL.csv", &lines);
    let (first, close) = (at("2026-07-29T13:31:00Z"), at("2026-07-29T20:00:00Z"));
    let mut now = first;
    while now < close {
        let age_ms = quote(&market, "AAPL", now).unwrap().provenance.age_ms(now);
        assert!((0..60_000).contains(&age_ms), "{now}: {age_ms}");
        now += TimeDelta::milliseconds(17_017);
    }
    for night in [
        "2026-07-29T20:00:00Z",
        "2026-07-30T04:00:00Z",
        "2026-07-30T13:30:59Z",
    ] {
        let quote = quote(&market, "AAPL", at(night)).unwrap();
        assert_eq!(quote.provenance.at, close, "{night}");
    }
}

#[test]
fn the_finest_bars_give_the_price_where_they_are() {
    let hours = sessions(&["2026-07-28", "2026-07-29", "2026-07-30"], 60, |_| 50.0);
    let minutes = sessions(&["2026-07-29"], 1, |_| 100.0);
    let days = "date,open,high,low,close,volume\n2026-07-27,9,9,9,9,1\n2026-07-28,9,9,9,9,1\n";
    let market = market_of(&[
        ("AAPL-1h.csv", &format!("{HEADER}{hours}")),
        ("AAPL-1m.csv", &format!("{HEADER}{minutes}")),
        ("AAPL-D.csv", days),
    ]);
    for (now, bid, bar_end) in [
        ("2026-07-28T13:30:00Z", "8.99", "2026-07-27T20:00:00Z"),
        ("2026-07-28T14:31:00Z", "49.99", "2026-07-28T14:30:00Z"),
        // The last hour's bar ends with the session.
        ("2026-07-28T20:00:00Z", "49.99", "2026-07-28T20:00:00Z"),
        ("2026-07-29T14:30:00Z", "99.99", "2026-07-29T14:30:00Z"),
        ("2026-07-30T14:30:00Z", "49.99", "2026-07-30T14:30:00Z"),
    ] {
        let quote = quote(&market, "AAPL", at(now)).unwrap();
        assert_eq!(
            (quote.sides.bid, quote.provenance.at),
            (price(bid), at(bar_end)),
            "{now}"
        );
    }
    let recording = market.source().recording.unwrap();
    assert_eq!(recording.plays_from, at("2026-07-29T13:30:00Z"));
    assert_eq!(recording.ends_at, at("2026-07-30T20:00:00Z"));
}

#[test]
fn the_clock_keeps_the_exchange_hours_within_the_recording() {
    let lines = sessions(&["2026-07-29", "2026-07-30"], 30, |_| 100.0);
    let market = market("AAPL.csv", &lines);
    for (now, closes_at, opens_at, has_ended) in [
        ("2026-07-28T15:00:00Z", None, "2026-07-29T13:30:00Z", false),
        (
            "2026-07-29T13:30:00Z",
            Some("2026-07-29T20:00:00Z"),
            "2026-07-30T13:30:00Z",
            false,
        ),
        ("2026-07-29T20:00:00Z", None, "2026-07-30T13:30:00Z", false),
        (
            "2026-07-30T19:59:59Z",
            Some("2026-07-30T20:00:00Z"),
            "2026-07-31T13:30:00Z",
            false,
        ),
        ("2026-07-30T20:00:00Z", None, "2026-07-31T13:30:00Z", true),
        ("2026-07-31T15:00:00Z", None, "2026-08-03T13:30:00Z", true),
    ] {
        let clock = answer(market.clock(at(now).into())).unwrap();
        assert_eq!(
            (clock.is_open, clock.closes_at),
            (closes_at.is_some(), closes_at.map(at))
        );
        assert_eq!(
            (clock.opens_at, clock.provenance.at),
            (at(opens_at), at(now)),
            "{now}"
        );
        let why = clock.closed_because.unwrap_or_default();
        assert_eq!(
            why.contains("the recording ended 2026-07-30 16:00 EDT"),
            has_ended,
            "{now}"
        );
    }
}

#[test]
fn says_plainly_what_it_is() {
    let minutes = market("AAPL.csv", &sessions(&["2026-07-29"], 1, |_| 100.0)).source();
    assert_eq!(minutes.kind, MarketKind::Recorded);
    for words in [
        "Recorded market",
        "AAPL by 1m bars",
        "until 2026-07-29 16:00 EDT",
        "modelled",
    ] {
        assert!(minutes.sentence.contains(words), "{}", minutes.sentence);
    }
    let hours = market("AAPL.csv", &sessions(&["2026-07-29"], 60, |_| 100.0)).source();
    assert!(
        hours.sentence.contains("fresh only for the first minute"),
        "{}",
        hours.sentence
    );
}
