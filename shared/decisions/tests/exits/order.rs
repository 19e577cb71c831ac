//! Which rule gives the reason, and what all of them leave to read.

use decisions::exit_wish;
use decisions::exits::{due, evaluate};
use domain::{ByHand, ExitReason, ExitRule, Price, Requester};

use crate::common::sides;
use crate::world::World;

#[test]
fn the_first_rule_in_the_order_gives_the_reason() {
    use ExitReason::{ExitAlert, MaxHoldTime, MinDteExit, ProfitTarget, StopLoss};
    let late = || World::quiet().at("2026-07-01T19:45:00Z");
    let (lost, won) = (sides(90, 90), sides(310, 310));
    for (world, expected) in [
        (late().marked(lost).asked_to_close(), ExitAlert),
        (late().marked(lost), StopLoss),
        (late().marked(won), MinDteExit),
        (late(), MinDteExit),
        (
            World::quiet().at("2026-06-30T14:15:04Z").marked(won),
            MaxHoldTime,
        ),
        (World::quiet().marked(won).asked_to_close(), ExitAlert),
        (World::quiet().marked(won), ProfitTarget),
    ] {
        assert_eq!(world.reason(), Some(expected));
    }
    let order = [ExitAlert, StopLoss, MinDteExit, MaxHoldTime, ProfitTarget];
    let readings = evaluate(&World::quiet().circumstances());
    let reasons: Vec<_> = readings.iter().map(|reading| reading.reason).collect();
    assert_eq!(reasons, order);
}

#[test]
fn a_wish_gives_the_exit_its_own_reason() {
    let person = |reason| Requester::Person {
        name: "ann".to_owned(),
        reason,
    };
    for (by, reason) in [
        (person(ByHand::ManualClose), ExitReason::ManualClose),
        (person(ByHand::Flatten), ExitReason::Flatten),
    ] {
        let world = World::quiet().marked(sides(90, 90)).asked_to_close_by(by);
        assert_eq!(world.reason(), Some(reason));
        assert_eq!(world.reading(reason).reading, "ann, by hand");
        let request = world.position.exit_request.as_ref().unwrap();
        let met = exit_wish::reading(request);
        assert_eq!((met.rule, met.reason), (ExitRule::Requested, reason));
        assert_eq!((met.fires, met.reading.as_str()), (true, "ann, by hand"));
    }
}

#[test]
fn a_trigger_holds_the_mid_that_was_read() {
    let world = World::quiet().marked(sides(95, 100));
    let trigger = due(&world.circumstances()).unwrap();
    assert_eq!(trigger.reason, ExitReason::StopLoss);
    assert_eq!(trigger.price.map(Price::to_f64), Some(0.975));
}

#[test]
fn every_rule_leaves_its_reading_and_limit() {
    let world = World::quiet().marked(sides(230, 230));
    let shown: Vec<_> = evaluate(&world.circumstances())
        .into_iter()
        .map(|r| (r.reason, r.triggered, r.reading, r.limit))
        .collect();
    let expect =
        |reason, reading: &str, limit: &str| (reason, false, reading.to_owned(), limit.to_owned());
    let dte_limit = "more than 1 days, from 2026-06-24 15:30:00 EDT on";
    assert_eq!(
        shown,
        [
            expect(ExitReason::ExitAlert, "none", "none"),
            expect(ExitReason::StopLoss, "15.00%", "above -50.00%"),
            expect(ExitReason::MinDteExit, "8 days left", dte_limit),
            expect(ExitReason::MaxHoldTime, "1 h 0 min", "under 120 h"),
            expect(ExitReason::ProfitTarget, "15.00%", "below 50.00%"),
        ]
    );
    let unmarked = World {
        mark: None,
        ..world
    };
    let reading = unmarked.reading(ExitReason::StopLoss).reading;
    assert_eq!(reading, "no fresh mark");
}
