//! Engine B: a committee of agents votes on every eligible alert.
//!
//! Its decision is a pure function of the case and of what was heard; hearing the agents within
//! a deadline is its caller's affair.

use domain::opinion::Heard;
use domain::signal::Direction;
use domain::{Action, Decision, Rejection, RejectionReason, RuleReading, Verdict, Vote};

use crate::case::{Case, Judgement};
use crate::entry_limits::first_failure;
use crate::vote;

/// Engine B's decision, and what the committee said before it. `hear` asks the committee; it isn't
/// called for an alert that isn't eligible, which is rejected without it.
pub fn decide(
    case: &Case<'_>,
    hear: impl FnOnce() -> Vec<Heard>,
) -> (Decision, Option<Vec<Heard>>) {
    let eligibility = case.eligibility();
    match votes_on(case, &eligibility) {
        Err(rejection) => {
            let judgement = judged(Verdict::Rejected { rejection }, None);
            (case.decision(eligibility, judgement), None)
        }
        Ok(direction) => {
            let heard = hear();
            let vote = vote::count(direction, &heard, &case.settings.committee);
            let judgement = judged(verdict(&vote), Some(vote));
            (case.decision(eligibility, judgement), Some(heard))
        }
    }
}

/// The direction that the committee votes on, or why it isn't asked.
fn votes_on(case: &Case<'_>, eligibility: &[RuleReading]) -> Result<Direction, Rejection> {
    if let Some(rejection) = first_failure(eligibility) {
        return Err(rejection);
    }
    let intent = case.signal.intent;
    intent.direction().ok_or_else(|| {
        let detail = format!("{} has no direction", intent.kind());
        Rejection::new(RejectionReason::PyramidingOff, detail)
    })
}

/// Engine B has no rules of its own beside the vote.
fn judged(verdict: Verdict, vote: Option<Vote>) -> Judgement {
    Judgement {
        verdict,
        entry_rules: Vec::new(),
        vote,
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
