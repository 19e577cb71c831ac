//! What happens within a bar: a stop comes before a target, a gap is a gap, and what was before
//! the entry doesn't count.

use decisions::experiment::Fate;
use domain::{Engine, ExitReason, PositionState};

use crate::world::{Bars, Intent, MONDAY, alert, at, done, outcome, rules_alone};

const ENTRY: &str = "10:00:02";
/// The minute of the session that holds the entry.
const ENTRY_MINUTE: usize = 30;

/// How the position ends that is entered on flat bars but for these.
fn ends(intent: Intent, minutes: &[(usize, [f64; 3])]) -> (Fate, Option<f64>) {
    let market = Bars::day(MONDAY, 600.0, minutes)
        .and("2026-06-02", 600.0, &[])
        .market();
    let mut plan = rules_alone(market, vec![alert(at(MONDAY, ENTRY), "SPY", intent)]);
    plan.to = Some(MONDAY.parse().unwrap());
    let done = done(&plan);
    let percent = match &done.positions[0].state {
        PositionState::Closed(outcome) => Some(outcome.realized.percent.share() * 100.0),
        _ => None,
    };
    (outcome(&done, Engine::A).fate, percent)
}

fn reason(fate: Fate) -> Option<ExitReason> {
    match fate {
        Fate::Closed(trade) => Some(trade.exit_reason),
        _ => None,
    }
}

#[test]
fn a_stop_and_a_target_in_one_bar_are_a_stop() {
    // A call, and a put: each is hurt by another extreme, and would reach its target by the other.
    for intent in [Intent::Long, Intent::Short] {
        let (fate, percent) = ends(intent, &[(40, [640.0, 560.0, 600.0])]);
        assert_eq!(reason(fate), Some(ExitReason::StopLoss));
        let percent = percent.unwrap();
        assert!((-53.0..=-50.0).contains(&percent), "{percent}");
    }
}

#[test]
fn each_extreme_alone_sets_off_its_own_rule_at_its_own_price() {
    for (intent, prices, expected, range) in [
        (
            Intent::Long,
            [640.0, 600.0, 600.0],
            ExitReason::ProfitTarget,
            50.0..=53.0,
        ),
        (
            Intent::Long,
            [600.0, 560.0, 600.0],
            ExitReason::StopLoss,
            -53.0..=-50.0,
        ),
        (
            Intent::Short,
            [600.0, 560.0, 600.0],
            ExitReason::ProfitTarget,
            50.0..=53.0,
        ),
        (
            Intent::Short,
            [640.0, 600.0, 600.0],
            ExitReason::StopLoss,
            -53.0..=-50.0,
        ),
    ] {
        let (fate, percent) = ends(intent, &[(40, prices)]);
        assert_eq!(reason(fate), Some(expected), "{prices:?}");
        let percent = percent.unwrap();
        assert!(range.contains(&percent), "{percent} of {prices:?}");
    }
}

#[test]
fn extremes_of_the_bar_of_the_entry_may_have_been_before_it() {
    let (fate, _) = ends(Intent::Long, &[(ENTRY_MINUTE, [640.0, 560.0, 600.0])]);
    assert_eq!(fate, Fate::Open);
    // Its close can't have been.
    let (fate, _) = ends(Intent::Long, &[(ENTRY_MINUTE, [600.0, 560.0, 560.0])]);
    assert_eq!(reason(fate), Some(ExitReason::StopLoss));
}

#[test]
fn a_gap_over_night_is_sold_where_it_ends() {
    let market = Bars::day(MONDAY, 600.0, &[])
        .and("2026-06-02", 560.0, &[])
        .market();
    let alerts = vec![alert(at(MONDAY, ENTRY), "SPY", Intent::Long)];
    let done = done(&rules_alone(market, alerts));
    let Fate::Closed(trade) = outcome(&done, Engine::A).fate else {
        panic!("{:?}", done.positions);
    };
    assert_eq!(trade.exit_reason, ExitReason::StopLoss);
    assert_eq!(trade.closed_at, at("2026-06-02", "09:30:00"));
    let lost = trade.net_usd.share_of(trade.premium_usd).unwrap();
    assert!(lost < -0.85, "{lost}");
}

#[test]
fn a_bar_that_doesn_t_hurt_ends_nothing() {
    let (fate, _) = ends(Intent::Long, &[(40, [601.0, 599.0, 600.0])]);
    assert_eq!(fate, Fate::Open);
}

#[test]
fn longer_steps_find_the_same_end() {
    let market = || Bars::day(MONDAY, 600.0, &[(47, [640.0, 600.0, 600.0])]).market();
    let alerts = vec![alert(at(MONDAY, "10:00:00"), "SPY", Intent::Long)];
    let ends = ["1m", "5m", "15m"].map(|step| {
        let mut plan = rules_alone(market(), alerts.clone());
        plan.step = step.parse().unwrap();
        let fate = outcome(&done(&plan), Engine::A).fate;
        let Fate::Closed(trade) = fate else {
            panic!("{fate:?}");
        };
        (trade.exit_reason, trade.premium_usd)
    });
    assert_eq!(ends, [ends[0]; 3]);
}
