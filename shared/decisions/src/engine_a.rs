//! Engine A: the rules. It enters on every eligible alert that its book has room for.

use domain::{Decision, Verdict};

use crate::case::{Case, Judgement};
use crate::entry_limits::{entry_limits, first_failure};

/// Engine A's decision: the first rule that says no rejects.
pub fn decide(case: &Case<'_>) -> Decision {
    let eligibility = case.eligibility();
    let entry_rules = entry_limits(case.signal, &case.knowledge.book, case.settings);
    let failure = first_failure(eligibility.iter().chain(&entry_rules));
    let verdict = failure.map_or(Verdict::Approved, |rejection| Verdict::Rejected {
        rejection,
    });
    let judgement = Judgement {
        verdict,
        entry_rules,
        vote: None,
    };
    case.decision(eligibility, judgement)
}
