//! The rules on the Greeks: each at its limit, confirmed, and only on figures that can be trusted.
#![cfg(test)]

use chrono::TimeDelta;
use domain::settings::ExitRules;
use domain::{ExitReason, ExitRule, MarkedGreeks, Percent, Price};

use crate::common::sides;
use crate::world::{World, bought};

/// Whether the second reading in a row, at a price in cents, fires.
fn fires(rule: ExitRule, cents: u32, change: impl Fn(&mut MarkedGreeks)) -> bool {
    let world = enabled().marked(sides(cents, cents));
    let world = world.with_greeks(change).confirmed(rule, 1);
    let fired = world.fires(rule);
    let by = world.trigger().map(|trigger| trigger.rule);
    assert!(
        !fired || by <= Some(rule),
        "{rule} fires, and {by:?} decides"
    );
    fired
}

/// All four rules close.
fn enabled() -> World {
    let mut world = World::quiet();
    world.rules = ExitRules {
        gamma_drop_enabled: true,
        theta_decay_enabled: true,
        ..world.rules
    };
    world
}

#[test]
fn delta_drops_below_half_of_the_entrys_or_below_a_least() {
    let drop = |entry: f64, now: f64| {
        let mut world = World::quiet().with_greeks(|it| it.greeks.delta = now);
        let greeks = world.position.entry_greeks.as_mut().unwrap();
        greeks.greeks.delta = entry;
        world.confirmed(ExitRule::DeltaDrop, 1).reason()
    };
    for (entry, now, expected) in [
        (0.5, 0.5, false),
        (0.5, 0.250_000_001, false),
        (0.5, 0.25, false),
        (0.5, 0.249_999_999, true),
        (0.5, 0.0, true),
        (0.62, 0.31, false),
        (0.62, 0.309_999_999, true),
        // Puts have negative ones.
        (-0.5, -0.25, false),
        (-0.5, -0.249_999_999, true),
        // Half of the entry's is less than the least.
        (0.2, 0.15, false),
        (0.2, 0.149_999_999, true),
        (-0.2, -0.149_999_999, true),
        (0.0, 0.15, false),
    ] {
        let reason = expected.then_some(ExitReason::DeltaDrop);
        assert_eq!(drop(entry, now), reason, "{now} after {entry}");
    }
}

#[test]
fn the_volatility_collapses_to_four_fifths_in_loss() {
    let rule = ExitRule::VolatilityCollapse;
    for (cents, volatility, expected) in [
        (199, 0.280_000_001, false),
        (199, 0.28, true),
        (199, 0.279_999_999, true),
        (199, 0.35, false),
        (200, 0.28, false),
        (201, 0.28, false),
    ] {
        let mut world = World::quiet().marked(sides(cents, cents));
        let greeks = world.position.entry_greeks.as_mut().unwrap();
        // So little that what it cost doesn't matter.
        greeks.greeks.vega = 0.01;
        let world = world.with_greeks(|it| it.implied_volatility = volatility);
        let fired = world.confirmed(rule, 1).fires(rule);
        assert_eq!(fired, expected, "{volatility} at {cents}");
    }
}

#[test]
fn the_volatilitys_change_costs_more_than_a_part_of_the_premium() {
    // Of $2.00, 15 % are three points at a vega of 0.1.
    let rule = ExitRule::VolatilityCollapse;
    for (cents, volatility, expected) in [
        (199, 0.320_000_001, false),
        (199, 0.32, false),
        (199, 0.319_999_999, true),
        (200, 0.319_999_999, false),
        (199, 0.5, false),
    ] {
        let fired = fires(rule, cents, |it| it.implied_volatility = volatility);
        assert_eq!(fired, expected, "{volatility} at {cents}");
    }
}

#[test]
fn gamma_drops_below_two_fifths_of_the_entrys_in_gain() {
    let rule = ExitRule::GammaDrop;
    for (cents, gamma, expected) in [
        (201, 0.020_000_001, false),
        (201, 0.02, false),
        (201, 0.019_999_999, true),
        (200, 0.01, false),
        (199, 0.01, false),
    ] {
        let fired = fires(rule, cents, |it| it.greeks.gamma = gamma);
        assert_eq!(fired, expected, "{gamma} at {cents}");
    }
}

#[test]
fn a_day_costs_more_than_a_part_of_the_mid_while_the_price_stands() {
    let rule = ExitRule::ThetaDecay;
    for (cents, theta, expected) in [
        (200, -0.299_999_999, false),
        (200, -0.3, false),
        (200, -0.300_000_001, true),
        (200, 0.300_000_001, true),
        (219, -0.4, true),
        (220, -0.4, false),
        (181, -0.4, true),
        (180, -0.4, false),
    ] {
        let fired = fires(rule, cents, |it| it.greeks.theta = theta);
        assert_eq!(fired, expected, "{theta} at {cents}");
    }
}

/// The mark at a price and with Greeks at which a rule reads its limit as reached.
pub(crate) fn reached(rule: ExitRule, world: World, cents: u32) -> World {
    let world = world.marked(sides(cents, cents));
    match rule {
        ExitRule::DeltaDrop => world.with_greeks(|it| it.greeks.delta = 0.1),
        ExitRule::VolatilityCollapse => world.with_greeks(|it| it.implied_volatility = 0.2),
        ExitRule::GammaDrop => world.with_greeks(|it| it.greeks.gamma = 0.001),
        ExitRule::ThetaDecay => world.with_greeks(|it| it.greeks.theta = -1.0),
        _ => world,
    }
}

const RULES: [(ExitRule, u32); 4] = [
    (ExitRule::DeltaDrop, 200),
    (ExitRule::VolatilityCollapse, 190),
    (ExitRule::GammaDrop, 210),
    (ExitRule::ThetaDecay, 200),
];

