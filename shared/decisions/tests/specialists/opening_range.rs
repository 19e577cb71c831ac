//! The opening range specialist on ranges from 600 to 602, and what comes after them.
#![cfg(test)]

use domain::Bias::{Bearish, Bullish, Neutral};
use domain::CandleSet;
use domain::studies::RangeWidth;

use crate::bars::{
    Shape, TODAY, YESTERDAY, around, bar, calm_days, flat, loud, session, session_from, set,
};
use crate::world::{Said, World, has, points, said, told};

/// The first half hour.
fn window() -> Vec<Shape> {
    let inside = bar(601.0, 601.5, 600.5, 601.0);
    let touch = bar(601.0, 602.0, 600.0, 601.0);
    vec![inside, touch, inside, inside, inside, inside]
}

/// A session that closed at 601, and today's window with what follows.
pub(crate) fn after_window(then: &[Shape]) -> CandleSet {
    let mut candles = session(YESTERDAY, &[around(601.0); 78]);
    candles.extend(session(TODAY, &[window(), then.to_vec()].concat()));
    set("5", candles)
}

fn closing_at(price: f64) -> Shape {
    bar(601.0, price.max(601.0), price.min(601.0), price)
}

/// A close outside with twice the usual volume.
pub(crate) fn breakout(price: f64) -> Shape {
    loud(closing_at(price), 2.0)
}

fn on(then: &[Shape]) -> World {
    World::on(&after_window(then), Some(&calm_days(TODAY, 601.0, 10.0)))
}

#[test]
fn a_breakout_counts_by_what_speaks_for_it() {
    let (up, down) = (breakout(602.5), breakout(599.5));
    let (quiet, inside) = (closing_at(602.5), closing_at(601.0));
    let out = closing_at(602.4);
    let cases: [(&str, Vec<Shape>, Said, &str); 10] = [
        ("up", vec![up], said(Bullish, 100, "ENTER"), "breakout"),
        ("down", vec![down], said(Bearish, 100, "SKIP"), "breakout"),
        (
            "quiet",
            vec![quiet],
            said(Bullish, 37, "SKIP"),
            "not_confirmed",
        ),
        (
            "none",
            vec![inside, inside],
            said(Neutral, 0, "SKIP"),
            "no_breakout",
        ),
        (
            "false",
            vec![up, inside],
            said(Neutral, 0, "SKIP"),
            "false_breakout",
        ),
        (
            "late return",
            vec![up, out, out, out, inside],
            said(Bullish, 42, "SKIP"),
            "back_inside",
        ),
        (
            "far",
            vec![breakout(604.5)],
            said(Bullish, 92, "ENTER"),
            "room",
        ),
        (
            "one width",
            vec![breakout(604.0)],
            said(Bullish, 100, "ENTER"),
            "room",
        ),
        (
            "too far",
            vec![breakout(606.0)],
            said(Bullish, 0, "SKIP"),
            "targets_reached",
        ),
        (
            "other side",
            vec![up, inside, down],
            said(Bearish, 100, "SKIP"),
            "breakout",
        ),
    ];
    for (what, then, expected, reason) in cases {
        let opinion = on(&then).opinion("orb");
        assert_eq!(Said::from(&opinion), expected, "{what}: {opinion:?}");
        assert!(has(&opinion, reason), "{what}: {opinion:?}");
    }
}

#[test]
fn it_recommends_what_agrees_with_the_signal() {
    let down = on(&[breakout(599.5)]);
    assert_eq!(told(&down.opinion("orb"), "recommendation"), "SKIP");
    let opinion = down.short().opinion("orb");
    assert_eq!(Said::from(&opinion), said(Bearish, 100, "ENTER"));
    assert_eq!(told(&opinion, "breakout"), "down");
}

#[test]
fn a_false_breakout_and_a_third_try_are_no_trade() {
    let (up, inside, down) = (breakout(602.5), closing_at(601.0), breakout(599.5));
    let third = on(&[up, inside, down, inside, up]).opinion("orb");
    assert_eq!(Said::from(&third), said(Neutral, 0, "SKIP"));
    assert_eq!(told(&third, "breakout"), "false");
}

#[test]
fn figures_tell_the_level_and_the_age() {
    let world = on(&[breakout(602.5), closing_at(602.7)]);
    let opinion = world.opinion("orb");
    let reason = opinion.reasons.iter().find(|it| it.name == "breakout");
    let figures = &reason.unwrap().figures;
    assert_eq!(figures["level"].to_bits(), 602.0_f64.to_bits());
    assert_eq!(figures["bars_ago"].to_bits(), 1.0_f64.to_bits());
}

#[test]
fn a_volume_that_is_unknown_confirms_nothing_and_is_missing() {
    let today = session(TODAY, &[window(), vec![breakout(602.5)]].concat());
    let world = World::on(&set("5", today), Some(&calm_days(TODAY, 601.0, 10.0)));
    let opinion = world.opinion("orb");
    assert_eq!(Said::from(&opinion), said(Bullish, 37, "SKIP"));
    assert_eq!(opinion.missing, ["volume"]);
}

