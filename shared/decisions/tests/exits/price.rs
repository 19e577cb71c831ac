//! The stop and the target, on marks that can be trusted.

use chrono::TimeDelta;
use domain::{ExitReason, Percent};

use crate::common::{mark, sides};
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
    let mut world = World::quiet().marked(sides(150, 150));
    assert_eq!(world.reason(), None);
    world.rules.stop_loss_percent = Percent::whole(25);
    assert_eq!(world.reason(), Some(ExitReason::StopLoss));
    let mut world = World::quiet().marked(sides(250, 250));
    world.rules.profit_target_percent = Percent::whole(25);
    assert_eq!(world.reason(), Some(ExitReason::ProfitTarget));
}

#[test]
fn a_mark_that_cannot_be_trusted_sets_off_no_price_rule() {
    let now = World::quiet().now;
    let aged = |ms| now - TimeDelta::milliseconds(ms);
    for (bid, ask, at, expected) in [
        (90, 90, aged(60_000), Some(ExitReason::StopLoss)),
        (90, 90, aged(60_001), None),
        (310, 310, aged(60_001), None),
        (91, 90, now, None),
        (0, 0, now, None),
        (90, 0, now, None),
    ] {
        let mut world = World::quiet();
        world.mark = Some(mark(&world.position, sides(bid, ask), at));
        assert_eq!(world.reason(), expected, "{bid} / {ask} at {at}");
    }
}
