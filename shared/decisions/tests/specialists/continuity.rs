//! Full-timeframe continuity of the studies: whose opens the price is compared with.
#![cfg(test)]

use domain::studies::{Agreement, ContinuityStudy, Frame, StratBar, Way};
use domain::{Bias, CandleSet};

use crate::bars::{
    Shape, TODAY, YESTERDAY, around, bar, calm_days, days_before, session, session_from, set,
};
use crate::world::{World, points};

/// Bars up to 603, the first of which opened at 600.
fn rising(day: &str) -> CandleSet {
    let climb = (0..4).map(|step| 600.0 + f64::from(step));
    let shapes: Vec<Shape> = climb
        .map(|low| bar(low, low + 1.1, low - 0.1, low + 1.0))
        .collect();
    set("5", session(day, &shapes))
}

fn continuity(candles: &CandleSet, daily: &CandleSet) -> ContinuityStudy {
    let world = World::on(candles, Some(daily));
    let strat = world.studies().strat.known().unwrap();
    strat.continuity.known().unwrap().clone()
}

fn opens(study: &ContinuityStudy) -> Vec<(Frame, f64)> {
    study
        .frames
        .iter()
        .map(|frame| (frame.frame, frame.open))
        .collect()
}

/// Daily bars before [`TODAY`], each opening a dollar above the one before: the newest at 619.
fn stairs(day: &str) -> CandleSet {
    let step = |step: i32| {
        let open = 600.0 + f64::from(step);
        bar(open, open + 2.0, open - 2.0, open + 0.5)
    };
    days_before(day, &(0..20).map(step).collect::<Vec<_>>())
}

#[test]
fn opens_are_those_of_the_day_the_week_and_the_month() {
    // Wednesday the 24th: the week began on Monday, two sessions before; the month on the 1st,
    // sixteen sessions before, since the 19th was a holiday.
    let study = continuity(&rising(TODAY), &stairs(TODAY));
    let expected = [
        (Frame::Bar, 603.0),
        (Frame::Day, 600.0),
        (Frame::Week, 618.0),
        (Frame::Month, 604.0),
    ];
    assert_eq!(opens(&study), expected);
    let ways: Vec<_> = study.frames.iter().map(|frame| frame.way).collect();
    assert_eq!(ways, [Some(Way::Up), Some(Way::Up), Some(Way::Down), None]);
    assert_eq!(study.by_open, Agreement::Conflict);
}

#[test]
fn all_opens_below_or_above_agree() {
    let falling: Vec<Shape> = (0..4)
        .map(|step| 600.0 - f64::from(step))
        .map(|high| bar(high, high + 0.1, high - 1.1, high - 1.0))
        .collect();
    let falling = set("5", session(TODAY, &falling));
    let all = |longer| calm_days(TODAY, longer, 10.0);
    assert_eq!(
        continuity(&rising(TODAY), &all(595.0)).by_open,
        Agreement::Up
    );
    assert_eq!(continuity(&falling, &all(605.0)).by_open, Agreement::Down);
    assert_eq!(
        continuity(&rising(TODAY), &all(605.0)).by_open,
        Agreement::Conflict
    );
}

#[test]
fn bar_types_are_stricter() {
    // Today broke yesterday's high of 600, and so the week's and the month's.
    let low_days: Vec<Shape> = vec![bar(595.0, 600.0, 590.0, 595.0); 40];
    let study = continuity(&rising(TODAY), &days_before(TODAY, &low_days));
    let types: Vec<_> = study.frames.iter().map(|frame| frame.bar_type).collect();
    assert_eq!(types, [Some(StratBar::Up); 4]);
    assert_eq!(study.by_bar_type, Some(Agreement::Up));
    let high_days: Vec<Shape> = vec![bar(595.0, 610.0, 590.0, 595.0); 40];
    let study = continuity(&rising(TODAY), &days_before(TODAY, &high_days));
    assert_eq!(study.by_open, Agreement::Up);
    assert_eq!(study.by_bar_type, Some(Agreement::Conflict));
    let one_week = continuity(&rising(TODAY), &days_before(TODAY, &low_days[..2]));
    assert_eq!(one_week.by_bar_type, None);
}

