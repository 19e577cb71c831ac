//! Guardrails, and what is in the way of a promotion.

use decisions::experiment::{EngineOutcome, GuardrailName, GuardrailOutcome, InTheWay, Reading};
use domain::{Engine, Mode};

use crate::world::{World, closed, day, kept_away, stopped};

/// A paired experiment of 60 days that B wins; each with this outcome more, which both have.
fn won() -> World {
    let mut world = World::of(stopped(Mode::Paired));
    for number in 0..60 {
        let wave = i64::try_from(number * 7 % 13).unwrap() * 50 - 300;
        world.pair(day(number), closed(wave), closed(900));
        world.pair(day(number), closed(0), closed(900 - wave));
    }
    world.account(Engine::A, &[50_000, 49_000, 50_500]);
    world.account(Engine::B, &[50_000, 48_800, 52_000]);
    world
}

fn reading(world: &World) -> Reading {
    world.report().comparison.reading().unwrap().clone()
}

fn outcome(reading: &Reading, name: GuardrailName) -> GuardrailOutcome {
    let one = reading.guardrails.iter().find(|one| one.name == name);
    one.unwrap().outcome
}

#[test]
fn what_wins_and_keeps_to_the_guardrails_may_be_promoted() {
    let reading = reading(&won());
    assert_eq!(reading.promotion.in_the_way, []);
    assert!(reading.promotion.may_promote);
    let drawdown = reading.guardrails[0];
    // 2 % of A, and a quarter more.
    crate::world::assert_close(drawdown.b_max.unwrap(), 0.02 * 1.25);
    crate::world::assert_close(drawdown.b.unwrap(), 0.024);
}

#[test]
fn a_deeper_fall_stands_in_the_way() {
    for (lowest, outcome_due) in [
        (48_750, GuardrailOutcome::Pass),
        (48_749, GuardrailOutcome::Fail),
    ] {
        let mut world = won();
        world.account(Engine::B, &[50_000, lowest, 52_000]);
        let reading = reading(&world);
        assert_eq!(outcome(&reading, GuardrailName::Drawdown), outcome_due);
        let is_free = outcome_due == GuardrailOutcome::Pass;
        assert_eq!(reading.promotion.may_promote, is_free);
    }
}

#[test]
fn an_account_that_isn_t_known_stands_in_the_way() {
    let mut world = won();
    world.observed.accounts.remove(&Engine::B);
    let reading = reading(&world);
    assert_eq!(
        outcome(&reading, GuardrailName::Drawdown),
        GuardrailOutcome::Unknown
    );
    assert_eq!(reading.promotion.in_the_way, [InTheWay::Drawdown]);
}

#[test]
fn rejections_by_circumstances_may_be_a_tenth_more() {
    // Of 120 + n signals, n of B's.
    for (more, due) in [(13, GuardrailOutcome::Pass), (14, GuardrailOutcome::Fail)] {
        let mut world = won();
        for number in 0..more {
            world.pair(day(number), closed(0), kept_away());
        }
        let reading = reading(&world);
        assert_eq!(outcome(&reading, GuardrailName::CapacityRejections), due);
        let stands = reading
            .promotion
            .in_the_way
            .contains(&InTheWay::CapacityRejections);
        assert_eq!(stands, due == GuardrailOutcome::Fail);
    }
}

#[test]
fn a_decision_may_take_a_second_more() {
    for (ms, due) in [
        (Some(1_040), GuardrailOutcome::Pass),
        (Some(1_041), GuardrailOutcome::Fail),
        (None, GuardrailOutcome::Unknown),
    ] {
        let mut world = won();
        for signal in &mut world.observed.signals {
            let of_b = signal.by_engine.get_mut(&Engine::B).unwrap();
            of_b.decision_latency_ms = ms;
        }
        let reading = reading(&world);
        assert_eq!(outcome(&reading, GuardrailName::DecisionLatency), due);
        let stands = reading.promotion.in_the_way == [InTheWay::DecisionLatency];
        assert_eq!(stands, due != GuardrailOutcome::Pass);
    }
}

#[test]
fn a_worse_engine_has_more_than_one_thing_in_its_way() {
    let mut world = World::of(stopped(Mode::Paired));
    let swap = |of: &EngineOutcome| of.clone();
    for signal in &won().observed.signals {
        let (a, b) = (&signal.by_engine[&Engine::A], &signal.by_engine[&Engine::B]);
        world.pair(signal.day, swap(b), swap(a));
    }
    let in_the_way = reading(&world).promotion.in_the_way;
    assert_eq!(in_the_way, [InTheWay::NotBetter, InTheWay::Drawdown]);
    let nothing = World::of(stopped(Mode::Split));
    let in_the_way = reading(&nothing).promotion.in_the_way;
    for due in [
        InTheWay::TooFewSignals,
        InTheWay::TooFewSessions,
        InTheWay::SampleRatio,
        InTheWay::NotSignificant,
        InTheWay::NotBetter,
        InTheWay::Drawdown,
        InTheWay::CapacityRejections,
        InTheWay::DecisionLatency,
    ] {
        assert!(in_the_way.contains(&due), "{due:?}");
    }
    let outside = reading(&World::with(None)).promotion.in_the_way;
    assert_eq!(outside, [InTheWay::NoExperiment]);
}
