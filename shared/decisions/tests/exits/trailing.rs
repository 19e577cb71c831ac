//! The trailing stop: when it holds, and at which price it closes.
#![cfg(test)]

use domain::{ExitReason, ExitRule, Percent};

use crate::common::sides;
use crate::world::World;

/// After a peak, at a price; the target is far away.
fn after(peak_cents: u32, cents: u32) -> World {
    let mut world = World::quiet()
        .remembering(200, peak_cents)
        .marked(sides(cents, cents));
    world.rules.trailing_stop_enabled = true;
    world.rules.profit_target_percent = Percent::whole(1_000);
    world
}

#[test]
fn it_closes_once_armed_when_a_fifth_of_the_peak_is_given_back() {
    for (peak, cents, expected) in [
        // The peak's gain is just below 30 %, or at it.
        (259, 150, false),
        (260, 209, false),
        (260, 208, true),
        (260, 207, true),
        (400, 321, false),
        (400, 320, true),
        (400, 319, true),
        // It has never been above the entry.
        (200, 150, false),
    ] {
        let world = after(peak, cents);
        let reason = expected.then_some(ExitReason::TrailingStop);
        assert_eq!(world.reason(), reason, "{cents} after {peak}");
    }
}

#[test]
fn the_peak_is_that_of_this_pass_too() {
    let risen = after(210, 260);
    assert!(!risen.fires(ExitRule::TrailingStop));
    let fallen = risen.after(60, sides(208, 208));
    assert_eq!(fallen.reason(), Some(ExitReason::TrailingStop));
    let reading = fallen.reading(ExitRule::TrailingStop);
    assert_eq!(reading.reading, "2.08, after a peak of 2.60");
    assert_eq!(reading.limit, "above 2.08");
}

#[test]
fn it_is_never_below_break_even_once_half_was_gained() {
    let generous = |peak, cents| {
        let mut world = after(peak, cents);
        world.rules.trailing_give_back_percent = Percent::whole(90);
        world
    };
    for (peak, cents, expected) in [
        (299, 200, false),
        (299, 150, false),
        (300, 201, false),
        (300, 200, true),
        (300, 199, true),
        (3_000, 301, false),
        (3_000, 300, true),
    ] {
        let fired = generous(peak, cents).fires(ExitRule::TrailingStop);
        assert_eq!(fired, expected, "{cents} after {peak}");
    }
}

#[test]
fn break_even_holds_by_itself_where_trailing_is_armed_later() {
    let late = |peak, cents| {
        let mut world = after(peak, cents);
        world.rules.trailing_arm_percent = Percent::whole(100);
        world.rules.trailing_break_even_percent = Percent::whole(20);
        world.fires(ExitRule::TrailingStop)
    };
    for (peak, cents, expected) in [
        (239, 200, false),
        (240, 201, false),
        (240, 200, true),
        (400, 321, false),
        (400, 320, true),
    ] {
        assert_eq!(late(peak, cents), expected, "{cents} after {peak}");
    }
}

#[test]
fn it_is_off_unless_it_is_switched_on_and_says_what_it_would_do() {
    let mut world = after(260, 150);
    world.rules.trailing_stop_enabled = false;
    let reading = world.reading(ExitRule::TrailingStop);
    assert!(!reading.fires);
    assert_eq!(reading.limit, "observed only: above 2.08");
    assert_eq!(world.reason(), None);
}

#[test]
fn it_needs_a_fresh_price() {
    let mut world = after(400, 150);
    world.now += chrono::TimeDelta::seconds(60);
    let reading = world.reading(ExitRule::TrailingStop);
    assert!(!reading.fires);
    assert_eq!(reading.reading, "no fresh price: the mark is 61 s old");
    assert_eq!(reading.limit, "above 3.20");
}