#[test]
fn delta_and_volatility_close_and_the_others_are_observed() {
    for (rule, cents) in RULES {
        let world = reached(rule, World::quiet(), cents).confirmed(rule, 1);
        let closes = matches!(rule, ExitRule::DeltaDrop | ExitRule::VolatilityCollapse);
        let reading = world.reading(rule);
        assert_eq!(reading.fires, closes, "{rule}");
        assert!(reading.reading.ends_with("beyond its limit 2 of 2 times"));
        assert_eq!(reading.limit.starts_with("observed only: "), !closes);
        let mut switched = world;
        switched.rules.delta_drop_enabled = false;
        switched.rules.volatility_collapse_enabled = false;
        switched.rules.gamma_drop_enabled = true;
        switched.rules.theta_decay_enabled = true;
        assert_eq!(switched.fires(rule), !closes, "{rule}, switched");
    }
}

#[test]
fn one_reading_is_not_enough_unless_the_settings_say_so() {
    for (rule, cents) in RULES {
        for (needed, before, expected) in [
            (1, 0, true),
            (2, 0, false),
            (2, 1, true),
            (3, 1, false),
            (3, 2, true),
        ] {
            let mut world = reached(rule, enabled(), cents);
            world.rules.exit_confirmations = needed;
            if before > 0 {
                world = world.confirmed(rule, before);
            }
            let case = format!("{rule}: {before} before, {needed} needed");
            assert_eq!(world.fires(rule), expected, "{case}");
        }
    }
}

#[test]
fn the_limits_are_settings() {
    let with = |rule, cents, change: fn(&mut ExitRules)| {
        let mut world = reached(rule, enabled(), cents).confirmed(rule, 1);
        change(&mut world.rules);
        world.fires(rule)
    };
    let none = |rules: &mut ExitRules| {
        rules.delta_drop_percent = Percent::whole(20);
        rules.delta_min_percent = Percent::whole(10);
        rules.volatility_collapse_percent = Percent::whole(57);
        rules.volatility_loss_percent = Percent::whole(75);
        rules.gamma_drop_percent = Percent::whole(2);
        rules.theta_decay_percent = Percent::whole(50);
    };
    let just = |rules: &mut ExitRules| {
        rules.delta_drop_percent = Percent::whole(21);
        rules.delta_min_percent = Percent::whole(0);
        rules.volatility_collapse_percent = Percent::whole(58);
        rules.volatility_loss_percent = Percent::whole(100);
        rules.gamma_drop_percent = Percent::whole(3);
        rules.theta_decay_percent = Percent::whole(49);
    };
    for (rule, cents) in RULES {
        assert!(!with(rule, cents, none), "{rule}");
        assert!(with(rule, cents, just), "{rule}");
    }
    let quiet = |rules: &mut ExitRules| rules.theta_quiet_percent = Percent::whole(5);
    assert!(with(ExitRule::ThetaDecay, 209, quiet));
    assert!(!with(ExitRule::ThetaDecay, 210, quiet));
}

#[test]
fn figures_that_cannot_be_trusted_are_named_and_neither_count_nor_reset() {
    type Change = fn(&mut World);
    let mark = |world: &mut World, change: fn(&mut MarkedGreeks)| {
        change(world.mark.as_mut().unwrap().greeks.as_mut().unwrap());
    };
    let cases: [(Change, &str); 9] = [
        (|w| w.position.entry_greeks = None, "no Greeks of the entry"),
        (
            |w| w.mark.as_mut().unwrap().greeks = None,
            "no Greeks of the mark",
        ),
        (
            |w| w.position.entry_greeks.as_mut().unwrap().reliable = false,
            "the Greeks of the entry are not reliable",
        ),
        (
            |w| w.position.entry_greeks.as_mut().unwrap().greeks.delta = f64::NAN,
            "the Greeks of the entry are not reliable",
        ),
        (
            |w| w.position.entry_greeks.as_mut().unwrap().implied_volatility = 0.0,
            "the Greeks of the entry are not reliable",
        ),
        (
            |w| w.position.entry_price = Price::ZERO,
            "no gain can be told of an entry at 0.00",
        ),
        (|w| w.mark = None, "no fresh price: no mark"),
        (
            |w| w.now += TimeDelta::seconds(60),
            "no fresh price: the mark is 61 s old",
        ),
        (
            |w| w.now -= TimeDelta::seconds(62),
            "no fresh price: the mark is dated ahead of now",
        ),
    ];
    let unreliable = "the Greeks of the mark are not reliable";
    for (rule, cents) in RULES {
        let expect = |change: &dyn Fn(&mut World), why: &str| {
            let mut world = reached(rule, enabled(), cents).confirmed(rule, 1);
            change(&mut world);
            let reading = world.reading(rule);
            assert_eq!(
                (reading.fires, reading.reading.as_str()),
                (false, why),
                "{rule}"
            );
            let watch = world.evaluate().watch.unwrap();
            assert_eq!(watch.confirmations, world.watch.unwrap().confirmations);
        };
        for (change, why) in cases {
            expect(&change, why);
        }
        expect(&|w| mark(w, |it| it.reliable = false), unreliable);
        expect(&|w| mark(w, |it| it.greeks.gamma = f64::NAN), unreliable);
        expect(
            &|w| mark(w, |it| it.greeks.theta = f64::INFINITY),
            unreliable,
        );
        expect(
            &|w| mark(w, |it| it.implied_volatility = f64::NAN),
            unreliable,
        );
        expect(&|w| mark(w, |it| it.implied_volatility = -0.2), unreliable);
    }
    assert!(bought().reliable);
}
