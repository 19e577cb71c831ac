//! Of every two rules that can fire at once, the earlier one decides, and both readings say so.
#![cfg(test)]

use domain::{ExitReason, ExitRule, Percent, Price, Usd};

use crate::common::{sides, utc};
use crate::greeks::reached;
use crate::world::World;

/// Near the end of the contract, on a day on which nothing else is going on: no rule fires.
fn calm() -> World {
    let mut world = World::quiet();
    world.position.opened_at = utc("2026-07-01T14:15:04Z");
    world.rules.min_dte_exit = 0;
    world.rules.max_hold_hours = 2_400;
    world.rules.profit_target_percent = Percent::whole(1_000);
    world.rules.stop_loss_percent = Percent::whole(100);
    world.at("2026-07-01T19:45:00Z")
}

/// Prices, in cents, at which rules meet: in loss, in gain, and none at all.
const PRICES: [Option<u32>; 3] = [Some(185), Some(210), None];

/// The world with what makes `rule` fire at that price; none if nothing can.
fn with(rule: ExitRule, mut world: World, price: Option<u32>) -> Option<World> {
    let rules = &mut world.rules;
    match (rule, price) {
        (ExitRule::CorruptPosition, _) => world.position.exposure_usd = Usd::dollars(1),
        (ExitRule::FailedExit, _) => world.position.failed_exit = Some(ExitReason::MaxHoldTime),
        (ExitRule::Requested, _) => return Some(world.asked_to_close()),
        (ExitRule::MinDte, _) => rules.min_dte_exit = 1,
        (ExitRule::MaxHold, _) => rules.max_hold_hours = 1,
        (ExitRule::PriceGone, None) => {}
        (ExitRule::StopLoss, Some(185)) => rules.stop_loss_percent = Percent::whole(5),
        (ExitRule::ProfitTarget, Some(210)) => rules.profit_target_percent = Percent::whole(5),
        (ExitRule::TrailingStop, Some(_)) => {
            rules.trailing_stop_enabled = true;
            world.watch.as_mut()?.peak = Price::cents(400);
        }
        (ExitRule::DeltaDrop, Some(_)) | (ExitRule::VolatilityCollapse, Some(185)) => {
            return greeks(rule, world, price);
        }
        (ExitRule::GammaDrop, Some(210)) => {
            rules.gamma_drop_enabled = true;
            return greeks(rule, world, price);
        }
        (ExitRule::ThetaDecay, Some(_)) => {
            rules.theta_decay_enabled = true;
            return greeks(rule, world, price);
        }
        _ => return None,
    }
    Some(world)
}

fn greeks(rule: ExitRule, world: World, price: Option<u32>) -> Option<World> {
    Some(reached(rule, world, price?).confirmed(rule, 1))
}

fn priced(price: Option<u32>) -> World {
    let world = calm().remembering(200, 200);
    match price {
        Some(cents) => world.marked(sides(cents, cents)),
        None => World {
            mark: None,
            watch: None,
            ..world
        },
    }
}

fn firing(world: &World) -> Vec<ExitRule> {
    let readings = world.evaluate().readings.into_iter();
    readings.filter(|it| it.fires).map(|it| it.rule).collect()
}

/// The world in which both fire, at the first price at which they can.
fn both(first: ExitRule, second: ExitRule) -> Vec<(World, Option<u32>)> {
    let worlds = PRICES.into_iter().filter_map(|price| {
        let world = with(first, priced(price), price)?;
        Some((with(second, world, price)?, price))
    });
    worlds.collect()
}

#[test]
fn each_rule_fires_by_itself_and_decides() {
    for price in [Some(185), Some(210)] {
        assert_eq!(firing(&priced(price)), [], "{price:?}");
    }
    for rule in ExitRule::ALL {
        let alone = PRICES.into_iter();
        let mut alone = alone.filter_map(|price| with(rule, priced(price), price));
        let world = alone.next().unwrap();
        assert_eq!(firing(&world), [rule]);
        assert_eq!(world.trigger().map(|trigger| trigger.rule), Some(rule));
    }
}

#[test]
fn of_two_that_fire_the_earlier_one_decides() {
    let mut never = Vec::new();
    let mut met = 0;
    for (place, first) in ExitRule::ALL.into_iter().enumerate() {
        for second in ExitRule::ALL.into_iter().skip(place + 1) {
            let worlds = both(first, second);
            if worlds.is_empty() {
                never.push((first, second));
            }
            for (world, price) in worlds {
                let mut expected = vec![first, second];
                if price.is_none() && !expected.contains(&ExitRule::PriceGone) {
                    expected.push(ExitRule::PriceGone);
                }
                expected.sort_unstable();
                let case = format!("{first} and {second} at {price:?}");
                assert_eq!(firing(&world), expected, "{case}");
                let trigger = world.trigger().unwrap();
                assert_eq!(trigger.rule, expected[0], "{case}");
                let reading = world.reading(expected[0]);
                assert_eq!(trigger.reason, reading.reason, "{case}");
                met += 1;
            }
        }
    }
    assert_eq!(never, exclusive());
    assert!(met > 78, "{met}");
}

/// Rules of which each leaves no room for the other.
fn exclusive() -> Vec<(ExitRule, ExitRule)> {
    use ExitRule::{
        DeltaDrop, GammaDrop, PriceGone, ProfitTarget, StopLoss, ThetaDecay, TrailingStop,
        VolatilityCollapse,
    };
    vec![
        // What needs a price, and what needs that there is none.
        (PriceGone, StopLoss),
        (PriceGone, TrailingStop),
        (PriceGone, ProfitTarget),
        (PriceGone, DeltaDrop),
        (PriceGone, VolatilityCollapse),
        (PriceGone, GammaDrop),
        (PriceGone, ThetaDecay),
        // What needs a loss, and what needs a gain.
        (StopLoss, ProfitTarget),
        (StopLoss, GammaDrop),
        (ProfitTarget, VolatilityCollapse),
        (VolatilityCollapse, GammaDrop),
    ]
}
