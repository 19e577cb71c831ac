//! The stop and the target, on marks that can be trusted.
#![cfg(test)]

use chrono::TimeDelta;
use domain::{ExitReason, ExitRule, Percent};
use rust_decimal::Decimal;

use crate::common::sides;
use crate::world::World;

#[test]
fn price_rules_trigger_on_the_mid_at_their_limit() {
    use ExitReason::{ProfitTarget, StopLoss};
    for (bid, ask, expected) in [
        (195, 205, None),
        (101, 101, None),
        (100, 101, None),
        (100, 100, Some(StopLoss)),
        (95, 105, Some(StopLoss)),
        (1, 2, Some(StopLoss)),
        // Nobody bids, but the ask is known: nearly worthless.
        (0, 5, Some(StopLoss)),
        (299, 300, None),
        (300, 300, Some(ProfitTarget)),
        (290, 310, Some(ProfitTarget)),
        (900, 910, Some(ProfitTarget)),
    ] {
        let world = World::quiet().marked(sides(bid, ask));
        assert_eq!(world.reason(), expected, "{bid} / {ask}");
    }
}

#[test]
fn price_rules_follow_the_settings() {
    let percent = |hundredths| Percent(Decimal::new(hundredths, 2));
    for (stop, target, cents, expected) in [
        (2_500, 5_000, 150, Some(ExitReason::StopLoss)),
        (2_500, 5_000, 151, None),
        (2_501, 5_000, 150, None),
        (10_000, 100_000, 1, None),
        (5_000, 2_500, 250, Some(ExitReason::ProfitTarget)),
        (5_000, 2_500, 249, None),
        (5_000, 2_501, 250, None),
        (10_000, 100_000, 2_200, Some(ExitReason::ProfitTarget)),
    ] {
        let mut world = World::quiet().marked(sides(cents, cents));
        world.rules.stop_loss_percent = percent(stop);
        world.rules.profit_target_percent = percent(target);
        assert_eq!(world.reason(), expected, "{stop}, {target}, {cents}");
    }
}

#[test]
fn a_mark_that_cannot_be_trusted_sets_off_no_price_rule() {
    let quiet = World::quiet();
    let (now, opened_at) = (quiet.now, quiet.position.opened_at);
    let aged = |ms| now - TimeDelta::milliseconds(ms);
    for (bid, ask, at, why) in [
        (90, 90, aged(60_000), None),
        (90, 90, aged(60_001), Some("the mark is 60 s old")),
        (310, 310, aged(61_001), Some("the mark is 61 s old")),
        (90, 90, aged(-60_000), None),
        (
            90,
            90,
            aged(-60_001),
            Some("the mark is dated ahead of now"),
        ),
        (91, 90, now, Some("the bid 0.91 is above the ask 0.90")),
        (0, 0, now, Some("nobody asks")),
        (90, 0, now, Some("nobody asks")),
    ] {
        let mut world = World::quiet().marked_at(sides(bid, ask), at);
        world.rules.price_gone_minutes = 390;
        let expected = why.is_none().then_some(ExitReason::StopLoss);
        assert_eq!(world.reason(), expected, "{bid} / {ask} at {at}");
        if let Some(why) = why {
            let read = format!("no fresh price: {why}");
            assert_eq!(world.reading(ExitRule::StopLoss).reading, read);
            assert_eq!(world.reading(ExitRule::ProfitTarget).reading, read);
            assert_eq!(world.reading(ExitRule::DeltaDrop).reading, read);
            assert_eq!(world.evaluate().watch, None);
        }
    }
    let mut unmarked = World::quiet();
    unmarked.mark = None;
    let read = unmarked.reading(ExitRule::StopLoss).reading;
    assert_eq!(read, "no fresh price: no mark");
    // Another position held the contract before this one was entered.
    for (before_ms, expected) in [(1, None), (0, Some(ExitReason::StopLoss))] {
        let mut world = World::quiet();
        world.now = opened_at + TimeDelta::seconds(5);
        let at = opened_at - TimeDelta::milliseconds(before_ms);
        let world = world.marked_at(sides(90, 90), at);
        assert_eq!(world.reason(), expected, "{before_ms} ms before the entry");
    }
}
