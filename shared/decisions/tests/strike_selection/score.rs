//! What a contract earns, and who wins where two earn the same.

use domain::ListedOption;
use domain::selection::{Points, Score};

use crate::common::sides;
use crate::world::{call, changed, good, greeks, world};

fn scored(change: impl FnOnce(&mut ListedOption)) -> Score {
    let selected = changed(change).select().unwrap_or_else(|e| panic!("{e}"));
    selected.reasons.score
}

/// Checks one part of the score of a row, changed in each way, in points.
fn check<T: Copy + std::fmt::Debug>(
    cases: &[(T, &str)],
    part: fn(&Score) -> Points,
    change: fn(&mut ListedOption, T),
) {
    for (value, expected) in cases {
        let found = part(&scored(|row| change(row, *value)));
        assert_eq!(found.to_string(), *expected, "{value:?}");
    }
}

#[test]
fn a_tight_spread_earns_up_to_35_points() {
    let cases = [
        ((390, 410), "17.50"),
        ((396, 404), "28.00"),
        ((380, 420), "0.00"),
        // Cheap, and wider than ten percent: it passes, and earns nothing.
        ((20, 25), "0.00"),
    ];
    let part = |score: &Score| score.spread;
    check(&cases, part, |row, (bid, ask)| {
        row.sides = Some(sides(bid, ask));
    });
}

#[test]
fn a_delta_near_the_target_earns_up_to_25_points() {
    let cases = [
        (0.45, "25.00"),
        (0.42, "20.00"),
        (0.48, "20.00"),
        (0.30, "0.00"),
        (0.60, "0.00"),
    ];
    let part = |score: &Score| score.delta;
    check(&cases, part, |row, delta| row.greeks = Some(greeks(delta)));
}

#[test]
fn open_interest_earns_up_to_15_points_on_a_log_scale() {
    // 15 * ln(1 + n) / ln(5,001), up to 5,000.
    let cases = [
        (500, "10.95"),
        (2_000, "13.39"),
        (5_000, "15.00"),
        (50_000, "15.00"),
    ];
    let part = |score: &Score| score.open_interest;
    check(&cases, part, |row, held| row.open_interest = Some(held));
}

#[test]
fn volume_earns_up_to_10_points_on_a_log_scale() {
    // 10 * ln(1 + n) / ln(1,001), up to 1,000.
    let cases = [
        (100, "6.68"),
        (400, "8.68"),
        (1_000, "10.00"),
        (9_000, "10.00"),
    ];
    let part = |score: &Score| score.volume;
    check(&cases, part, |row, traded| row.volume = Some(traded));
}

#[test]
fn losing_little_with_a_day_earns_up_to_10_points() {
    // The mid is $4.00, so $0.40 a day is the tenth that earns nothing.
    let cases = [
        (0.0, "10.00"),
        (-0.1, "7.50"),
        (-0.4, "0.00"),
        (-0.9, "0.00"),
        (0.1, "7.50"),
    ];
    let part = |score: &Score| score.theta;
    check(&cases, part, |row, theta| {
        row.greeks = Some(domain::Greeks {
            theta,
            ..greeks(0.45)
        });
    });
}

#[test]
fn a_low_volatility_among_those_left_earns_up_to_5_points() {
    let rows = [(250, 0.36), (255, 0.30), (260, 0.27), (265, 0.30)];
    let rows = rows.map(|(strike, volatility)| {
        let mut row = good(&call(strike));
        row.implied_volatility = Some(volatility);
        row
    });
    let reasons = world(rows.into()).select().unwrap().reasons;
    let others = reasons.runners_up.iter().map(|it| it.score.volatility);
    let all: Vec<_> = std::iter::once(reasons.score.volatility)
        .chain(others)
        .map(|points| points.to_string())
        .collect();
    // One of three others is lower, then three.
    assert_eq!(all, ["5.00", "3.33", "3.33", "0.00"]);
    assert_eq!(scored(|_| ()).volatility, Points(500));
}

#[test]
fn the_parts_add_up_to_the_score() {
    let score = scored(|_| ());
    let sum = 1_750 + 2_500 + 1_339 + 868 + 500 + 500;
    assert_eq!(score.total(), Points(sum));
}

#[test]
fn weights_are_settings() {
    let mut only_theta = changed(|_| ());
    let rules = &mut only_theta.settings.strike_selection;
    (
        rules.spread_weight,
        rules.delta_weight,
        rules.open_interest_weight,
    ) = (0, 0, 0);
    (
        rules.volume_weight,
        rules.theta_weight,
        rules.volatility_weight,
    ) = (0, 100, 0);
    let score = only_theta.select().unwrap().reasons.score;
    assert_eq!((score.theta, score.total()), (Points(5_000), Points(5_000)));
}

/// The strike that wins of two whose rows are changed.
fn winner(
    first: (u32, fn(&mut ListedOption)),
    second: (u32, fn(&mut ListedOption)),
    weigh: fn(&mut domain::settings::StrikeSelection),
) -> String {
    let rows = [first, second].map(|(strike, change)| {
        let mut row = good(&call(strike));
        change(&mut row);
        row
    });
    let mut tied = world(rows.into());
    weigh(&mut tied.settings.strike_selection);
    tied.chosen()
}

#[test]
fn ties_go_to_the_tighter_spread_then_to_what_is_held_then_to_the_nearer_strike() {
    // Only the delta counts, and it is the same.
    let only_delta = |s: &mut domain::settings::StrikeSelection| {
        (s.spread_weight, s.delta_weight, s.open_interest_weight) = (0, 100, 0);
        (s.volume_weight, s.theta_weight, s.volatility_weight) = (0, 0, 0);
    };
    let same = |_: &mut ListedOption| ();
    let tighter = |row: &mut ListedOption| row.sides = Some(sides(391, 409));
    let held = |row: &mut ListedOption| row.open_interest = Some(2_001);
    assert_eq!(winner((255, held), (300, tighter), only_delta), call(300));
    assert_eq!(winner((255, same), (300, held), only_delta), call(300));
    assert_eq!(winner((200, same), (256, same), only_delta), call(256));
    // As far away on either side: the contracts' own order.
    assert_eq!(winner((256, same), (254, same), only_delta), call(254));
}
