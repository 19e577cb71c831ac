//! Which rule gives the reason, and what all of them leave to read.
#![cfg(test)]

use decisions::exit_wish;
use domain::{ByHand, ExitReason, ExitRule, Price, Requester};

use crate::common::sides;
use crate::world::World;

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
        assert_eq!(world.reading(ExitRule::Requested).reading, "ann, by hand");
        let request = world.position.exit_request.as_ref().unwrap();
        let met = exit_wish::decision(&world.position, request, 3, world.now);
        assert_eq!((met.reason, met.readings.len()), (reason, 1));
        assert_eq!(met.readings[0], world.reading(ExitRule::Requested));
    }
}

#[test]
fn a_trigger_holds_the_rule_and_the_mid_that_was_read() {
    let world = World::quiet().marked(sides(95, 100));
    let trigger = world.trigger().unwrap();
    assert_eq!(trigger.rule, ExitRule::StopLoss);
    assert_eq!(trigger.reason, ExitReason::StopLoss);
    assert_eq!(trigger.price.map(Price::to_f64), Some(0.975));
}

#[test]
fn every_rule_leaves_its_reading_and_limit() {
    use ExitRule as Rule;
    let world = World::quiet().marked(sides(230, 230));
    let shown: Vec<_> = world
        .evaluate()
        .readings
        .into_iter()
        .map(|it| (it.rule, it.fires, it.reading, it.limit))
        .collect();
    let expected = [
        (Rule::CorruptPosition, "sound", "sound"),
        (Rule::FailedExit, "none", "none"),
        (Rule::Requested, "none", "none"),
        (
            Rule::PriceGone,
            "a fresh price",
            "under 30 min of a session",
        ),
        (Rule::StopLoss, "15.00%", "above -50.00%"),
        (
            Rule::MinDte,
            "8 days left",
            "more than 1 days, from 2026-06-24 15:30:00 EDT on",
        ),
        (Rule::MaxHold, "1 h 0 min", "under 120 h"),
        (
            Rule::TrailingStop,
            "2.30, after a peak of 2.30",
            "observed only: none below a gain of 30.00%",
        ),
        (Rule::ProfitTarget, "15.00%", "below 50.00%"),
        (
            Rule::DeltaDrop,
            "0.5000, after 0.5000 at the entry",
            "at least 50.00% of the entry's, and at least 0.15",
        ),
        (
            Rule::VolatilityCollapse,
            "0.3500, after 0.3500 at the entry: a cost of 0.0000 per share, at 15.00%",
            "in loss, above 80.00% of the entry's, at a cost of at most 15.00% of the premium",
        ),
        (
            Rule::GammaDrop,
            "0.0500, after 0.0500 at the entry, at 15.00%",
            "observed only: in gain, at least 40.00% of the entry's",
        ),
        (
            Rule::ThetaDecay,
            "-0.1000 a day of 2.30, at 15.00%",
            "observed only: while gain or loss is below 10.00%, at most 15.00% of the mid a day",
        ),
    ];
    let expected =
        expected.map(|(rule, reading, limit)| (rule, false, reading.to_owned(), limit.to_owned()));
    assert_eq!(shown, expected);
}

#[test]
fn nothing_fires_while_nothing_happens() {
    let evaluation = World::quiet().evaluate();
    assert_eq!(evaluation.trigger, None);
    assert!(evaluation.readings.iter().all(|reading| !reading.fires));
}
