//! Positions, marks, memories and settings of all kinds, also impossible ones.
#![cfg(test)]

use chrono::TimeDelta;
use domain::quote::{BidAsk, Mark};
use domain::settings::ExitRules;
use domain::{
    Confirmation, Contracts, ExitReason, ExitRule, Greeks, MarkedGreeks, OptionContract, Percent,
    Position, Price, Usd, Watch,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::world::World;

fn price() -> impl Strategy<Value = Price> {
    let odd = [
        Decimal::ZERO,
        Decimal::new(1, 28),
        Decimal::MAX,
        Decimal::MAX / Decimal::TWO,
    ];
    let odd = select(odd.to_vec());
    prop_oneof![4 => (0_u32..1_000).prop_map(Price::cents), 1 => odd.prop_map(|it| Price::new(it).unwrap())]
}

fn figure() -> impl Strategy<Value = f64> {
    let odd = select(vec![
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        5e-324,
        -0.0,
    ]);
    prop_oneof![4 => -1.0..1.0_f64, 1 => odd]
}

fn marked_greeks() -> impl Strategy<Value = MarkedGreeks> {
    let figures = (figure(), figure(), figure(), figure(), figure());
    (figures, any::<bool>(), price()).prop_map(|(figures, reliable, underlying_price)| {
        let (implied_volatility, delta, gamma, theta, vega) = figures;
        MarkedGreeks {
            underlying_price,
            implied_volatility,
            reliable,
            greeks: Greeks {
                delta,
                gamma,
                theta,
                vega,
                rho: None,
            },
        }
    })
}

/// Milliseconds around now: mostly within minutes, now and then decades away.
fn around_ms() -> impl Strategy<Value = i64> {
    prop_oneof![6 => -120_000..120_000_i64, 1 => -2_000_000_000_000..2_000_000_000_000_i64]
}

pub(crate) fn mark(world: &World, sides: BidAsk, at_ms: i64, greeks: Option<MarkedGreeks>) -> Mark {
    let at = world.now + TimeDelta::milliseconds(at_ms);
    let mark = crate::common::mark(&world.position, sides, at);
    Mark { greeks, ..mark }
}

pub(crate) fn any_mark() -> impl Strategy<Value = (BidAsk, i64, Option<MarkedGreeks>)> {
    let sides = (price(), price()).prop_map(|(bid, ask)| BidAsk { bid, ask });
    (sides, around_ms(), option::of(marked_greeks()))
}

fn confirmations() -> impl Strategy<Value = Vec<(ExitRule, u32, i64)>> {
    let rule = select(ExitRule::ALL.to_vec());
    let count = prop_oneof![0_u32..4, Just(u32::MAX)];
    proptest::collection::vec((rule, count, around_ms()), 0..4)
}

pub(crate) fn any_world() -> impl Strategy<Value = World> {
    let marked = option::of(any_mark());
    (any_position(), marked, option::of(any_watch()), any_rules()).prop_map(
        |(position, marked, watch, rules)| {
            let mut world = World::quiet();
            world.position = position;
            world.mark = marked.map(|(sides, at_ms, greeks)| mark(&world, sides, at_ms, greeks));
            World {
                watch,
                rules,
                ..world
            }
        },
    )
}

fn any_position() -> impl Strategy<Value = Position> {
    let names = vec![
        "SPY260702C00600000",
        "SPY1260702C00600000",
        "SPY260623P00600000",
    ];
    let reasons = vec![ExitReason::StopLoss, ExitReason::ExitAlert];
    let exposures = vec![Decimal::MAX, Decimal::MIN, Decimal::new(200, 0)];
    let bought = (price(), prop_oneof![Just(1), Just(u32::MAX)]);
    let is_asked = any::<bool>();
    (
        (bought, select(exposures), select(names)),
        (around_ms(), option::of(marked_greeks())),
        (option::of(select(reasons)), is_asked),
    )
        .prop_map(|(what, since, (failed_exit, is_asked))| {
            let ((entry_price, count), exposure, name) = what;
            let (opened_ms, entry_greeks) = since;
            let quiet = World::quiet();
            let world = if is_asked {
                quiet.asked_to_close()
            } else {
                quiet
            };
            Position {
                entry_price,
                entry_greeks,
                failed_exit,
                contract: OptionContract::parse(name).unwrap(),
                quantity: Contracts::try_from(count).unwrap(),
                exposure_usd: Usd(exposure),
                opened_at: world.now + TimeDelta::milliseconds(opened_ms),
                ..world.position
            }
        })
}

fn any_watch() -> impl Strategy<Value = Watch> {
    (price(), price(), around_ms(), confirmations()).prop_map(
        |(peak, trough, seen_ms, confirmations)| {
            let quiet = World::quiet();
            let later = |ms| quiet.now + TimeDelta::milliseconds(ms);
            let confirmations = confirmations.into_iter();
            let dated = confirmations.map(|(rule, count, ms)| {
                let last_at = later(ms);
                (rule, Confirmation { count, last_at })
            });
            Watch {
                signal_id: quiet.position.signal_id,
                engine: quiet.position.engine,
                peak,
                trough,
                confirmations: dated.collect(),
                seen_at: later(seen_ms),
            }
        },
    )
}

/// Settings of all kinds, also out of their ranges.
fn any_rules() -> impl Strategy<Value = ExitRules> {
    let percents = proptest::collection::vec(percent(), 11);
    let whole = prop_oneof![4 => 0_u32..100, 1 => Just(u32::MAX)];
    let wholes = proptest::collection::vec(whole, 5);
    (percents, wholes, any::<[bool; 5]>()).prop_map(|(percents, wholes, on)| ExitRules {
        profit_target_percent: percents[0],
        stop_loss_percent: percents[1],
        max_hold_hours: wholes[0],
        min_dte_exit: wholes[1],
        price_gone_minutes: wholes[2],
        trailing_stop_enabled: on[0],
        trailing_arm_percent: percents[2],
        trailing_give_back_percent: percents[3],
        trailing_break_even_percent: percents[4],
        delta_drop_enabled: on[1],
        delta_drop_percent: percents[5],
        delta_min_percent: percents[6],
        volatility_collapse_enabled: on[2],
        volatility_collapse_percent: percents[7],
        volatility_loss_percent: percents[8],
        gamma_drop_enabled: on[3],
        gamma_drop_percent: percents[9],
        theta_decay_enabled: on[4],
        theta_decay_percent: percents[10],
        exit_confirmations: wholes[3],
        exit_confirmation_gap_s: wholes[4],
        ..ExitRules::default()
    })
}

fn percent() -> impl Strategy<Value = Percent> {
    let odd = [
        Decimal::ZERO,
        Decimal::MAX,
        Decimal::MIN,
        Decimal::NEGATIVE_ONE,
    ];
    let usual = (0_i64..100).prop_map(Decimal::from);
    prop_oneof![4 => usual, 1 => select(odd.to_vec())].prop_map(Percent)
}
