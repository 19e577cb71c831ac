//! The primary metric and its difference: by hand, and by laws.

use decisions::experiment::{Difference, EngineOutcome, Fate, Metric, Report};
use domain::{Engine, Experiment, Mode};
use proptest::prelude::*;

use crate::world::{
    World, assert_close, closed, day, declined, experiment, kept_away, morning, outcome, pairs,
    stopped,
};

fn primary(report: &Report) -> &Difference {
    &report.comparison.reading().unwrap().primary
}

/// A: 20 %, nothing, -10 % on two days; B: 30 %, nothing for want of room, -6 %, 16 %.
fn small_split() -> World {
    let mut world = World::of(stopped(Mode::Split));
    world.a(day(0), closed(2_000));
    world.a(day(0), declined());
    world.a(day(1), closed(-1_000));
    world.a(day(1), outcome(Fate::Open));
    world.b(day(0), closed(3_000));
    world.b(day(0), kept_away());
    world.b(day(1), closed(-600));
    world.b(day(1), closed(1_600));
    world.b(day(1), outcome(Fate::Pending));
    world
}

#[test]
fn a_split_is_what_a_hand_comes_to() {
    let report = small_split().report();
    let ours = primary(&report);
    // No entry is zero; what is open or pending isn't there.
    assert_eq!((ours.a.n, ours.b.n, ours.compared), (3, 4, [3, 4]));
    assert_close(ours.a.mean.unwrap(), 0.1 / 3.0);
    assert_close(ours.b.mean.unwrap(), 0.1);
    let difference = 0.1 - 0.1 / 3.0;
    assert_close(ours.estimate.unwrap(), difference);
    // Variances 7/300 and 0.0792/3, by n.
    let variance: f64 = 7.0 / 300.0 / 3.0 + 0.0792 / 3.0 / 4.0;
    let welch = ours.welch.known().unwrap();
    assert_close(welch.standard_error, variance.sqrt());
    assert_close(welch.t, difference / variance.sqrt());
    // Day one: B's 0.3 less two means, by four; A's 0.2 less two means, by three. Day two is its
    // opposite.
    let share = (0.3 - 0.2) / 4.0 - (0.2 - 0.2 / 3.0) / 3.0;
    let by_day = ours.by_day.known().unwrap();
    assert_close(
        by_day.standard_error,
        (2.0_f64 * 2.0 * share * share).sqrt(),
    );
    assert_close(by_day.df, 1.0);
    assert_eq!(ours.paired, None);
    // Two days aren't twenty.
    assert!(ours.sequential.figures.known().is_none());
}

#[test]
fn secondary_metrics_say_what_they_leave_out() {
    let report = small_split().report();
    let of = |metric| {
        let all = &report.comparison.reading().unwrap().secondary;
        all.iter().find(|one| one.metric == metric).unwrap()
    };
    for (metric, compared, a, b) in [
        (
            Metric::NetReturnWithoutCapacity,
            [3, 3],
            0.1 / 3.0,
            0.4 / 3.0,
        ),
        (Metric::NetUsdPerSignal, [3, 4], 10.0 / 3.0, 10.0),
        (Metric::NetUsdPerTrade, [2, 3], 5.0, 40.0 / 3.0),
        (Metric::WinRate, [2, 3], 0.5, 2.0 / 3.0),
        (Metric::EntryRate, [3, 4], 2.0 / 3.0, 0.75),
    ] {
        let ours = of(metric);
        assert_eq!(ours.compared, compared, "{metric:?}");
        assert_close(ours.a.unwrap(), a);
        assert_close(ours.b.unwrap(), b);
        assert!(ours.p_adjusted.unwrap() >= ours.by_day.known().unwrap().p);
    }
}

#[test]
fn pairs_are_what_a_hand_comes_to() {
    let mut world = World::of(stopped(Mode::Paired));
    world.pair(day(0), closed(1_000), closed(1_500));
    world.pair(day(0), declined(), closed(-500));
    world.pair(day(1), closed(-2_000), kept_away());
    world.pair(day(2), closed(400), outcome(Fate::Open));
    let report = world.report();
    let ours = primary(&report);
    // Differences 0.05, -0.05, 0.2; A's fourth signal has no twin yet.
    assert_eq!((ours.compared, ours.a.n, ours.b.n), ([3, 3], 4, 3));
    let mean = 0.2 / 3.0;
    assert_close(ours.estimate.unwrap(), mean);
    let paired = ours.paired.as_ref().unwrap().known().unwrap();
    // Squares 0.0025 + 0.0025 + 0.04 less 3 means squared, by two, by three.
    let variance = (0.045 - 3.0 * mean * mean) / 2.0 / 3.0;
    assert_close(paired.standard_error, variance.sqrt());
    assert_close(paired.df, 2.0);
    assert_close(paired.difference, mean);
    // By days: 0 less two means, and 0.2 less one, by three.
    let by_day = ours.by_day.known().unwrap();
    let shares = (2.0 * mean / 3.0, (0.2 - mean) / 3.0);
    let variance = 2.0 * (shares.0 * shares.0 + shares.1 * shares.1);
    assert_close(by_day.standard_error, variance.sqrt());
    assert!(ours.welch.known().is_some());
}

