//! What the clock and the quotes say in session, at night, on weekends and on early closes.

use chrono::TimeDelta;
use market_data::Market;

use super::{always_open, answer, at, nyse, quote};

#[test]
fn the_exchange_hours_are_kept() {
    for (now, closes_at, opens_at) in [
        ("2026-03-04T14:29:59Z", None, "2026-03-04T14:30:00Z"),
        (
            "2026-03-04T14:30:00Z",
            Some("2026-03-04T21:00:00Z"),
            "2026-03-05T14:30:00Z",
        ),
        ("2026-03-04T21:00:00Z", None, "2026-03-05T14:30:00Z"),
        ("2026-03-07T15:00:00Z", None, "2026-03-09T13:30:00Z"),
        (
            "2026-11-27T17:59:00Z",
            Some("2026-11-27T18:00:00Z"),
            "2026-11-30T14:30:00Z",
        ),
    ] {
        let clock = answer(nyse(1).clock(at(now).into())).unwrap();
        assert_eq!(clock.is_open, closes_at.is_some(), "{now}");
        assert_eq!(clock.closes_at, closes_at.map(at), "{now}");
        assert_eq!(clock.opens_at, at(opens_at), "{now}");
        assert_eq!(clock.provenance.at, at(now));
    }
}

#[test]
fn around_the_clock_nothing_ever_closes() {
    for now in [
        "2026-03-04T15:00:00Z",
        "2026-03-07T03:00:00Z",
        "2026-12-25T15:00:00Z",
    ] {
        let clock = answer(always_open(1).clock(at(now).into())).unwrap();
        assert!(clock.is_open, "{now}");
        assert!(
            clock.closes_at.unwrap() > at(now) + TimeDelta::days(300),
            "{now}"
        );
    }
}

#[test]
fn on_a_weekend_the_exchange_stands_still() {
    let close = at("2026-03-06T21:00:00Z");
    let at_close = quote(&nyse(1), "SPY", close).unwrap();
    for now in [
        "2026-03-06T23:00:00Z",
        "2026-03-07T15:00:00Z",
        "2026-03-09T13:29:59Z",
    ] {
        let later = quote(&nyse(1), "SPY", at(now)).unwrap();
        assert_eq!(later.sides, at_close.sides, "{now}");
        assert_eq!(later.provenance.at, close, "{now}");
    }
    let reopened = quote(&nyse(1), "SPY", at("2026-03-09T13:30:00Z")).unwrap();
    assert_ne!(reopened.sides, at_close.sides);
}

#[test]
fn on_a_weekend_the_other_goes_on() {
    let saturday = at("2026-03-07T15:00:00Z");
    let first = quote(&always_open(1), "SPY", saturday).unwrap();
    let second = quote(&always_open(1), "SPY", saturday + TimeDelta::hours(1)).unwrap();
    assert_eq!(first.provenance.at, saturday);
    assert_ne!(first.sides, second.sides);
}
