//! The Strat specialist: each combination, what ends a setup, and what continuity makes of it.
#![cfg(test)]

use domain::Bias::{Bearish, Bullish, Neutral};
use domain::CandleSet;
use domain::studies::{SetupEnd, StratKind, StratSetup, Way};

use crate::bars::{Shape, TODAY, YESTERDAY, around, bar, calm_days, flat, session, set};
use crate::world::{Said, World, has, points, said, told};

/// A bar before which there is nothing to break, from 596 to 604.
const BEFORE: Shape = Shape(598.0, 604.0, 596.0, 602.0, 100.0);

fn after(shapes: &[Shape]) -> CandleSet {
    set(
        "5",
        session(TODAY, &[vec![BEFORE], shapes.to_vec()].concat()),
    )
}

/// Daily bars whose weeks and months opened this high.
fn on(shapes: &[Shape], longer_open: f64) -> World {
    World::on(&after(shapes), Some(&calm_days(TODAY, longer_open, 10.0)))
}

fn triggered(world: &World) -> StratSetup {
    let strat = world.studies().strat.known().unwrap();
    strat.setup.clone().unwrap()
}

/// Upside down around 600.
fn mirrored(shapes: &[Shape]) -> Vec<Shape> {
    let turned = |Shape(open, high, low, close, volume): &Shape| {
        let turn = |price: f64| 1_200.0 - price;
        Shape(turn(*open), turn(*low), turn(*high), turn(*close), *volume)
    };
    shapes.iter().map(turned).collect()
}

/// Inside of [`BEFORE`].
fn inside() -> Shape {
    bar(600.0, 603.0, 598.0, 601.0)
}

/// What each combination's bars are, with the last of them its trigger.
fn combinations() -> Vec<(&'static str, StratKind, Vec<Shape>)> {
    let up_after = |high: f64| bar(high - 2.0, high + 0.4, high - 2.5, high + 0.3);
    let up = bar(602.0, 605.0, 597.0, 604.0);
    let down = bar(600.0, 603.0, 595.0, 597.0);
    let outside = bar(600.0, 605.0, 595.0, 601.0);
    vec![
        (
            "2D-1-2U",
            StratKind::Reversal,
            vec![down, bar(598.0, 602.0, 597.0, 601.0), up_after(602.0)],
        ),
        (
            "2U-1-2U",
            StratKind::Continuation,
            vec![up, bar(603.0, 604.0, 601.0, 602.0), up_after(604.0)],
        ),
        (
            "3-1-2U",
            StratKind::Breakout,
            vec![outside, inside(), up_after(603.0)],
        ),
        (
            "1-1-2U",
            StratKind::Breakout,
            vec![inside(), bar(600.0, 602.5, 598.5, 601.0), up_after(602.5)],
        ),
        (
            "1-2D-2U",
            StratKind::RevStrat,
            vec![inside(), bar(600.0, 602.0, 597.0, 598.0), up_after(602.0)],
        ),
        (
            "3-2D-2U",
            StratKind::Reversal,
            vec![outside, bar(600.0, 602.0, 594.0, 597.0), up_after(602.0)],
        ),
        (
            "2D-2U",
            StratKind::Reversal,
            vec![
                bar(600.0, 602.0, 595.5, 597.0),
                bar(598.0, 601.0, 595.0, 597.0),
                up_after(601.0),
            ],
        ),
        (
            "3-2U",
            StratKind::Continuation,
            vec![outside, up_after(605.0)],
        ),
    ]
}

#[test]
fn each_combination_is_a_setup_both_ways() {
    for (name, kind, shapes) in combinations() {
        let world = on(&shapes, 590.0);
        let setup = triggered(&world);
        assert_eq!((&*setup.combination, setup.kind), (name, kind));
        assert_eq!(
            (setup.way, setup.bars_ago, setup.end),
            (Way::Up, 0, None),
            "{name}"
        );
        let opinion = world.opinion("strat");
        assert_eq!(
            Said::from(&opinion),
            said(Bullish, 100, "ENTER"),
            "{name}: {opinion:?}"
        );
        assert_eq!(told(&opinion, "combination"), name);
        assert_eq!(told(&opinion, "kind"), kind.name());
        let down = [&[BEFORE][..], &shapes].concat();
        let candles = set("5", session(TODAY, &mirrored(&down)));
        let world = World::on(&candles, Some(&calm_days(TODAY, 610.0, 10.0)));
        let opinion = world.opinion("strat");
        assert_eq!(
            Said::from(&opinion),
            said(Bearish, 100, "SKIP"),
            "{name}: {opinion:?}"
        );
        assert_eq!(
            told(&world.short().opinion("strat"), "recommendation"),
            "ENTER"
        );
    }
}

#[test]
fn a_setup_has_its_levels() {
    let (_, _, shapes) = combinations().remove(0);
    let setup = triggered(&on(&shapes, 590.0));
    let levels = [setup.trigger, setup.stop, setup.target.unwrap()];
    assert_eq!(
        levels.map(f64::to_bits),
        [602.0_f64, 597.0, 603.0].map(f64::to_bits)
    );
    let sky = triggered(&on(&combinations().remove(7).2, 590.0));
    assert_eq!(sky.target, None);
}

