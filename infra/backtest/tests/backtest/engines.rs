//! Two engines under one law, and the same plan twice.

use backtest::Judge;
use decisions::experiment::Fate;
use domain::{Engine, Mode};

use crate::world::{both, done, generated, rules_alone, simulated};

#[test]
fn the_same_plan_gives_the_same_result() {
    let plan = both(
        simulated(7),
        generated(7, 2, 4),
        Mode::Paired,
        Judge::Committee,
    );
    let (one, other) = (done(&plan), done(&plan));
    assert_eq!(one, other);
    let another = both(
        simulated(8),
        generated(7, 2, 4),
        Mode::Paired,
        Judge::Committee,
    );
    assert_ne!(one.positions, done(&another).positions);
}

#[test]
fn paired_engines_that_enter_get_the_same_fills() {
    let plan = both(simulated(9), generated(9, 4, 6), Mode::Paired, Judge::Rules);
    let done = done(&plan);
    let mut entered = 0;
    for signal in &done.observed.signals {
        let [a, b] = [Engine::A, Engine::B].map(|it| signal.by_engine[&it].fate);
        assert_eq!(a, b);
        entered += usize::from(matches!(a, Fate::Closed(_)));
    }
    assert!(entered > 5, "{entered}");
    let [a, b] = [Engine::A, Engine::B].map(|it| &done.observed.accounts[&it]);
    assert_eq!(a, b);
}

#[test]
fn a_committee_and_the_rules_that_both_enter_pay_the_same() {
    let mut plan = both(
        simulated(9),
        generated(9, 3, 5),
        Mode::Paired,
        Judge::Committee,
    );
    plan.settings.committee.enter_at_points = 0;
    let done = done(&plan);
    let mut entered = 0;
    for signal in &done.observed.signals {
        let outcomes = [Engine::A, Engine::B].map(|it| &signal.by_engine[&it]);
        if let [Fate::Closed(a), Fate::Closed(b)] = outcomes.map(|it| it.fate) {
            assert_eq!((a.premium_usd, a.opened_at), (b.premium_usd, b.opened_at));
            entered += 1;
        }
        let is_heard = !outcomes[1].heard.is_empty();
        assert_eq!(is_heard, outcomes[1].confidence.is_some());
        assert!(outcomes[0].heard.is_empty());
    }
    assert!(entered > 2, "{entered}");
}

#[test]
fn a_split_gives_each_signal_to_one_engine_by_its_bucket() {
    let plan = both(
        simulated(10),
        generated(10, 4, 10),
        Mode::Split,
        Judge::Rules,
    );
    let done = done(&plan);
    let mut by_engine = [0, 0];
    for signal in &done.observed.signals {
        let routed = signal.routed.as_ref().unwrap();
        let engine = if routed.bucket < 50 {
            Engine::A
        } else {
            Engine::B
        };
        let judged: Vec<_> = signal.by_engine.keys().copied().collect();
        assert_eq!(judged, [engine]);
        by_engine[usize::from(engine == Engine::B)] += 1;
    }
    assert!(by_engine[0] > 5 && by_engine[1] > 5, "{by_engine:?}");
}

/// The rules read clock and quote alone, and of the chain one expiration: what they buy must not
/// depend on whether more was asked for.
#[test]
fn what_the_rules_don_t_read_changes_nothing() {
    let alerts = generated(11, 3, 5);
    let alone = done(&rules_alone(simulated(11), alerts.clone()));
    let beside = both(simulated(11), alerts, Mode::Paired, Judge::Committee);
    let beside = done(&beside);
    let of_a: Vec<_> = beside
        .positions
        .iter()
        .filter(|it| it.engine == Engine::A)
        .collect();
    assert!(!of_a.is_empty());
    assert_eq!(of_a, alone.positions.iter().collect::<Vec<_>>());
}
