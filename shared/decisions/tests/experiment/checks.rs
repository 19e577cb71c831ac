//! A comparison whose signals aren't where they should be is withheld.

use decisions::experiment::{Comparison, Exposure, SampleRatioCheck, ViolationKind, Withholding};
use domain::experiment::RoutingRules;
use domain::{Engine, Mode, Routed};
use proptest::prelude::*;

use crate::world::{World, closed, day, declined, experiment, pairs, stopped};

fn kinds(exposure: &Exposure) -> Vec<(ViolationKind, usize)> {
    let each = exposure.violations.iter();
    each.map(|one| (one.kind, one.signals)).collect()
}

/// Six signals of each engine, all well.
fn split() -> World {
    let mut world = World::of(experiment(Mode::Split));
    for number in 0..6 {
        world.a(day(number), closed(500));
        world.b(day(number), declined());
    }
    world
}

/// What is done to a signal, and what the check should call it.
type Harm = (&'static str, fn(&mut World), ViolationKind);

const HARMS: [Harm; 9] = [
    (
        "a bucket that isn't its hash's",
        |world| {
            let routed = world.observed.signals[3].routed.as_mut().unwrap();
            routed.bucket = (routed.bucket + 1) % 100;
        },
        ViolationKind::WrongBucket,
    ),
    (
        "no note",
        |world| world.observed.signals[3].routed = None,
        ViolationKind::NotRouted,
    ),
    (
        "another experiment",
        |world| {
            let signal = &mut world.observed.signals[3];
            let other = domain::Experiment {
                experiment_id: "other".parse().unwrap(),
                ..experiment(Mode::Split)
            };
            signal.routed = Some(Routed::of(
                &signal.signal_hash,
                Some(&other),
                &RoutingRules::default(),
            ));
        },
        ViolationKind::OtherExperiment,
    ),
    (
        "no experiment",
        |world| {
            world.observed.signals[3]
                .routed
                .as_mut()
                .unwrap()
                .experiment_id = None;
        },
        ViolationKind::OtherExperiment,
    ),
    (
        "another share",
        |world| {
            world.observed.signals[3]
                .routed
                .as_mut()
                .unwrap()
                .split_percentage = 51;
        },
        ViolationKind::OtherRules,
    ),
    (
        "another mode",
        |world| world.observed.signals[3].routed.as_mut().unwrap().mode = Mode::Paired,
        ViolationKind::OtherRules,
    ),
    (
        "both engines",
        |world| {
            let by_engine = &mut world.observed.signals[2].by_engine;
            by_engine.insert(Engine::B, declined());
        },
        ViolationKind::UnexpectedEngine,
    ),
    (
        "no engine",
        |world| world.observed.signals[3].by_engine.clear(),
        ViolationKind::MissingEngine,
    ),
    (
        "counted twice",
        |world| {
            let again = world.observed.signals[3].clone();
            world.observed.signals.push(again);
        },
        ViolationKind::CountedTwice,
    ),
];

#[test]
fn signals_that_went_where_they_should_pass() {
    let report = split().report();
    assert_eq!(kinds(&report.checks.exposure), []);
    assert_eq!(report.checks.exposure.checked, 12);
    assert!(report.checks.are_passed());
    assert!(report.comparison.reading().is_some());
}

#[test]
fn one_signal_astray_withholds_everything() {
    for (what, harm, kind) in HARMS {
        let mut world = split();
        harm(&mut world);
        let report = world.report();
        let found = kinds(&report.checks.exposure);
        assert!(found.contains(&(kind, 1)), "{what}: {found:?}");
        assert!(
            matches!(&report.comparison, Comparison::Withheld { why } if !why.is_empty()),
            "{what}"
        );
    }
}

/// Neither the comparison nor what it could be worked out from is anywhere in a withheld report.
#[test]
fn what_is_withheld_can_t_be_worked_out() {
    let mut world = split();
    world.observed.signals[3].routed = None;
    let json = serde_json::to_string(&world.report()).unwrap();
    for word in [
        "net_return",
        "net_usd",
        "difference",
        "expectancy",
        "win_rate",
        "drawdown",
    ] {
        assert!(!json.contains(word), "{word} in {json}");
    }
    let text = world.report().text();
    assert!(
        text.contains("VERDICT: withheld") && !text.contains("profit factor"),
        "{text}"
    );
}

#[test]
fn a_pair_with_one_side_missing_is_withheld() {
    let mut world = pairs(4, |_| [(100, 200), (300, -100)]);
    world.observed.signals[5].by_engine.remove(&Engine::B);
    let report = world.report();
    let id = world.observed.signals[5].signal_id;
    let Comparison::Withheld { why } = &report.comparison else {
        panic!("{report:?}");
    };
    let [Withholding::Exposure(violation)] = &why[..] else {
        panic!("{why:?}");
    };
    assert_eq!(violation.kind, ViolationKind::MissingEngine);
    assert_eq!(violation.examples, [id]);
}

#[test]
fn a_stopped_experiment_s_signals_keep_their_buckets() {
    let mut world = split();
    world.observed.experiment = Some(stopped(Mode::Split));
    assert!(world.report().checks.are_passed());
}

#[test]
fn counts_that_are_off_withhold_the_comparison() {
    // (signals of A, signals of B, A's share, whether that is alarming): by chi-square where five
    // are expected of each, and below by the exact test.
    for (a, b, percent, is_mismatch) in [
        (40, 40, 50, false),
        (60, 20, 50, true),
        (11, 0, 50, true),
        (10, 0, 50, false),
        (9, 0, 50, false),
        (70, 0, 80, true),
        (18, 4, 80, false),
        (12, 8, 80, false),
        (9, 11, 80, true),
    ] {
        let mut world = World::of(domain::Experiment {
            split_percentage: percent,
            ..experiment(Mode::Split)
        });
        (0..a).for_each(|number| world.a(day(number % 20), declined()));
        (0..b).for_each(|number| world.b(day(number % 20), declined()));
        let report = world.report();
        let what = format!("{a} and {b} at {percent} %: {:?}", report.checks);
        assert_eq!(
            report.checks.sample_ratio.is_mismatch(),
            Some(is_mismatch),
            "{what}"
        );
        let is_withheld = report.comparison.reading().is_none();
        assert_eq!(is_withheld, is_mismatch, "{what}");
    }
}

#[test]
fn where_there_is_no_ratio_none_is_checked() {
    let not_applicable = |world: &World| {
        let check = world.report().checks.sample_ratio;
        assert!(
            matches!(check, SampleRatioCheck::NotApplicable { .. }),
            "{check:?}"
        );
    };
    not_applicable(&pairs(3, |_| [(1, 2), (3, 4)]));
    not_applicable(&World::of(experiment(Mode::Split)));
    let mut all_a = World::of(domain::Experiment {
        split_percentage: 100,
        ..experiment(Mode::Split)
    });
    all_a.a(day(0), closed(1));
    not_applicable(&all_a);
    assert!(all_a.report().comparison.reading().is_some());
}

#[test]
fn signals_outside_an_experiment_are_held_to_their_own_note() {
    let mut world = World::with(None);
    world.a(day(0), closed(10));
    world.b(day(0), closed(20));
    assert!(world.report().checks.are_passed());
    // Before routing was noted, everything went to A.
    world.observed.signals[0].routed = None;
    let checks = world.report().checks;
    assert_eq!((checks.exposure.checked, checks.exposure.unchecked), (1, 1));
    assert!(checks.are_passed());
    world.observed.signals[1].routed.as_mut().unwrap().bucket = 0;
    assert!(!world.report().checks.are_passed());
}

proptest! {
    #[test]
    fn any_wrong_bucket_withholds(place in 0_usize..12, off in 1_u8..100) {
        let mut world = split();
        let routed = world.observed.signals[place].routed.as_mut().unwrap();
        routed.bucket = (routed.bucket + off) % 100;
        let report = world.report();
        prop_assert_eq!(kinds(&report.checks.exposure), [(ViolationKind::WrongBucket, 1)]);
        prop_assert!(report.comparison.reading().is_none());
    }
}