#[test]
fn a_setup_counts_until_something_ends_it() {
    let (_, _, shapes) = combinations().remove(0);
    let quiet = bar(602.1, 602.4, 602.0, 602.2);
    let back = bar(600.5, 602.3, 600.0, 601.5);
    let stopped = bar(601.0, 602.8, 596.5, 597.0);
    let reached = bar(602.4, 603.5, 602.0, 603.2);
    for (what, then, confidence, reason, end) in [
        ("in force", vec![quiet; 3], 84, "in_force", None),
        ("old", vec![quiet; 4], 0, "setup_old", None),
        (
            "stopped",
            vec![stopped],
            0,
            "setup_stopped",
            Some(SetupEnd::Stopped),
        ),
        (
            "reached",
            vec![reached],
            0,
            "target_reached",
            Some(SetupEnd::TargetReached),
        ),
        (
            "stopped first",
            vec![bar(602.0, 604.0, 596.0, 603.0)],
            0,
            "setup_stopped",
            Some(SetupEnd::Stopped),
        ),
        (
            "ended for good",
            vec![reached, quiet],
            0,
            "target_reached",
            Some(SetupEnd::TargetReached),
        ),
    ] {
        let world = on(&[shapes.clone(), then.clone()].concat(), 590.0);
        let opinion = world.opinion("strat");
        assert_eq!(opinion.confidence.get(), confidence, "{what}: {opinion:?}");
        assert!(has(&opinion, reason), "{what}: {opinion:?}");
        let setup = triggered(&world);
        assert_eq!(setup.end, end, "{what}");
        assert_eq!(
            usize::try_from(setup.bars_ago).unwrap(),
            then.len(),
            "{what}"
        );
    }
    let opinion = on(&[shapes.clone(), vec![back]].concat(), 590.0).opinion("strat");
    assert!(has(&opinion, "not_in_force"), "{opinion:?}");
    assert_eq!(Said::from(&opinion), said(Bullish, 34, "SKIP"));
    let turned = bar(601.0, 602.0, 598.5, 599.0);
    let opinion = on(&[shapes, vec![turned]].concat(), 590.0).opinion("strat");
    assert_eq!(told(&opinion, "combination"), "1-2U-2D");
}

#[test]
fn a_target_may_be_reached_by_the_bar_that_triggers() {
    let (_, _, mut shapes) = combinations().remove(0);
    shapes[2] = bar(600.0, 603.0, 599.5, 602.5);
    let setup = triggered(&on(&shapes, 590.0));
    assert_eq!(
        (setup.bars_ago, setup.end),
        (0, Some(SetupEnd::TargetReached))
    );
}

#[test]
fn a_second_break_the_same_way_is_no_setup() {
    let ups = [
        bar(602.0, 605.0, 597.0, 604.0),
        bar(604.0, 606.0, 603.0, 605.5),
    ];
    let world = on(&ups, 590.0);
    assert_eq!(world.studies().strat.known().unwrap().setup, None);
    let opinion = world.opinion("strat");
    assert_eq!(Said::from(&opinion), said(Bullish, 0, "SKIP"));
    assert!(has(&opinion, "no_setup"), "{opinion:?}");
    assert_eq!(told(&opinion, "bars"), "2U-2U");
}

#[test]
fn continuity_may_conflict_or_go_the_other_way() {
    let (_, _, shapes) = combinations().remove(0);
    let conflict = on(&shapes, 610.0).opinion("strat");
    assert_eq!(Said::from(&conflict), said(Bullish, 0, "SKIP"));
    assert!(has(&conflict, "continuity_conflict"), "{conflict:?}");
    assert_eq!(told(&conflict, "continuity"), "conflict");

    let mut failing = shapes;
    failing[2] = bar(602.2, 602.5, 599.5, 600.0);
    let falling = [vec![bar(605.0, 605.5, 596.0, 598.0)], failing].concat();
    let candles = set("5", session(TODAY, &falling));
    let against = World::on(&candles, Some(&calm_days(TODAY, 610.0, 10.0)));
    assert!(against.studies().strat.known().unwrap().is_failed_break);
    let opinion = against.opinion("strat");
    assert_eq!(opinion.confidence.get(), 0, "{opinion:?}");
    assert!(has(&opinion, "against_continuity"), "{opinion:?}");
    assert_eq!(points(&opinion, "failed_break"), Some(-16));
    assert_eq!(points(&opinion, "continuity"), Some(-34));
}

#[test]
fn without_continuity_the_rest_counts() {
    let (_, _, shapes) = combinations().remove(0);
    let opinion = World::on(&after(&shapes), None).opinion("strat");
    assert_eq!(Said::from(&opinion), said(Bullish, 66, "ENTER"));
    assert_eq!(opinion.missing, ["continuity"]);
}

#[test]
fn too_few_bars_and_bars_that_don_t_move() {
    let one = set("5", session(TODAY, &[around(600.0)]));
    let why = World::on(&one, None).no_evidence("strat");
    assert_eq!(why, "the Strat takes two bars, and there is one");
    let level = set("5", session(TODAY, &[flat(600.0); 30]));
    let opinion = World::on(&level, Some(&calm_days(TODAY, 600.0, 0.0))).opinion("strat");
    assert_eq!(Said::from(&opinion), said(Neutral, 0, "SKIP"));
    assert_eq!(told(&opinion, "bars"), "1-1-1-1");
}

#[test]
fn a_gap_makes_the_first_bar_of_a_day_break_the_day_before() {
    let gap = [
        session(YESTERDAY, &[around(600.0); 78]),
        session(TODAY, &[around(610.0)]),
    ];
    let world = World::on(
        &set("5", gap.concat()),
        Some(&calm_days(TODAY, 600.0, 10.0)),
    );
    let opinion = world.opinion("strat");
    assert_eq!(told(&opinion, "bars"), "1-1-1-2U");
    // The inside bars of yesterday were broken, and the price is beyond them.
    assert_eq!(told(&opinion, "combination"), "1-1-2U");
    assert_eq!(points(&opinion, "in_force"), Some(15));
    // Today's first bar didn't move from its open.
    assert!(has(&opinion, "continuity_conflict"), "{opinion:?}");
}
