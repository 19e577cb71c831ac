//! Once nothing is under way: every signal came to an end.

use domain::{OrderState, PositionState};

use super::rollups::{is_unapplied, is_untold};
use super::{Facts, Findings, Violation};

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("at rest");
    for assignment in &facts.assignments {
        let (signal, name) = (assignment.signal_id, assignment.state.name());
        findings.expect(assignment.state.is_terminal(), || {
            format!("the assignment of {signal} is still {name}")
        });
        findings.expect(!is_unapplied(assignment), || {
            format!("the assignment of {signal} isn't in the roll-ups")
        });
    }
    for order in &facts.orders {
        findings.expect(order.state != OrderState::PendingExecution, || {
            format!("{} is still pending", order.work_key())
        });
        findings.expect(!is_untold(order), || {
            format!("nobody was told of {}", order.work_key())
        });
    }
    for position in &facts.positions {
        let is_closing = matches!(position.state, PositionState::Closing { .. });
        findings.expect(!is_closing, || {
            format!("the position of {} is still closing", position.signal_id)
        });
        findings.expect(!is_unapplied(position), || {
            format!(
                "the position of {} isn't in the roll-ups",
                position.signal_id
            )
        });
    }
    findings.close()
}
