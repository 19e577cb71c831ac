//! An exit alert means what was held or wanted when it came: nothing of that stays held without
//! the wish to be closed.

use domain::signal::{Intent, Signal};
use domain::{AssignmentState, Position, PositionState};

use super::{Facts, Findings, Violation};

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("exit alerts");
    for assignment in &facts.assignments {
        let Some(alert) = facts.signals.get(&assignment.signal_id) else {
            continue;
        };
        let is_carried_out = match &assignment.state {
            AssignmentState::Ordered => true,
            AssignmentState::Rejected { rejection } => {
                rejection.reason == domain::RejectionReason::NothingToClose
            }
            _ => false,
        };
        if alert.intent != Intent::Exit || !is_carried_out {
            continue;
        }
        let meant = facts
            .positions
            .iter()
            .filter(|position| position.engine == assignment.engine && is_meant(alert, position));
        for position in meant {
            findings.expect(is_on_its_way_out(position), || {
                format!(
                    "{} is held after the exit alert {}",
                    position.signal_id, alert.signal_id
                )
            });
        }
    }
    findings.close()
}

fn is_meant(alert: &Signal, position: &Position) -> bool {
    let same_strategy = alert.strategy.is_none() || alert.strategy == position.strategy;
    alert.symbol == position.symbol
        && same_strategy
        && position.entry_received_at <= alert.received_at
}

fn is_on_its_way_out(position: &Position) -> bool {
    matches!(position.state, PositionState::Closed(_)) || position.exit_request.is_some()
}