#[test]
fn the_sequential_test_stops_before_the_first_day_that_isn_t_complete() {
    let wavy = |number: usize| {
        let wave = i64::try_from(number % 7).unwrap() * 100;
        [(0, wave - 250), (100, 150)]
    };
    let mut world = pairs(30, wavy);
    let days = |world: &World| {
        let report = world.report();
        let sequential = &primary(&report).sequential;
        (
            sequential.days,
            sequential.waits_for,
            sequential.figures.known().is_some(),
        )
    };
    assert_eq!(days(&world), (30, None, true));
    let hold = |world: &mut World, place: usize, fate| {
        let by_engine = &mut world.observed.signals[place].by_engine;
        by_engine.insert(Engine::A, outcome(fate));
    };
    hold(&mut world, 50, Fate::Open);
    assert_eq!(days(&world), (25, Some(day(25)), true));
    hold(&mut world, 3, Fate::Pending);
    assert_eq!(days(&world), (1, Some(day(1)), false));
    // While the experiment runs, today isn't over.
    let mut world = pairs(30, wavy);
    world.observed.experiment = Some(experiment(Mode::Paired));
    world.observed.observed_at = morning(day(29));
    assert_eq!(days(&world), (29, Some(day(29)), true));
}

#[test]
fn a_look_at_a_day_later_doesn_t_change_what_it_said() {
    let wavy = |number: usize| {
        let wave = i64::try_from(number * number % 11).unwrap() * 100;
        [(0, wave - 300), (100, 250 - wave)]
    };
    let mut last = 1.0;
    for days in 20..60 {
        let report = pairs(days, wavy).report();
        let p = primary(&report).sequential.figures.known().unwrap().p;
        assert!(p <= last, "after {days} days");
        last = p;
    }
}

#[test]
fn outside_an_experiment_no_sequential_test_is_made_up() {
    let mut world = World::with(None);
    for number in 0..30 {
        world.a(day(number), closed(100));
        world.b(day(number), closed(200));
    }
    let report = world.report();
    assert!(primary(&report).sequential.figures.known().is_none());
    assert!(primary(&report).estimate.is_some());
}

#[test]
fn the_same_seed_makes_the_same_report_and_another_one_doesn_t() {
    let world = pairs(25, |number| {
        let wave = i64::try_from(number * 37 % 100).unwrap();
        [(wave, 40), (-wave, 2 * wave)]
    });
    let of = |seed| {
        let options = decisions::experiment::ReportOptions::new(seed, 500, 0.95).unwrap();
        decisions::experiment::report(&world.observed, &options)
    };
    assert_eq!(of(1), of(1));
    assert_ne!(primary(&of(1)).bootstrap, primary(&of(2)).bootstrap);
    for (replicates, confidence) in [(99, 0.95), (1_000_001, 0.95), (500, 1.0), (500, f64::NAN)] {
        let options = decisions::experiment::ReportOptions::new(1, replicates, confidence);
        assert!(options.is_err());
    }
}

fn any_outcome() -> impl Strategy<Value = EngineOutcome> {
    prop_oneof![
        6 => (-9_000_i64..20_000).prop_map(closed),
        2 => Just(declined()),
        1 => Just(kept_away()),
        1 => Just(outcome(Fate::Open)),
        1 => Just(outcome(Fate::Pending)),
    ]
}

/// Pairs on up to thirty days.
fn any_pairs() -> impl Strategy<Value = Vec<(usize, EngineOutcome, EngineOutcome)>> {
    prop::collection::vec((0_usize..30, any_outcome(), any_outcome()), 0..60)
}

fn paired(of: &[(usize, EngineOutcome, EngineOutcome)]) -> World {
    let mut world = World::of(stopped(Mode::Paired));
    for (number, a, b) in of {
        world.pair(day(*number), a.clone(), b.clone());
    }
    world
}

