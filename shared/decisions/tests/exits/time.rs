//! Time held, and days to the contract's end.

use chrono::TimeDelta;
use decisions::exits::{Trigger, due};
use domain::ExitReason;

use crate::common::{mark, sides};
use crate::world::{CONTRACT, World};

#[test]
fn time_held_counts_to_the_second() {
    for (now, expected) in [
        ("2026-06-29T14:15:03.999Z", None),
        ("2026-06-29T14:15:04Z", Some(ExitReason::MaxHoldTime)),
        ("2026-06-30T14:15:04Z", Some(ExitReason::MaxHoldTime)),
    ] {
        assert_eq!(World::quiet().at(now).reason(), expected, "{now}");
    }
}

#[test]
fn contracts_near_their_end_are_closed_in_the_last_half_hour() {
    let (early, monday) = ("SPY261224C00600000", "SPY260629C00600000");
    for (contract, now, is_due) in [
        // The day before: from 15:30 Eastern time.
        (CONTRACT, "2026-07-01T19:29:59Z", false),
        (CONTRACT, "2026-07-01T19:30:00Z", true),
        (CONTRACT, "2026-07-01T19:59:59Z", true),
        // Two days before: not at all.
        (CONTRACT, "2026-06-30T19:45:00Z", false),
        // The last day, if it was missed.
        (CONTRACT, "2026-07-02T14:00:00Z", false),
        (CONTRACT, "2026-07-02T19:30:00Z", true),
        // Christmas is a Friday, so this one ends on the early close of the day before.
        (early, "2026-12-23T20:29:59Z", false),
        (early, "2026-12-23T20:30:00Z", true),
        (early, "2026-12-24T17:29:59Z", false),
        (early, "2026-12-24T17:30:00Z", true),
        // Over a weekend three days are left on Friday; a simulated market may be open on Sunday.
        (monday, "2026-06-26T19:45:00Z", false),
        (monday, "2026-06-27T19:45:00Z", false),
        (monday, "2026-06-28T19:29:59Z", false),
        (monday, "2026-06-28T19:30:00Z", true),
        (monday, "2026-06-29T19:30:00Z", true),
    ] {
        let world = World::quiet().without_max_hold();
        let mut world = world.holding(contract).at(now);
        world.position.opened_at = world.now - TimeDelta::hours(1);
        let expected = is_due.then_some(ExitReason::MinDteExit);
        assert_eq!(world.reason(), expected, "{contract} at {now}");
    }
}

#[test]
fn days_to_expiration_are_counted_from_midnight_in_new_york() {
    for (now, days) in [
        ("2026-07-01T03:59:59Z", "2 days left"),
        ("2026-07-01T04:00:00Z", "1 days left"),
        ("2026-07-02T03:59:59Z", "1 days left"),
        ("2026-07-02T04:00:00Z", "0 days left"),
    ] {
        let world = World::quiet().at(now);
        assert_eq!(world.reading(ExitReason::MinDteExit).reading, days, "{now}");
    }
}

#[test]
fn rules_of_time_need_no_mark() {
    let stale = |world: World| {
        let at = world.now - TimeDelta::minutes(5);
        let mark = mark(&world.position, sides(90, 90), at);
        World {
            mark: Some(mark),
            ..world
        }
    };
    let absent = |world| World {
        mark: None,
        ..world
    };
    for (world, reason) in [
        (
            World::quiet().at("2026-07-01T19:30:00Z"),
            ExitReason::MinDteExit,
        ),
        (
            World::quiet().at("2026-06-30T14:15:04Z"),
            ExitReason::MaxHoldTime,
        ),
        (World::quiet().asked_to_close(), ExitReason::ExitAlert),
    ] {
        let world = stale(world);
        let expected = Some(Trigger {
            reason,
            price: None,
        });
        assert_eq!(due(&world.circumstances()), expected);
        assert_eq!(due(&absent(world).circumstances()), expected);
    }
}
