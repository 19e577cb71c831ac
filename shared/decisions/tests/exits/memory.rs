//! What is remembered from one pass to the next.
#![cfg(test)]

use chrono::TimeDelta;
use domain::{ExitRule, Price, Watch};

use crate::common::sides;
use crate::world::World;

const LOW: f64 = 0.1;
const FINE: f64 = 0.5;

/// A pass at which the mark has this delta.
fn pass(world: World, delta: f64) -> (World, bool) {
    let world = world.with_greeks(|it| it.greeks.delta = delta);
    let fired = world.fires(ExitRule::DeltaDrop);
    (world, fired)
}

fn count(watch: Option<&Watch>) -> u32 {
    let confirmations = watch.map(|watch| &watch.confirmations);
    let of_rule = confirmations.and_then(|all| all.get(&ExitRule::DeltaDrop));
    of_rule.map_or(0, |confirmation| confirmation.count)
}

#[test]
fn nothing_is_remembered_before_the_first_price() {
    let mut world = World::quiet();
    world.mark = None;
    assert_eq!(world.evaluate().watch, None);
    let world = world.marked(sides(180, 190));
    let watch = world.evaluate().watch.unwrap();
    assert_eq!(
        (watch.peak, watch.trough),
        (Price::cents(185), Price::cents(185))
    );
    assert_eq!(watch.seen_at, world.now - TimeDelta::seconds(1));
    assert_eq!(
        (watch.signal_id, watch.engine),
        (world.position.signal_id, world.position.engine)
    );
    assert!(watch.confirmations.is_empty());
}

#[test]
fn peak_and_trough_follow_the_price_outwards() {
    let mut world = World::quiet();
    for (cents, trough, peak) in [
        (200, 200, 200),
        (250, 200, 250),
        (180, 180, 250),
        (240, 180, 250),
        (251, 180, 251),
        (179, 179, 251),
    ] {
        world = world.after(60, sides(cents, cents));
        let watch = world.evaluate().watch.unwrap();
        let extremes = (watch.trough, watch.peak);
        assert_eq!(
            extremes,
            (Price::cents(trough), Price::cents(peak)),
            "{cents}"
        );
    }
}

#[test]
fn what_is_no_fresh_price_changes_nothing() {
    let world = World::quiet().confirmed(ExitRule::DeltaDrop, 1);
    let now = world.now;
    for (quoted, at) in [
        (sides(900, 900), now - TimeDelta::seconds(61)),
        (sides(900, 900), now + TimeDelta::seconds(61)),
        (sides(910, 900), now),
        (sides(900, 0), now),
    ] {
        let world = world.clone().marked_at(quoted, at);
        assert_eq!(world.evaluate().watch, world.watch, "{quoted:?} at {at}");
    }
}

#[test]
fn an_older_price_than_one_already_seen_changes_nothing() {
    for delta in [LOW, FINE] {
        let mut world = World::quiet().confirmed(ExitRule::DeltaDrop, 1);
        let seen_at = world.now - TimeDelta::seconds(10);
        world.watch.as_mut().unwrap().seen_at = seen_at;
        let older = world.marked_at(sides(250, 250), seen_at - TimeDelta::milliseconds(1));
        let older = older.with_greeks(|it| it.greeks.delta = delta);
        assert_eq!(older.evaluate().watch, older.watch);
        assert!(!older.fires(ExitRule::DeltaDrop));
    }
}

#[test]
fn readings_in_a_row_count_when_they_lie_far_enough_apart() {
    // Each pass: seconds after the one before, the delta, the count after it, whether it fires.
    for passes in [
        vec![(60, LOW, 1, false), (60, LOW, 2, true), (60, LOW, 3, true)],
        vec![(60, LOW, 1, false), (30, LOW, 2, true)],
        vec![(60, LOW, 1, false), (29, LOW, 1, false), (1, LOW, 2, true)],
        // A reading that is fine ends the row, also one that comes soon.
        vec![
            (60, LOW, 1, false),
            (60, FINE, 0, false),
            (60, LOW, 1, false),
        ],
        vec![
            (60, LOW, 1, false),
            (1, FINE, 0, false),
            (29, LOW, 1, false),
        ],
        // One that is too soon to count fires all the same, once there are enough.
        vec![(60, LOW, 1, false), (60, LOW, 2, true), (5, LOW, 2, true)],
    ] {
        let mut world = World::quiet();
        for (number, (seconds, delta, expected, fires)) in passes.iter().copied().enumerate() {
            let next = world.after(seconds, sides(200, 200));
            let (read, fired) = pass(next, delta);
            let counted = count(read.evaluate().watch.as_ref());
            assert_eq!(
                (counted, fired),
                (expected, fires),
                "{passes:?} at {number}"
            );
            world = read;
        }
    }
}

#[test]
fn the_gap_is_a_setting() {
    for (gap_s, seconds, expected) in [(1, 1, true), (60, 59, false), (60, 60, true)] {
        let mut world = World::quiet();
        world.rules.exit_confirmation_gap_s = gap_s;
        let (first, _) = pass(world, LOW);
        let (_, fired) = pass(first.after(seconds, sides(200, 200)), LOW);
        assert_eq!(fired, expected, "{seconds} of {gap_s} s");
    }
}

#[test]
fn the_same_price_never_counts_twice() {
    for gap_s in [0, 1, 30] {
        let (mut world, _) = pass(World::quiet(), LOW);
        world.rules.exit_confirmation_gap_s = gap_s;
        for _ in 0..5 {
            let evaluation = world.evaluate();
            assert_eq!(count(evaluation.watch.as_ref()), 1);
            assert_eq!(evaluation.trigger, None);
            world.watch = evaluation.watch;
            world.now += TimeDelta::seconds(10);
        }
    }
}

#[test]
fn a_stale_mark_between_two_readings_leaves_the_row_alone() {
    let (first, _) = pass(World::quiet(), LOW);
    let mut stale = first.clone();
    stale.watch = first.evaluate().watch;
    stale.now += TimeDelta::minutes(5);
    assert!(!stale.fires(ExitRule::DeltaDrop));
    let (_, fired) = pass(stale.after(1, sides(200, 200)), LOW);
    assert!(fired);
}
