//! Counts and times of what each engine did.

use decisions::experiment::{Activity, EngineOutcome, Fate, Flaw, Latency, Rejections};
use domain::{Engine, Mode, RejectionReason, Usd};

use crate::world::{World, closed, day, experiment, outcome, trade};

fn rejected(reason: RejectionReason) -> EngineOutcome {
    outcome(Fate::Rejected(reason))
}

fn activity() -> Activity {
    let mut world = World::of(experiment(Mode::Split));
    let undecided = EngineOutcome {
        approved: None,
        decision_latency_ms: None,
        ..outcome(Fate::Pending)
    };
    // The engine wanted it; then its order found no fill.
    let unfilled = EngineOutcome {
        approved: Some(true),
        decision_latency_ms: Some(60),
        ..rejected(RejectionReason::NoFill)
    };
    let filled = EngineOutcome {
        decision_latency_ms: Some(80),
        fill_latency_ms: Some(900),
        ..closed(100)
    };
    let free = domain::Usd::ZERO;
    let for_nothing = decisions::experiment::ClosedTrade {
        premium_usd: free,
        ..trade(100)
    };
    for outcome in [
        undecided,
        outcome(Fate::Pending),
        unfilled,
        rejected(RejectionReason::LowConfidence),
        rejected(RejectionReason::LowConfidence),
        rejected(RejectionReason::Vetoed),
        rejected(RejectionReason::ExposureLimit),
        outcome(Fate::Open),
        filled,
        outcome(Fate::Closed(for_nothing)),
    ] {
        world.b(day(0), outcome);
    }
    world.report().activity[&Engine::B].clone()
}

#[test]
fn every_fate_is_counted_once() {
    let activity = activity();
    let rejected = Rejections {
        judgement: 3,
        capacity: 2,
        by_reason: [
            (RejectionReason::NoFill, 1),
            (RejectionReason::LowConfidence, 2),
            (RejectionReason::Vetoed, 1),
            (RejectionReason::ExposureLimit, 1),
        ]
        .into(),
    };
    assert_eq!(activity.rejected, rejected);
    assert_eq!((activity.signals, activity.pending), (10, 2));
    assert_eq!((activity.approved, activity.filled), (5, 3));
    assert_eq!((activity.open, activity.closed), (1, 2));
    let unusable = [(Flaw::PremiumNotAboveZero, 1)].into();
    assert_eq!(activity.unusable, unusable);
    assert_eq!(activity.capacity_share(), Some(0.25));
}

#[test]
fn times_are_those_that_were_measured() {
    let activity = activity();
    // 40 six times or so, 60 and 80: the middle one of nine is 40.
    let decided = activity.decision_latency.unwrap();
    assert_eq!((decided.n, decided.p50_ms.to_bits()), (9, 40_f64.to_bits()));
    crate::world::assert_close(decided.p95_ms, 60.0 + 0.6 * 20.0);
    let filled = Latency {
        n: 1,
        p50_ms: 900.0,
        p95_ms: 900.0,
    };
    assert_eq!(activity.fill_latency, Some(filled));
}

#[test]
fn an_engine_without_signals_is_there_with_zeros() {
    let report = World::of(experiment(Mode::Split)).report();
    for engine in [Engine::A, Engine::B] {
        assert_eq!(report.activity[&engine], Activity::default());
        assert_eq!(report.activity[&engine].capacity_share(), None);
    }
}

#[test]
fn a_trade_that_can_t_be_is_named_and_left_out() {
    let good = trade(500);
    for (flaw, wrong) in [
        (
            Flaw::PremiumNotAboveZero,
            decisions::experiment::ClosedTrade {
                premium_usd: Usd::cents(-1),
                ..good
            },
        ),
        (
            Flaw::ClosedBeforeOpened,
            decisions::experiment::ClosedTrade {
                closed_at: good.opened_at - chrono::TimeDelta::milliseconds(1),
                ..good
            },
        ),
        (
            Flaw::BeyondBelief,
            decisions::experiment::ClosedTrade {
                net_usd: Usd::dollars(1_000_000_000_001),
                ..good
            },
        ),
    ] {
        let mut world = World::of(experiment(Mode::Split));
        world.a(day(0), outcome(Fate::Closed(wrong)));
        world.a(day(0), outcome(Fate::Closed(good)));
        let report = world.report();
        assert_eq!(report.activity[&Engine::A].unusable, [(flaw, 1)].into());
        let performance = &report.comparison.reading().unwrap().performance[&Engine::A];
        assert_eq!((performance.trades, performance.per_signal.n), (1, 1));
        assert_eq!(performance.net_usd, Usd::dollars(5));
    }
}
