//! Whatever was observed, the report holds numbers only, and it doesn't panic.

use decisions::experiment::{ClosedTrade, EngineOutcome, Fate};
use domain::{Engine, ExitReason, Experiment, Mode, Percent, RejectionReason, Usd};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::world::{World, day, experiment, outcome, stopped, trade};

/// Amounts of every kind: the likely, nothing, and the ends of what a decimal holds.
fn any_usd() -> impl Strategy<Value = Usd> {
    prop_oneof![
        6 => (-50_000_i64..50_000).prop_map(Usd::cents),
        1 => Just(Usd::ZERO),
        1 => Just(Usd(Decimal::MAX)),
        1 => Just(Usd(Decimal::MIN)),
        1 => Just(Usd(Decimal::new(1, 28))),
    ]
}

fn any_fate() -> impl Strategy<Value = Fate> {
    let closed = (any_usd(), any_usd(), any_usd(), -5_i64..500);
    let closed = closed.prop_map(|(premium_usd, net_usd, fees_usd, minutes)| {
        let good = trade(0);
        Fate::Closed(ClosedTrade {
            premium_usd,
            gross_usd: net_usd,
            net_usd,
            fees_usd,
            closed_at: good.opened_at + chrono::TimeDelta::minutes(minutes),
            exit_reason: ExitReason::TrailingStop,
            ..good
        })
    });
    prop_oneof![
        8 => closed,
        1 => Just(Fate::Pending),
        1 => Just(Fate::Open),
        1 => Just(Fate::Rejected(RejectionReason::Vetoed)),
        1 => Just(Fate::Rejected(RejectionReason::NotEnoughCash)),
    ]
}

fn any_outcome() -> impl Strategy<Value = EngineOutcome> {
    (any_fate(), prop::option::of(any::<u64>())).prop_map(|(fate, latency)| EngineOutcome {
        decision_latency_ms: latency,
        fill_latency_ms: latency,
        ..outcome(fate)
    })
}

fn any_experiment() -> impl Strategy<Value = Experiment> {
    let mode = prop_oneof![Just(Mode::Split), Just(Mode::Paired)];
    let effect = prop_oneof![Just(0_i64), Just(-5), Just(5), Just(100)];
    (mode, any::<bool>(), effect).prop_map(|(mode, is_running, effect)| Experiment {
        expected_effect_percent: Percent::whole(effect),
        ..if is_running {
            experiment(mode)
        } else {
            stopped(mode)
        }
    })
}

fn any_world() -> impl Strategy<Value = World> {
    let signal = (0_usize..40, any_outcome(), any_outcome(), any::<bool>());
    let equity = || prop::collection::vec(-100_i64..60_000, 0..40);
    let signals = prop::collection::vec(signal, 0..70);
    (any_experiment(), signals, equity(), equity()).prop_map(|(experiment, signals, a, b)| {
        let mode = experiment.mode;
        let mut world = World::of(experiment);
        for (number, of_a, of_b, is_a) in signals {
            match (mode, is_a) {
                (Mode::Paired, _) => world.pair(day(number), of_a, of_b),
                (Mode::Split, true) => world.a(day(number), of_a),
                (Mode::Split, false) => world.b(day(number), of_b),
            }
        }
        world.account(Engine::A, &a);
        world.account(Engine::B, &b);
        world
    })
}

proptest! {
    #[test]
    fn there_is_no_number_that_isn_t_one(world in any_world()) {
        let report = world.report();
        let shown = format!("{report:?}");
        for word in ["NaN", "inf"] {
            prop_assert!(!shown.contains(word), "{} in {}", word, shown);
        }
        let text = report.text();
        prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{}", text);
        prop_assert!(serde_json::to_string(&report).is_ok());
    }
}
