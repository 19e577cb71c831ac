//! What follows from a decision, or from the want of data for one; the same for both engines.

use domain::{
    AssignmentState, Decision, Engine, Flag, Rejection, RejectionReason, Settings, Verdict,
};

use crate::case::Case;
use crate::entry_limits::entry_limits;

/// Where the assignment goes: what Engine B would enter ends here, while its entries aren't
/// traded.
pub fn state_after(decision: &Decision, settings: &Settings) -> AssignmentState {
    let traded = decision.engine == Engine::A || settings.flags.is_on(Flag::ShadowExecution);
    match &decision.verdict {
        Verdict::Approved if traded => AssignmentState::Approved,
        Verdict::Approved => AssignmentState::Rejected {
            rejection: Rejection::new(
                RejectionReason::ExecutionOff,
                format!("decided to enter; {} is off", Flag::ShadowExecution.name()),
            ),
        },
        Verdict::Rejected { rejection } => AssignmentState::Rejected {
            rejection: rejection.clone(),
        },
    }
}

/// Whether nothing but missing or stale data speaks against the entry: then it is worth another
/// look in a moment.
pub fn waits_for_data(case: &Case<'_>) -> bool {
    let is_about_data = |reason: RejectionReason| match reason {
        RejectionReason::NoMarketData | RejectionReason::StaleQuote => true,
        RejectionReason::MarketClosed => case.evidence.clock.is_none(),
        _ => false,
    };
    let law = case.eligibility();
    let limits = entry_limits(case.signal, &case.knowledge.book, case.settings);
    let all = law.iter().chain(&limits);
    let mut reasons = all.filter_map(|reading| reading.rejects_with).peekable();
    reasons.peek().is_some() && reasons.all(is_about_data)
}
