//! Engine B: a committee of agents votes on every eligible alert.
//!
//! Its decision is a pure function of the case and of what was heard; hearing the agents within
//! a deadline is its caller's affair.

use domain::opinion::Heard;
use domain::{Action, Decision, Rejection, RejectionReason, RuleReading, Verdict, Vote};

use crate::case::{Case, Judgement};
use crate::entry_limits::first_failure;
use crate::vote;

/// Whether the committee is to be asked: an alert that isn't eligible is rejected without it.
pub fn is_to_be_heard(case: &Case<'_>) -> bool {
    case.signal.intent.direction().is_some() && first_failure(&case.eligibility()).is_none()
}

/// Engine B's decision after hearing the committee; `heard` counts for eligible alerts only.
pub fn decide(case: &Case<'_>, heard: &[Heard]) -> Decision {
    let eligibility = case.eligibility();
    let judgement = judge(case, &eligibility, heard);
    case.decision(eligibility, judgement)
}

fn judge(case: &Case<'_>, eligibility: &[RuleReading], heard: &[Heard]) -> Judgement {
    let rejected = |rejection| Judgement {
        verdict: Verdict::Rejected { rejection },
        entry_rules: Vec::new(),
        vote: None,
    };
    if let Some(rejection) = first_failure(eligibility) {
        return rejected(rejection);
    }
    let Some(direction) = case.signal.intent.direction() else {
        let detail = format!("{} has no direction", case.signal.intent.kind());
        return rejected(Rejection::new(RejectionReason::PyramidingOff, detail));
    };
    let vote = vote::count(direction, heard, &case.settings.committee);
    Judgement {
        verdict: verdict(&vote),
        entry_rules: Vec::new(),
        vote: Some(vote),
    }
}

fn verdict(vote: &Vote) -> Verdict {
    let rejection = match (vote.action, &vote.veto, vote.confidence) {
        (Action::Enter, ..) => return Verdict::Approved,
        (_, Some(veto), _) => {
            let detail = format!("{} vetoes: {}", veto.agent, veto.rejection.detail);
            Rejection::new(veto.rejection.reason, detail)
        }
        (_, None, Some(confidence)) => {
            let detail = format!("{confidence} of {} points", vote.enter_at_points);
            Rejection::new(RejectionReason::LowConfidence, detail)
        }
        (_, None, None) => {
            let detail = "no agent that counts had an opinion";
            Rejection::new(RejectionReason::NoOpinions, detail)
        }
    };
    Verdict::Rejected { rejection }
}
