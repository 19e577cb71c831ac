//! What isn't over is listed as work with a time at which it counts as forgotten, so that the
//! sweeper finds it; what was decided was decided on evidence that is there.

use std::collections::BTreeSet;

use domain::{AssignmentState, OrderState, PositionState};

use super::facts::Found;
use super::rollups::{is_unapplied, is_untold};
use super::{Facts, Findings, Violation};

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("work");
    check_assignments(facts, &mut findings);
    check_orders(facts, &mut findings);
    check_positions(facts, &mut findings);
    check_signals(facts, &mut findings);
    check_evidence(facts, &mut findings);
    findings.close()
}

fn check_assignments(facts: &Facts, findings: &mut Findings) {
    for assignment in &facts.assignments {
        let name = assignment.state.name();
        let listed = match assignment.state {
            AssignmentState::Pending | AssignmentState::Approved => {
                is_listed(assignment, &format!("ASSIGNMENT#{name}#0"))
            }
            _ => assignment.state_key.is_none() || is_unapplied(assignment),
        };
        findings.expect(listed, || {
            let listed = &assignment.state_key;
            format!(
                "the assignment of {} is {name} and listed as {listed:?}",
                assignment.signal_id
            )
        });
    }
}

fn check_orders(facts: &Facts, findings: &mut Findings) {
    for order in &facts.orders {
        let listed = if order.state == OrderState::PendingExecution {
            is_listed(order, "ORDER#pending_execution#0")
        } else {
            order.state_key.is_none() || is_untold(order)
        };
        findings.expect(listed, || {
            let (work, listed) = (order.work_key(), &order.state_key);
            format!("{work} is {} and listed as {listed:?}", order.state.name())
        });
    }
}

fn check_positions(facts: &Facts, findings: &mut Findings) {
    for position in &facts.positions {
        let name = position.state.name();
        let listed = match position.state {
            PositionState::Closed(_) => position.state_key.is_none() || is_unapplied(position),
            _ => is_listed(position, &format!("POSITION#{name}#0")),
        };
        findings.expect(listed, || {
            let listed = &position.state_key;
            format!(
                "the position of {} is {name} and listed as {listed:?}",
                position.signal_id
            )
        });
    }
}

fn is_listed<T>(found: &Found<T>, state_key: &str) -> bool {
    found.state_key.as_deref() == Some(state_key) && found.due_ms.is_some()
}

/// A signal and its assignments are written together.
fn check_signals(facts: &Facts, findings: &mut Findings) {
    let assigned: BTreeSet<_> = facts.assignments.iter().map(|it| it.signal_id).collect();
    for signal in facts.signals.keys() {
        findings.expect(assigned.contains(signal), || {
            format!("{signal} is nobody's task")
        });
    }
    for signal in &assigned {
        let is_there = facts.signals.contains_key(signal);
        findings.expect(is_there, || format!("{signal} was never received"));
    }
}

fn check_evidence(facts: &Facts, findings: &mut Findings) {
    for decision in &facts.decisions {
        let (signal, evidence) = (decision.signal_id, &decision.evidence);
        findings.expect(facts.evidence_stored.contains(evidence), || {
            format!("the evidence `{evidence}` of the decision on {signal} isn't there")
        });
        let named = facts
            .evidence
            .iter()
            .find(|pointer| pointer.signal_id == signal);
        findings.expect(
            named.is_some_and(|pointer| pointer.sha256 == *evidence),
            || format!("the decision on {signal} stands on evidence that isn't its signal's"),
        );
    }
}
