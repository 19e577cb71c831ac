//! How positions end: by an alert, at the next open, by a reversal, at expiration.

use decisions::experiment::Fate;
use domain::{Engine, ExitReason, OptionRight, PositionState, Price};

use crate::world::{Bars, Intent, MONDAY, alert, at, done, fates, rules_alone};

fn flat_week() -> Bars {
    Bars::day(MONDAY, 600.0, &[])
        .and("2026-06-02", 600.0, &[])
        .and("2026-06-03", 600.0, &[])
        .and("2026-06-04", 600.0, &[])
        .and("2026-06-05", 600.0, &[])
}

fn closed(fate: Fate) -> decisions::experiment::ClosedTrade {
    match fate {
        Fate::Closed(trade) => trade,
        other => panic!("not closed: {other:?}"),
    }
}

#[test]
fn an_exit_alert_closes_at_its_own_time() {
    let alerts = vec![
        alert(at(MONDAY, "10:00:02"), "SPY", Intent::Long),
        alert(at(MONDAY, "11:17:31"), "SPY", Intent::Exit),
    ];
    let done = done(&rules_alone(flat_week().market(), alerts));
    let trade = closed(fates(&done)[0]);
    assert_eq!(trade.exit_reason, ExitReason::ExitAlert);
    assert_eq!(trade.opened_at, at(MONDAY, "10:00:02"));
    assert_eq!(trade.closed_at, at(MONDAY, "11:17:31"));
    // An exit asks for no entry, and so has no outcome of its own.
    assert_eq!(done.observed.signals.len(), 1);
}

#[test]
fn an_exit_alert_after_the_close_is_met_at_the_next_open() {
    let alerts = vec![
        alert(at(MONDAY, "10:00:02"), "SPY", Intent::Long),
        alert(at(MONDAY, "17:00:00"), "SPY", Intent::Exit),
    ];
    let done = done(&rules_alone(flat_week().market(), alerts));
    let trade = closed(fates(&done)[0]);
    assert_eq!(trade.exit_reason, ExitReason::ExitAlert);
    assert_eq!(trade.closed_at, at("2026-06-02", "09:30:00"));
}

#[test]
fn an_exit_alert_of_another_symbol_or_from_before_closes_nothing() {
    let alerts = vec![
        alert(at(MONDAY, "09:59:00"), "SPY", Intent::Exit),
        alert(at(MONDAY, "10:00:02"), "SPY", Intent::Long),
        alert(at(MONDAY, "10:30:00"), "QQQ", Intent::Exit),
    ];
    let mut plan = rules_alone(flat_week().market(), alerts);
    plan.to = Some(MONDAY.parse().unwrap());
    assert_eq!(fates(&done(&plan)), [Fate::Open]);
}

#[test]
fn a_reversal_closes_one_side_and_enters_the_other() {
    let alerts = vec![
        alert(at(MONDAY, "10:00:02"), "SPY", Intent::Long),
        alert(at(MONDAY, "11:00:00"), "SPY", Intent::ReverseToShort),
    ];
    let mut plan = rules_alone(flat_week().market(), alerts);
    plan.to = Some(MONDAY.parse().unwrap());
    let done = done(&plan);
    let [first, second] = fates(&done)[..] else {
        panic!("two signals ask for entries");
    };
    assert_eq!(closed(first).closed_at, at(MONDAY, "11:00:00"));
    assert_eq!(second, Fate::Open);
    let rights: Vec<_> = done
        .positions
        .iter()
        .map(|it| it.contract.right())
        .collect();
    assert_eq!(rights, [OptionRight::Call, OptionRight::Put]);
}

#[test]
fn days_run_out_before_the_contract_does() {
    let mut plan = rules_alone(
        flat_week().market(),
        vec![alert(at(MONDAY, "10:00:02"), "SPY", Intent::Long)],
    );
    plan.settings.exit_rules.max_hold_hours = 24;
    let trade = closed(fates(&done(&plan))[0]);
    assert_eq!(trade.exit_reason, ExitReason::MaxHoldTime);
    let held = trade.closed_at - trade.opened_at;
    assert_eq!(held.num_minutes(), 24 * 60, "{held}");
}

/// A position whose contract nobody bids for can't be sold: it is settled at what it is worth.
#[test]
fn what_can_t_be_sold_is_settled_at_its_expiration() {
    let dates = [
        MONDAY,
        "2026-06-02",
        "2026-06-03",
        "2026-06-04",
        "2026-06-05",
        "2026-06-08",
        "2026-06-09",
        "2026-06-10",
        "2026-06-11",
        "2026-06-12",
        "2026-06-15",
    ];
    let mut bars = Bars::day(dates[0], 600.0, &[]);
    for date in &dates[1..] {
        bars = bars.and(date, 60.0, &[]);
    }
    let alerts = vec![alert(at(MONDAY, "10:00:02"), "SPY", Intent::Long)];
    let done = done(&rules_alone(bars.market(), alerts));
    let trade = closed(fates(&done)[0]);
    assert_eq!(trade.exit_reason, ExitReason::Expired);
    assert_eq!(trade.gross_usd, -trade.premium_usd);
    let position = &done.positions[0];
    assert!(
        position.exits_ordered > 100,
        "it was tried: {}",
        position.exits_ordered
    );
    let PositionState::Closed(outcome) = &position.state else {
        panic!("{position:?}");
    };
    assert_eq!(outcome.exit_price, Price::ZERO);
    let expiration = position.contract.expiration();
    assert_eq!(trade.closed_at, at(&expiration.to_string(), "16:00:00"));
    let days = &done.observed.accounts[&Engine::A].equity_usd_by_day;
    assert_eq!(
        days.keys().next_back(),
        Some(&expiration),
        "it ends when nothing is held"
    );
}
