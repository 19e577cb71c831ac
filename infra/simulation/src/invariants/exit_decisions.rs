//! Each exit order has the decision behind it, made by the first rule that fired, and each close
//! tells how far its fill was from the price that set it off.

use std::collections::BTreeMap;

use domain::{
    ExitDecision, ExitReason, ExitRule, Leg, Order, Outcome, Position, PositionState, Purpose,
    SignalId,
};
use rust_decimal::Decimal;

use super::{Facts, Findings, Violation};

type Key = (SignalId, domain::Engine, Leg);

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("exit decisions");
    let decisions: BTreeMap<Key, &ExitDecision> = facts
        .exit_decisions
        .iter()
        .map(|it| ((it.signal_id, it.engine, it.leg), it))
        .collect();
    let orders: BTreeMap<Key, &Order> = facts
        .orders
        .iter()
        .map(|it| ((it.signal_id, it.engine, it.leg), &it.record))
        .collect();
    for (key, order) in &orders {
        if let Purpose::Exit { reason, .. } = &order.purpose {
            decided(*reason, order, decisions.get(key).copied(), &mut findings);
        }
    }
    for (key, decision) in &decisions {
        findings.expect(orders.contains_key(key), || {
            format!("{:?} was decided and has no order", key.0)
        });
        by_the_first_rule(decision, &mut findings);
    }
    for position in &facts.positions {
        if let PositionState::Closed(outcome) = &position.state {
            slipped(position, outcome, &orders, &mut findings);
        }
    }
    findings.close()
}

fn decided(
    reason: ExitReason,
    order: &Order,
    decision: Option<&ExitDecision>,
    findings: &mut Findings,
) {
    // A settlement follows from the calendar: nobody decides it.
    let fits = match decision {
        Some(decision) => {
            decision.reason == reason && decision.trigger_price == order.trigger_price()
        }
        None => reason == ExitReason::Expired,
    };
    findings.expect(fits, || {
        format!(
            "{} {} by {reason} isn't what was decided",
            order.signal_id, order.leg
        )
    });
}

fn by_the_first_rule(decision: &ExitDecision, findings: &mut Findings) {
    let rules: Vec<ExitRule> = decision.readings.iter().map(|it| it.rule).collect();
    let complete = rules == ExitRule::ALL || rules == [ExitRule::Requested];
    findings.expect(complete, || {
        format!("{} was decided on {rules:?}", decision.signal_id)
    });
    let first = decision.readings.iter().find(|reading| reading.fires);
    findings.expect(first.is_some_and(|it| it.reason == decision.reason), || {
        format!("{} was decided by {first:?}", decision.signal_id)
    });
}

fn slipped(
    position: &Position,
    outcome: &Outcome,
    orders: &BTreeMap<Key, &Order>,
    findings: &mut Findings,
) {
    let key = (position.signal_id, position.engine, position.current_exit());
    let trigger = orders.get(&key).and_then(|order| order.trigger_price());
    let contracts = Decimal::from(position.quantity.count()) * Decimal::ONE_HUNDRED;
    let expected = trigger.map(|it| (outcome.exit_price.decimal() - it.decimal()) * contracts);
    let told = outcome.slippage_usd.map(|usd| usd.0);
    findings.expect(outcome.trigger_price == trigger && told == expected, || {
        format!("{} slipped {told:?}, not {expected:?}", position.signal_id)
    });
}
