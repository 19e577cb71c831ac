//! Once nothing is under way: what happened was told, nothing else was, and the same event always
//! under the same id.

use std::collections::BTreeSet;

use domain::{AssignmentState, OrderState, PositionState};

use super::{Facts, Findings, Violation};

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("told");
    let Some(told) = &facts.told else {
        return findings.close();
    };
    let happened = happened(facts);
    for event in &happened {
        findings.expect(told.contains_key(event), || format!("{event}: never told"));
    }
    for (event, ids) in told {
        findings.expect(happened.contains(event), || {
            format!("{event}: told, and it never happened")
        });
        findings.expect(ids.len() == 1, || {
            format!("{event}: told under several ids, {ids:?}")
        });
    }
    findings.close()
}

fn happened(facts: &Facts) -> BTreeSet<String> {
    let mut happened = BTreeSet::new();
    for position in &facts.positions {
        let (signal, engine) = (position.signal_id, position.engine);
        happened.insert(format!("position.opened {signal} {engine}"));
        if let PositionState::Closed(_) = position.state {
            happened.insert(format!("position.closed {signal} {engine}"));
        }
    }
    for task in &facts.assignments {
        if let AssignmentState::Rejected { .. } = task.state {
            let (signal, engine) = (task.signal_id, task.engine);
            happened.insert(format!("signal.rejected {signal} {engine}"));
        }
    }
    for order in &facts.orders {
        if let OrderState::Failed { .. } = order.state {
            let (signal, engine, leg) = (order.signal_id, order.engine, order.leg);
            happened.insert(format!("order.failed {signal} {engine} {leg}"));
        }
    }
    happened
}
