//! Positions that can't be, exits that failed, and wishes.
#![cfg(test)]

use chrono::TimeDelta;
use domain::{Contracts, ExitReason, ExitRule, OptionContract, PositionState, Price, Usd};
use rust_decimal::Decimal;

use crate::common::{contracts, sides, utc};
use crate::world::World;

/// What the rule says of a position with this change.
fn fault(change: impl Fn(&mut World)) -> Option<String> {
    let mut world = World::quiet();
    change(&mut world);
    let reading = world.reading(ExitRule::CorruptPosition);
    assert_eq!(reading.fires, reading.reading != "sound");
    let reason = world.reason();
    assert_eq!(reading.fires, reason == Some(ExitReason::CorruptPosition));
    reading.fires.then_some(reading.reading)
}

fn found(change: impl Fn(&mut World)) -> String {
    fault(change).unwrap_or_default()
}

#[test]
fn an_entry_costs_something() {
    let paid = |cents| {
        move |world: &mut World| {
            world.position.entry_price = Price::cents(cents);
            world.position.exposure_usd = Usd::dollars(i64::from(cents));
            // Far from every other rule.
            world.mark = None;
            world.rules.price_gone_minutes = 390;
        }
    };
    assert_eq!(found(paid(0)), "nothing was paid");
    assert_eq!(fault(paid(1)), None);
}

#[test]
fn an_entry_is_not_in_the_future() {
    let opened_in = |ms| {
        move |world: &mut World| {
            world.position.opened_at = world.now + TimeDelta::milliseconds(ms);
        }
    };
    for (ms, expected) in [
        (-1, None),
        (60_000, None),
        (
            60_001,
            Some("opened in the future, 2026-06-24 11:16:04 EDT"),
        ),
    ] {
        assert_eq!(fault(opened_in(ms)).as_deref(), expected, "{ms}");
    }
}

#[test]
fn a_contract_ends_after_the_entry() {
    for (contract, opened_at, expected) in [
        ("SPY260624C00600000", "2026-06-24T14:15:04Z", None),
        ("SPY260625C00600000", "2026-06-24T14:15:04Z", None),
        // Late in the evening in New York, on the last day.
        ("SPY260624C00600000", "2026-06-25T03:59:59Z", None),
        (
            "SPY260624C00600000",
            "2026-06-25T04:00:00Z",
            Some("expired on 2026-06-24, before the entry"),
        ),
        (
            "SPY260623C00600000",
            "2026-06-24T14:15:04Z",
            Some("expired on 2026-06-23, before the entry"),
        ),
    ] {
        let found = fault(|world| {
            world.position.contract = OptionContract::parse(contract).unwrap();
            world.position.opened_at = utc(opened_at);
            world.now = utc(opened_at) + TimeDelta::minutes(1);
        });
        assert_eq!(found.as_deref(), expected, "{contract} at {opened_at}");
    }
}

#[test]
fn a_contract_is_a_standard_one() {
    for (contract, expected) in [
        ("SPY260702C00600000", None),
        (
            "SPY1260702C00600000",
            Some("an adjusted contract, SPY1260702C00600000"),
        ),
    ] {
        let contract = OptionContract::parse(contract).unwrap();
        let found = fault(|world| world.position.contract = contract.clone());
        assert_eq!(found.as_deref(), expected, "{contract}");
    }
}

#[test]
fn the_exposure_is_what_was_paid() {
    let at_risk = |exposure_usd: Usd, quantity: Contracts| {
        fault(|world| {
            world.position.exposure_usd = exposure_usd;
            world.position.quantity = quantity;
        })
    };
    for (cents, count, expected) in [
        (20_000, 1, None),
        (60_000, 3, None),
        (20_001, 1, Some("$200.01 at risk, $200.00 paid")),
        (19_999, 1, Some("$199.99 at risk, $200.00 paid")),
        (0, 1, Some("$0.00 at risk, $200.00 paid")),
        (-20_000, 1, Some("-$200.00 at risk, $200.00 paid")),
        (20_000, 2, Some("$200.00 at risk, $400.00 paid")),
    ] {
        let found = at_risk(Usd::cents(cents), contracts(count));
        assert_eq!(found.as_deref(), expected, "{cents} for {count}");
    }
    let beyond = found(|world| world.position.entry_price = Price::new(Decimal::MAX).unwrap());
    assert_eq!(beyond, "$200.00 at risk, more than can be paid");
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let found = found(|world| {
        world.position.entry_price = Price::ZERO;
        world.position.contract = OptionContract::parse("SPY1260623C00600000").unwrap();
    });
    let expected = "nothing was paid; expired on 2026-06-23, before the entry; \
                    an adjusted contract, SPY1260623C00600000; $200.00 at risk, $0.00 paid";
    assert_eq!(found, expected);
}

#[test]
fn an_exit_that_failed_is_still_due_for_its_own_reason() {
    let closing = PositionState::Closing {
        exit_reason: ExitReason::StopLoss,
    };
    for (state, failed, expected) in [
        (PositionState::Open, None, None),
        (
            PositionState::Open,
            Some(ExitReason::StopLoss),
            Some(ExitReason::StopLoss),
        ),
        (
            PositionState::Open,
            Some(ExitReason::ExitAlert),
            Some(ExitReason::ExitAlert),
        ),
        (closing, Some(ExitReason::StopLoss), None),
    ] {
        let mut world = World::quiet();
        world.position.state = state;
        world.position.failed_exit = failed;
        let trigger = world.trigger();
        assert_eq!(trigger.map(|it| it.reason), expected, "{failed:?}");
        let by = trigger.map(|it| it.rule);
        assert_eq!(by, expected.map(|_| ExitRule::FailedExit));
    }
}

#[test]
fn a_failed_stop_stays_a_stop_where_the_price_has_recovered() {
    let mut world = World::quiet().marked(sides(310, 310)).asked_to_close();
    world.position.failed_exit = Some(ExitReason::StopLoss);
    world.position.exit_failures_in_row = 2;
    assert_eq!(world.reason(), Some(ExitReason::StopLoss));
    let reading = world.reading(ExitRule::FailedExit).reading;
    assert_eq!(reading, "stop_loss, failures in a row: 2");
}

#[test]
fn an_alerts_wish_is_met_and_named() {
    let world = World::quiet();
    assert!(!world.fires(ExitRule::Requested));
    let asked = world.asked_to_close();
    assert_eq!(asked.reason(), Some(ExitReason::ExitAlert));
    let by = &asked.position.exit_request.as_ref().unwrap().by;
    let reading = asked.reading(ExitRule::Requested).reading;
    assert_eq!(reading, by.to_string());
}