#[test]
fn candles_that_begin_together_are_coupled_and_worth_half() {
    for (day, coupled) in [
        (TODAY, [false, false, false, false]),
        // A Monday; and a Monday that begins a month.
        ("2026-06-22", [false, false, true, false]),
        ("2026-06-01", [false, false, true, true]),
        // A Wednesday that begins a month.
        ("2026-07-01", [false, false, false, true]),
    ] {
        let daily = calm_days(day, 595.0, 10.0);
        let world = World::on(&rising(day), Some(&daily));
        let strat = world.studies().strat.known().unwrap();
        let frames = &strat.continuity.known().unwrap().frames;
        let found: Vec<_> = frames.iter().map(|frame| frame.is_coupled).collect();
        assert_eq!(found, coupled, "{day}");
        let expected = if coupled.contains(&true) { 17 } else { 34 };
        let opinion = world.opinion("strat");
        assert_eq!(points(&opinion, "continuity"), Some(expected), "{day}");
    }
}

#[test]
fn the_day_s_first_bar_is_coupled_with_the_day() {
    let first = [
        session(YESTERDAY, &[around(600.0)]),
        session(TODAY, &[bar(600.0, 602.0, 599.0, 601.0)]),
    ];
    let study = continuity(&set("5", first.concat()), &calm_days(TODAY, 595.0, 10.0));
    assert!(study.frames[1].is_coupled);
    assert_eq!(study.by_open, Agreement::Up);
}

#[test]
fn what_isn_t_known_is_said() {
    let late = set("5", session_from(TODAY, "5", 3, &[around(600.0); 5]));
    let yesterday = set("5", session(YESTERDAY, &[around(600.0); 78]));
    let days = calm_days(TODAY, 595.0, 10.0);
    let mut bad = days.clone();
    bad.candles.swap(3, 4);
    let old = calm_days("2026-06-22", 595.0, 10.0);
    let now = "2026-06-24T14:00:00Z".parse().unwrap();
    for (candles, daily, why) in [
        (
            &late,
            Some(&days),
            "the bars don't reach back to today's open",
        ),
        (
            &yesterday,
            Some(&days),
            "there is no bar of today's session yet",
        ),
        (&rising(TODAY), None, "there are no daily bars"),
        (
            &rising(TODAY),
            Some(&bad),
            "a daily bar can't be: the bar doesn't begin after the one before it",
        ),
        (
            &rising(TODAY),
            Some(&old),
            "the daily bars end on 2026-06-18, which isn't the session before",
        ),
    ] {
        let world = World::at(now, candles, daily);
        let strat = world.studies().strat.known().unwrap();
        assert_eq!(strat.continuity.known().unwrap_err(), why);
    }
}

#[test]
fn a_daily_bar_of_today_is_not_of_the_sessions_before() {
    let days = calm_days("2026-06-25", 595.0, 10.0);
    let study = continuity(&rising(TODAY), &days);
    assert_eq!(study.frames[1].open.to_bits(), 600.0_f64.to_bits());
}

#[test]
fn days_and_longer_bars_have_the_longer_frames_only() {
    let daily = stairs(TODAY);
    let month = vec![(Frame::Week, 618.0), (Frame::Month, 604.0)];
    let now = "2026-06-24T14:00:00Z".parse().unwrap();
    let world = World::at(now, &daily, Some(&daily));
    let strat = world.studies().strat.known().unwrap();
    let study = strat.continuity.known().unwrap();
    assert_eq!(opens(study)[1..], month);
    assert_eq!(study.by_open, Agreement::Up);
    assert_eq!(world.opinion("strat").bias, Bias::Bullish);

    let without = World::at(now, &daily, None);
    let strat = without.studies().strat.known().unwrap();
    assert_eq!(
        strat.continuity.known().unwrap_err(),
        "there are no daily bars"
    );
}
