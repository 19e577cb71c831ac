//! The opening range specialist by the time of day: before the window ends, late in the day, and
//! on a day that closes early.
#![cfg(test)]

use chrono::TimeDelta;
use domain::Bias::Bullish;
use domain::CandleSet;
use domain::calendar::session_on;

use crate::bars::{Shape, TODAY, YESTERDAY, around, bar, calm_days, session, session_from, set};
use crate::common::{date, utc};
use crate::opening_range::{after_window, breakout};
use crate::world::{Said, World, has, said};

/// Closes at 13:00, on the Friday after Thanksgiving.
const EARLY: &str = "2026-11-27";
const BEFORE_EARLY: &str = "2026-11-25";

/// A range from 600 to 602, quiet bars, and a breakout with the last of so many bars.
fn breaking_with(day: &str, before: &str, bars: usize) -> CandleSet {
    let window = bar(601.0, 602.0, 600.0, 601.0);
    let mut shapes: Vec<Shape> = vec![window; 6];
    shapes.resize(bars - 1, around(601.0));
    shapes.push(breakout(602.5));
    let candles = [session(before, &[around(601.0); 30]), session(day, &shapes)];
    set("5", candles.concat())
}

#[test]
fn the_last_entry_is_an_hour_before_the_close() {
    for (day, before, last) in [(TODAY, YESTERDAY, 66), (EARLY, BEFORE_EARLY, 30)] {
        let days = calm_days(day, 601.0, 10.0);
        for (bars, late) in [(last - 1, false), (last, false), (last + 1, true)] {
            let candles = breaking_with(day, before, bars);
            let closed = candles.candles.last().unwrap().start + TimeDelta::minutes(5);
            let opinion = World::at(closed, &candles, Some(&days)).opinion("orb");
            let expected = if late {
                said(Bullish, 0, "SKIP")
            } else {
                said(Bullish, 100, "ENTER")
            };
            assert_eq!(Said::from(&opinion), expected, "{day} {bars}: {opinion:?}");
            assert_eq!(has(&opinion, "breakout_too_late"), late, "{day} {bars}");
            assert_eq!(has(&opinion, "past_last_entry"), late, "{day} {bars}");
        }
    }
}

#[test]
fn a_breakout_in_time_isn_t_entered_after_the_last_entry() {
    let days = calm_days(TODAY, 601.0, 10.0);
    let candles = breaking_with(TODAY, YESTERDAY, 66);
    let until = utc("2026-06-24T19:00:00Z");
    for (now, late) in [(until, false), (until + TimeDelta::seconds(1), true)] {
        let world = World::at(now, &candles, Some(&days));
        let range = world.studies().opening_range.known().unwrap();
        assert_eq!(range.entries_until, until);
        assert!(range.breakout.as_ref().unwrap().is_in_time);
        let opinion = world.opinion("orb");
        assert_eq!(opinion.confidence.get() == 0, late, "{opinion:?}");
        assert_eq!(has(&opinion, "past_last_entry"), late, "{opinion:?}");
    }
}

#[test]
fn the_first_half_hour_has_nothing_to_look_at() {
    let open = session_on(date(TODAY)).unwrap().open;
    let yesterday = session(YESTERDAY, &[around(601.0); 78]);
    for (bars, why) in [
        (0, "there is no bar of today's session yet"),
        (1, "the opening range isn't over yet"),
        (5, "the opening range isn't over yet"),
    ] {
        let today = session(TODAY, &vec![around(601.0); bars]);
        let candles = set("5", [yesterday.clone(), today].concat());
        let passed = TimeDelta::minutes(5) * i32::try_from(bars).unwrap();
        let world = World::at(open + passed, &candles, None);
        assert_eq!(world.no_evidence("orb"), why, "{bars} bars");
    }
    let six = set(
        "5",
        [yesterday, session(TODAY, &[around(601.0); 6])].concat(),
    );
    assert!(has(&World::on(&six, None).opinion("orb"), "no_breakout"));
}

#[test]
fn bars_that_begin_later_tell_no_range() {
    let late = session_from(TODAY, "1", 31, &[around(601.0); 100]);
    let why = World::on(&set("1", late), None).no_evidence("orb");
    assert_eq!(why, "the bars don't reach back to today's open");
    let within = session_from(TODAY, "1", 29, &[around(601.0); 100]);
    let opinion = World::on(&set("1", within), None).opinion("orb");
    assert!(has(&opinion, "range_incomplete"), "{opinion:?}");
}

#[test]
fn the_day_before_doesn_t_count() {
    let broken = after_window(&[breakout(602.5)]);
    let tomorrow = utc("2026-06-25T14:05:00Z");
    let why = World::at(tomorrow, &broken, None).no_evidence("orb");
    assert_eq!(why, "there is no bar of today's session yet");
}

#[test]
fn there_is_no_range_on_a_day_without_a_session() {
    let saturday = utc("2026-06-27T14:05:00Z");
    let broken = after_window(&[breakout(602.5)]);
    World::at(saturday, &broken, None).no_evidence("orb");
}
