//! When the market counts as open for entries.

use domain::quote::MarketClock;

use crate::common::{closed_clock, open_clock};
use crate::world::World;

#[test]
fn the_session_admits_entries_from_the_open_to_five_minutes_before_the_close() {
    let (usual, early) = ("2026-06-24T20:00:00Z", "2026-11-27T18:00:00Z");
    for (now, close, admitted) in [
        ("2026-06-24T13:30:00Z", usual, true),
        ("2026-06-24T19:55:00Z", usual, true),
        ("2026-06-24T19:55:00.001Z", usual, false),
        ("2026-06-24T19:59:59Z", usual, false),
        ("2026-06-24T20:00:00Z", usual, false),
        ("2026-11-27T17:55:00Z", early, true),
        ("2026-11-27T17:55:01Z", early, false),
        // A clock that was read before the close doesn't open the market after it.
        ("2026-06-24T21:00:00Z", usual, false),
    ] {
        let clock = open_clock(close, "2026-06-25T13:30:00Z");
        let reading = World::eligible().session(now, Some(clock));
        assert_eq!(reading.passed, admitted, "{now}: {}", reading.reading);
    }
}

#[test]
fn a_session_that_is_not_open_says_why_and_when_it_opens() {
    let unknown_close = |is_open| MarketClock {
        is_open,
        closes_at: None,
        ..closed_clock("2026-06-25T13:30:00Z")
    };
    let near = open_clock("2026-06-24T20:00:00Z", "2026-06-25T13:30:00Z");
    for (now, clock, expected) in [
        (
            "2026-06-24T14:15:06Z",
            None,
            "unknown, which counts as closed",
        ),
        (
            "2026-06-24T13:29:59Z",
            Some(closed_clock("2026-06-24T13:30:00Z")),
            "closed; opens 2026-06-24 09:30:00 EDT",
        ),
        (
            "2026-06-24T15:00:00Z",
            Some(MarketClock {
                closed_because: Some("the recording has ended".to_owned()),
                ..closed_clock("2026-06-25T13:30:00Z")
            }),
            "closed: the recording has ended",
        ),
        (
            "2026-06-24T19:58:00Z",
            Some(near),
            "closes 2026-06-24 16:00:00 EDT; opens again 2026-06-25 09:30:00 EDT",
        ),
        (
            "2026-06-24T19:58:00Z",
            Some(unknown_close(true)),
            "closes 2026-06-24 16:00:00 EDT; opens again 2026-06-25 09:30:00 EDT",
        ),
        (
            "2026-06-27T15:00:00Z",
            Some(unknown_close(true)),
            "open until an unknown time, which counts as closed",
        ),
    ] {
        let reading = World::eligible().session(now, clock);
        assert_eq!(
            (reading.passed, reading.reading.as_str()),
            (false, expected)
        );
    }
}

#[test]
fn a_clock_that_names_no_close_is_completed_from_the_calendar() {
    let clock = MarketClock {
        is_open: true,
        ..closed_clock("2026-11-30T14:30:00Z")
    };
    let reading = World::eligible().session("2026-11-27T17:55:00Z", Some(clock));
    assert_eq!(
        (reading.passed, reading.reading.as_str()),
        (true, "open until 2026-11-27 13:00:00 EST")
    );
}
