//! Time held, and days to the contract's end.
#![cfg(test)]

use chrono::TimeDelta;
use decisions::exits::Trigger;
use domain::{ExitReason, ExitRule};

use crate::common::sides;
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
        assert_eq!(world.reading(ExitRule::MinDte).reading, days, "{now}");
    }
}

#[test]
fn rules_of_time_follow_the_settings() {
    use ExitReason::{MaxHoldTime, MinDteExit};
    let lifted = |min_dte_exit, max_hold_hours| {
        let mut world = World::quiet().at("2026-07-02T19:30:00Z");
        world.rules.min_dte_exit = min_dte_exit;
        world.rules.max_hold_hours = max_hold_hours;
        world
    };
    for (min_dte_exit, max_hold_hours, now, expected) in [
        // None left at all: only on the last day.
        (0, 2_400, "2026-07-01T19:59:59Z", None),
        (0, 2_400, "2026-07-02T19:29:59Z", None),
        (0, 2_400, "2026-07-02T19:30:00Z", Some(MinDteExit)),
        (60, 2_400, "2026-06-24T19:29:59Z", None),
        (60, 2_400, "2026-06-24T19:30:00Z", Some(MinDteExit)),
        (0, 1, "2026-06-24T15:15:03Z", None),
        (0, 1, "2026-06-24T15:15:04Z", Some(MaxHoldTime)),
        (0, u32::MAX, "2026-07-02T14:00:00Z", None),
    ] {
        let world = lifted(min_dte_exit, max_hold_hours).at(now);
        assert_eq!(world.reason(), expected, "{min_dte_exit} at {now}");
    }
}

#[test]
fn rules_of_time_need_no_mark() {
    for (world, rule, reason) in [
        (
            World::quiet().at("2026-07-01T19:30:00Z"),
            ExitRule::MinDte,
            ExitReason::MinDteExit,
        ),
        (
            World::quiet().at("2026-06-30T14:15:04Z"),
            ExitRule::MaxHold,
            ExitReason::MaxHoldTime,
        ),
        (
            World::quiet().asked_to_close(),
            ExitRule::Requested,
            ExitReason::ExitAlert,
        ),
    ] {
        let price = None;
        let expected = Some(Trigger {
            rule,
            reason,
            price,
        });
        let at = world.now - TimeDelta::minutes(5);
        let stale = world.marked_at(sides(90, 90), at);
        assert_eq!(stale.trigger(), expected);
        let absent = World {
            mark: None,
            ..without_price_gone(stale)
        };
        assert_eq!(absent.trigger(), expected);
    }
}

fn without_price_gone(mut world: World) -> World {
    world.rules.price_gone_minutes = 390;
    world
}
