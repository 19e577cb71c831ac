//! Positions of which no price could be had for too long.
#![cfg(test)]

use chrono::{DateTime, TimeDelta, Utc};
use domain::quote::BidAsk;
use domain::{ExitReason, ExitRule};

use crate::common::{sides, utc};
use crate::world::World;

/// Opened at 10:15:04 Eastern time on a Wednesday, without a price ever.
fn unpriced(now: &str) -> World {
    let mut world = World::quiet().without_max_hold();
    world.now = utc(now);
    world.mark = None;
    world
}

fn last_priced(world: World, at: &str) -> World {
    world.marked_at(sides(195, 205), utc(at))
}

#[test]
fn silence_counts_from_the_latest_of_price_entry_and_open() {
    for (case, world, expected) in [
        ("entry", unpriced("2026-06-24T14:45:03.999Z"), false),
        ("entry", unpriced("2026-06-24T14:45:04Z"), true),
        ("entry", unpriced("2026-06-24T14:45:05Z"), true),
        // The next day's session opens at 13:30 UTC.
        ("open", unpriced("2026-06-25T13:59:59.999Z"), false),
        ("open", unpriced("2026-06-25T14:00:00Z"), true),
        (
            "price of the day before",
            last_priced(unpriced("2026-06-25T13:59:59Z"), "2026-06-24T19:59:00Z"),
            false,
        ),
        (
            "price",
            last_priced(unpriced("2026-06-24T15:29:59.999Z"), "2026-06-24T15:00:00Z"),
            false,
        ),
        (
            "price",
            last_priced(unpriced("2026-06-24T15:30:00Z"), "2026-06-24T15:00:00Z"),
            true,
        ),
        // A simulated market is open on Saturdays: there is no session to count from.
        ("weekend", unpriced("2026-06-27T15:00:00Z"), true),
        (
            "weekend",
            last_priced(unpriced("2026-06-27T15:00:00Z"), "2026-06-27T14:30:01Z"),
            false,
        ),
        (
            "weekend",
            last_priced(unpriced("2026-06-27T15:00:00Z"), "2026-06-27T14:30:00Z"),
            true,
        ),
        // And at night.
        (
            "night",
            last_priced(unpriced("2026-06-25T02:00:00Z"), "2026-06-25T01:30:01Z"),
            false,
        ),
    ] {
        let fired = world.fires(ExitRule::PriceGone);
        assert_eq!(fired, expected, "{case} at {}", world.now);
        let reason = expected.then_some(ExitReason::PriceGone);
        assert_eq!(world.reason(), reason, "{case} at {}", world.now);
    }
}

#[test]
fn a_quote_that_is_no_price_does_not_break_the_silence() {
    for (quoted, expected) in [
        (sides(195, 205), false),
        (sides(0, 5), false),
        (sides(205, 195), true),
        (sides(195, 0), true),
        (sides(0, 0), true),
    ] {
        let world = unpriced("2026-06-24T14:45:04Z").marked(quoted);
        assert_eq!(world.fires(ExitRule::PriceGone), expected, "{quoted:?}");
    }
}

/// Crossed now, after a price that the memory has seen.
fn remembered(seen_at: DateTime<Utc>) -> World {
    let crossed: BidAsk = sides(205, 195);
    let mut world = unpriced("2026-06-24T15:30:00Z").remembering(200, 200);
    world.watch.as_mut().unwrap().seen_at = seen_at;
    world.marked(crossed)
}

#[test]
fn a_price_that_was_seen_counts_though_the_mark_has_become_none() {
    let now = utc("2026-06-24T15:30:00Z");
    for (minutes, expected) in [(29, false), (30, true), (31, true)] {
        let world = remembered(now - TimeDelta::minutes(minutes));
        assert_eq!(world.fires(ExitRule::PriceGone), expected, "{minutes} min");
    }
    // A time that can't be is no price.
    assert!(remembered(now + TimeDelta::minutes(2)).fires(ExitRule::PriceGone));
}

#[test]
fn the_limit_is_a_setting_and_the_reading_says_how_long_it_was() {
    for (limit, expected) in [(2, true), (44, true), (45, true), (46, false), (390, false)] {
        let mut world = unpriced("2026-06-24T15:00:04Z");
        world.rules.price_gone_minutes = limit;
        let reading = world.reading(ExitRule::PriceGone);
        assert_eq!(reading.fires, expected, "{limit}");
        assert_eq!(reading.reading, "none for 45 min; no fresh price: no mark");
        assert_eq!(reading.limit, format!("under {limit} min of a session"));
    }
}
