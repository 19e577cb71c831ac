//! The record of a decision to close.
#![cfg(test)]

use decisions::exits::{Trigger, decision, decision_on_wish};
use decisions::lifecycle;
use domain::{ExitReason, ExitRule, Leg, OrderState, PositionState, Price, Purpose};

use crate::common::sides;
use crate::world::World;

#[test]
fn it_holds_every_reading_and_belongs_to_the_order_that_comes_of_it() {
    let mut world = World::quiet().marked(sides(90, 90));
    world.position.exits_ordered = 2;
    let evaluation = world.evaluate();
    let decided = decision(&world.position, &evaluation, 7, world.now).unwrap();
    assert_eq!(decided.readings, evaluation.readings);
    assert_eq!(decided.reason, ExitReason::StopLoss);
    assert_eq!(decided.trigger_price, Some(Price::cents(90)));
    assert_eq!(
        (decided.exit_rules_version, decided.decided_at),
        (7, world.now)
    );
    let start = lifecycle::begin_exit(&world.position, decided.clone());
    assert_eq!(start.decision, decided);
    let (closing, order) = (start.position, start.order);
    assert_eq!((decided.leg, order.leg), (Leg::Exit(3), Leg::Exit(3)));
    assert_eq!(order.state, OrderState::PendingExecution);
    let exit_reason = decided.reason;
    assert_eq!(closing.state, PositionState::Closing { exit_reason });
    let purpose = Purpose::Exit {
        reason: decided.reason,
        trigger_price: decided.trigger_price,
    };
    assert_eq!(order.purpose, purpose);
}

#[test]
fn nothing_is_decided_while_no_rule_fires() {
    let world = World::quiet();
    let decided = decision(&world.position, &world.evaluate(), 0, world.now);
    assert_eq!(decided, None);
}

#[test]
fn a_wish_that_is_met_at_once_holds_its_own_reading_only() {
    let world = World::quiet();
    let trigger = Trigger {
        rule: ExitRule::Requested,
        reason: ExitReason::ManualClose,
        price: None,
    };
    let wish = "trader@example.com".to_owned();
    let decided = decision_on_wish(&world.position, trigger, wish, 3, world.now);
    let readings: Vec<_> = decided
        .readings
        .iter()
        .map(|it| (it.rule, it.fires))
        .collect();
    assert_eq!(readings, [(ExitRule::Requested, true)]);
    assert_eq!(decided.readings[0].reading, "trader@example.com");
    assert_eq!(decided.readings[0].reason, ExitReason::ManualClose);
    assert_eq!(decided.reason, ExitReason::ManualClose);
    assert_eq!((decided.leg, decided.trigger_price), (Leg::Exit(1), None));
}