fn swapped(of: &[(usize, EngineOutcome, EngineOutcome)]) -> World {
    let swap =
        |(number, a, b): &(usize, EngineOutcome, EngineOutcome)| (*number, b.clone(), a.clone());
    paired(&of.iter().map(swap).collect::<Vec<_>>())
}

fn opposite(ours: Option<f64>, theirs: Option<f64>) -> bool {
    match ours.zip(theirs) {
        Some((one, other)) => (one + other).abs() < 1e-9,
        None => ours == theirs,
    }
}

proptest! {
    #[test]
    fn engines_that_change_places_change_the_sign(of in any_pairs()) {
        let (ours, theirs) = (paired(&of).report(), swapped(&of).report());
        let (ours, theirs) = (primary(&ours), primary(&theirs));
        prop_assert!(opposite(ours.estimate, theirs.estimate));
        let t = |it: &Difference| it.welch.known().map(|test| test.difference);
        prop_assert!(opposite(t(ours), t(theirs)));
        let t = |it: &Difference| it.by_day.known().map(|test| test.difference);
        prop_assert!(opposite(t(ours), t(theirs)));
        let (one, other) = (ours.bootstrap.known(), theirs.bootstrap.known());
        prop_assert!(opposite(one.map(|it| it.difference), other.map(|it| it.difference)));
        let p = |it: &Difference| it.sequential.figures.known().map(|it| it.p);
        prop_assert_eq!(p(ours).is_some(), p(theirs).is_some());
        if let Some((one, other)) = p(ours).zip(p(theirs)) {
            prop_assert!((one - other).abs() < 1e-6);
        }
    }

    #[test]
    fn a_signal_that_neither_enters_brings_the_means_nearer_to_zero(of in any_pairs(), number in 0_usize..30) {
        let before = paired(&of).report();
        let mut world = paired(&of);
        world.pair(day(number), declined(), declined());
        let after = world.report();
        let (before, after) = (primary(&before), primary(&after));
        prop_assert_eq!(after.fewest(), before.fewest() + 1);
        let n = f64::from(u32::try_from(before.fewest()).unwrap());
        let due = before.estimate.map_or(0.0, |it| it * n / (n + 1.0));
        prop_assert!((after.estimate.unwrap() - due).abs() < 1e-12);
        prop_assert_eq!(after.a.n, before.a.n + 1);
    }

    #[test]
    fn the_order_in_which_signals_are_given_doesn_t_matter(of in any_pairs(), seed: u64) {
        let world = paired(&of);
        let mut shuffled = World::of(stopped(Mode::Paired));
        shuffled.observed = world.observed.clone();
        fastrand::Rng::with_seed(seed).shuffle(&mut shuffled.observed.signals);
        prop_assert_eq!(world.report(), shuffled.report());
    }

    #[test]
    fn the_order_within_a_day_doesn_t_matter_for_a_sample_of_fixed_size(of in any_pairs(), seed: u64) {
        let world = paired(&of);
        let mut shuffled = of.clone();
        // The same signals by day, received in another order.
        fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
        let (ours, theirs) = (world.report(), paired(&shuffled).report());
        let (ours, theirs) = (primary(&ours), primary(&theirs));
        prop_assert_eq!(ours.compared, theirs.compared);
        let error = |it: &Difference| it.by_day.known().map_or(0.0, |test| test.standard_error);
        prop_assert!((error(ours) - error(theirs)).abs() < 1e-9);
        let low = |it: &Difference| it.welch.known().map_or(0.0, |test| test.interval.low);
        prop_assert!((low(ours) - low(theirs)).abs() < 1e-9);
    }

    #[test]
    fn a_return_is_the_same_whatever_the_size(of in prop::collection::vec((-9_000_i64..20_000, -9_000_i64..20_000), 2..20)) {
        let times = |scale: i64| {
            let mut world = World::of(Experiment { ..stopped(Mode::Paired) });
            for (number, (a, b)) in of.iter().enumerate() {
                let bigger = |cents: i64| {
                    let small = crate::world::trade(cents);
                    outcome(Fate::Closed(decisions::experiment::ClosedTrade {
                        premium_usd: domain::Usd::dollars(100 * scale),
                        net_usd: domain::Usd::cents(cents * scale),
                        ..small
                    }))
                };
                world.pair(day(number), bigger(*a), bigger(*b));
            }
            world.report()
        };
        let (small, large) = (times(1), times(7));
        prop_assert_eq!(primary(&small), primary(&large));
    }
}