#[test]
fn the_range_is_measured_by_the_day() {
    let candles = after_window(&[breakout(602.5)]);
    for (day_range, width, expected, reason) in [
        (
            3.0,
            RangeWidth::Wide,
            said(Bullish, 0, "SKIP"),
            "range_wide",
        ),
        (3.4, RangeWidth::Fair, said(Bullish, 100, "ENTER"), "width"),
        (19.8, RangeWidth::Fair, said(Bullish, 100, "ENTER"), "width"),
        (
            21.0,
            RangeWidth::Narrow,
            said(Bullish, 0, "SKIP"),
            "range_narrow",
        ),
    ] {
        let world = World::on(&candles, Some(&calm_days(TODAY, 601.0, day_range)));
        let range = world.studies().opening_range.known().unwrap();
        assert_eq!(range.width, Some(width), "{day_range}");
        let opinion = world.opinion("orb");
        assert_eq!(Said::from(&opinion), expected, "{day_range}: {opinion:?}");
        assert!(has(&opinion, reason), "{day_range}: {opinion:?}");
    }
}

#[test]
fn without_daily_bars_the_width_is_missing() {
    let candles = after_window(&[breakout(602.5)]);
    let few = crate::bars::days_before(TODAY, &[around(601.0); 14]);
    let old = calm_days(YESTERDAY, 601.0, 10.0);
    for daily in [None, Some(&few), Some(&old)] {
        let opinion = World::on(&candles, daily).opinion("orb");
        assert_eq!(Said::from(&opinion), said(Bullish, 86, "ENTER"));
        assert_eq!(opinion.missing, ["width"]);
    }
}

#[test]
fn a_wide_gap_halves() {
    let candles = after_window(&[breakout(602.5)]);
    for (close_before, halved) in [(591.5, false), (590.5, true), (612.0, true)] {
        let world = World::on(&candles, Some(&calm_days(TODAY, close_before, 10.0)));
        let opinion = world.opinion("orb");
        let confidence = if halved { 50 } else { 100 };
        // Half of all is just enough to enter.
        let expected = said(Bullish, confidence, "ENTER");
        assert_eq!(Said::from(&opinion), expected, "{close_before}");
        assert_eq!(has(&opinion, "wide_gap"), halved, "{close_before}");
        let gap = world.studies().opening_range.known().unwrap().gap.unwrap();
        assert!((gap - (601.0 - close_before)).abs() < 1e-6, "{gap}");
    }
}

#[test]
fn a_range_that_isn_t_one_is_no_trade() {
    let days = calm_days(TODAY, 601.0, 10.0);
    let mut incomplete = after_window(&[breakout(602.5)]);
    let third = incomplete.candles.len() - 5;
    incomplete.candles.remove(third);
    let mut level = session(YESTERDAY, &[around(601.0); 78]);
    level.extend(session(
        TODAY,
        &[vec![flat(601.0); 6], vec![breakout(602.5)]].concat(),
    ));
    for (candles, reason) in [
        (incomplete, "range_incomplete"),
        (set("5", level), "range_without_width"),
    ] {
        let opinion = World::on(&candles, Some(&days)).opinion("orb");
        assert_eq!(opinion.confidence.get(), 0, "{opinion:?}");
        assert_eq!(points(&opinion, reason), Some(0), "{opinion:?}");
        assert_eq!(told(&opinion, "recommendation"), "SKIP");
    }
}

#[test]
fn bars_that_make_up_half_an_hour_tell_and_others_don_t() {
    for (length, bars, tells) in [
        ("1", 30, true),
        ("2", 15, true),
        ("3", 10, true),
        ("6", 5, true),
        ("10", 3, true),
        ("15", 2, true),
        ("30", 1, true),
        ("7", 5, false),
        ("45", 1, false),
        ("60", 1, false),
        ("D", 1, false),
    ] {
        let candles = if length == "D" {
            crate::bars::days_before(TODAY, &[around(601.0); 40])
        } else {
            let shapes = [
                vec![bar(601.0, 602.0, 600.0, 601.0); bars],
                vec![breakout(602.5)],
            ];
            let before = session_from(YESTERDAY, length, 0, &[around(601.0); 8]);
            let today = session_from(TODAY, length, 0, &shapes.concat());
            set(length, [before, today].concat())
        };
        let world = World::on(&candles, None);
        if tells {
            let opinion = world.opinion("orb");
            assert_eq!(opinion.bias, Bullish, "{length}: {opinion:?}");
        } else {
            let why = world.no_evidence("orb");
            let expected = format!("bars of {} don't make up 30 minutes", candles.timeframe);
            assert_eq!(why, expected, "{length}");
        }
    }
}
