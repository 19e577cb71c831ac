//! What becomes of alerts: their order, those that come twice, that nobody can trade, that nobody
//! can read.

use backtest::{PlanError, SentAlert, run};
use decisions::experiment::Fate;
use domain::{Engine, RejectionReason};

use crate::world::{
    Bars, Intent, MONDAY, alert, at, done, fates, generated, outcome, rules_alone, simulated,
};

#[test]
fn alerts_out_of_order_are_taken_in_order() {
    // Those of one instant have no order but that in which they are told.
    let mut alerts = generated(3, 3, 6);
    alerts.dedup_by_key(|alert| alert.at);
    let mut mixed = alerts.clone();
    mixed.reverse();
    mixed.swap(0, 7);
    let [one, other] = [alerts, mixed].map(|alerts| done(&rules_alone(simulated(5), alerts)));
    assert!(one == other && !one.positions.is_empty());
}

#[test]
fn an_alert_that_comes_again_changes_nothing() {
    let alerts = generated(3, 2, 6);
    let once = done(&rules_alone(simulated(5), alerts.clone()));
    let twice = [alerts.clone(), alerts].concat();
    let twice = done(&rules_alone(simulated(5), twice));
    assert_eq!(
        twice.counts.duplicates,
        once.counts.signals + 2 * once.counts.duplicates
    );
    assert_eq!(
        (&twice.observed, &twice.positions),
        (&once.observed, &once.positions)
    );
}

#[test]
fn what_nobody_may_trade_is_rejected_with_its_reason() {
    let saturday = "2026-06-06";
    for (date, time, ticker, reason) in [
        (MONDAY, "08:00:00", "SPY", RejectionReason::MarketClosed),
        (MONDAY, "15:56:00", "SPY", RejectionReason::MarketClosed),
        (MONDAY, "20:00:00", "SPY", RejectionReason::MarketClosed),
        (saturday, "12:00:00", "SPY", RejectionReason::MarketClosed),
        (MONDAY, "10:00:00", "GME", RejectionReason::SymbolNotAllowed),
    ] {
        let alerts = vec![alert(at(date, time), ticker, Intent::Long)];
        let done = done(&rules_alone(simulated(5), alerts));
        assert_eq!(
            outcome(&done, Engine::A).fate,
            Fate::Rejected(reason),
            "{date} {time}"
        );
        assert_eq!(outcome(&done, Engine::A).approved, Some(false));
        assert!(done.positions.is_empty());
    }
}

#[test]
fn a_symbol_that_the_market_doesn_t_have_has_no_data() {
    let market = Bars::day(MONDAY, 600.0, &[]).market();
    let alerts = vec![alert(at(MONDAY, "10:00:00"), "QQQ", Intent::Long)];
    let done = done(&rules_alone(market, alerts));
    let outcome = outcome(&done, Engine::A);
    assert_eq!(outcome.fate, Fate::Rejected(RejectionReason::NoMarketData));
    // It was looked at again and again while the entry was valid.
    assert_eq!(outcome.decision_latency_ms, Some(300_000));
}

#[test]
fn one_bar_and_one_symbol_are_entered_once() {
    let alerts = ["10:00:02", "10:00:40", "10:05:00"]
        .map(|time| alert(at(MONDAY, time), "SPY", Intent::Long));
    let mut plan = rules_alone(simulated(5), alerts.to_vec());
    plan.to = Some(MONDAY.parse().unwrap());
    plan.settings.risk_limits.max_positions_per_symbol_a = 2;
    let fates = fates(&done(&plan));
    assert!(matches!(fates[0], Fate::Open | Fate::Closed(_)));
    assert_eq!(fates[1], Fate::Rejected(RejectionReason::BarAlreadyEntered));
    assert!(matches!(fates[2], Fate::Open | Fate::Closed(_)));
}

#[test]
fn what_can_t_be_read_is_counted_and_told() {
    let stale = SentAlert {
        at: at(MONDAY, "11:00:00"),
        line: Some(7),
        ..alert(at(MONDAY, "10:00:00"), "SPY", Intent::Long)
    };
    let garbage = SentAlert {
        at: at(MONDAY, "10:30:00"),
        body: "buy low, sell high".to_owned(),
        line: None,
    };
    let done = done(&rules_alone(simulated(5), vec![stale, garbage]));
    let counts = &done.counts;
    assert_eq!((counts.alerts, counts.refused, counts.signals), (2, 2, 0));
    let told: Vec<_> = counts.refusals.iter().map(|it| it.line).collect();
    assert_eq!(told, [None, Some(7)]);
    assert!(
        counts.refusals[1].why.contains("untimely"),
        "{:?}",
        counts.refusals
    );
}

#[test]
fn alerts_outside_the_days_are_left_out() {
    let days = ["2026-06-01", "2026-06-02", "2026-06-03"];
    let alerts = days.map(|day| alert(at(day, "10:00:00"), "SPY", Intent::Long));
    let mut plan = rules_alone(simulated(5), alerts.to_vec());
    plan.from = Some("2026-06-02".parse().unwrap());
    plan.to = plan.from;
    let done = done(&plan);
    assert_eq!((done.counts.alerts, done.counts.left_out), (1, 2));
    assert_eq!(
        done.observed.accounts[&Engine::A].equity_usd_by_day.len(),
        1
    );
}

#[test]
fn impossible_plans_are_refused() {
    let good = rules_alone(simulated(5), generated(1, 1, 1));
    let mut nothing = good.clone();
    nothing.alerts.clear();
    let mut by_days = good.clone();
    by_days.step = "1d".parse().unwrap();
    let mut backwards = good.clone();
    (backwards.from, backwards.to) = (
        Some("2026-06-02".parse().unwrap()),
        Some("2026-06-01".parse().unwrap()),
    );
    let mut unsound = good;
    unsound.settings.risk_limits.max_open_positions = 0;
    let refused = [nothing, by_days, backwards, unsound].map(|plan| {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().build().unwrap();
        runtime.block_on(run(&plan, |_| {})).unwrap_err()
    });
    assert_eq!(refused[0], PlanError::NoAlerts);
    assert!(matches!(refused[1], PlanError::StepTooLong(_)));
    assert!(matches!(refused[2], PlanError::Backwards { .. }));
    assert!(matches!(refused[3], PlanError::Settings(_)));
}
