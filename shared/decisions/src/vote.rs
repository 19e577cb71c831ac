//! Counting the committee's vote.
//!
//! An agent that agrees with the signal's direction supports it by 50 + confidence / 2, one that
//! disagrees by 50 - confidence / 2, a neutral one by 50; the Risk agent by 100 - score. Who is
//! absent is left out, and the others' weights count for the whole. A veto rejects, whatever the
//! sum.

use domain::opinion::{Heard, Opinion};
use domain::settings::CommitteeRules;
use domain::signal::Direction;
use domain::vote::{Confidence, Contribution, Veto};
use domain::{Action, Vote};

use crate::agents::weight_of;

/// What opinions on a signal of this direction come to.
pub fn count(direction: Direction, heard: &[Heard], rules: &CommitteeRules) -> Vote {
    let opinions = || {
        heard
            .iter()
            .filter_map(|one| Some((one, one.answer.opinion()?)))
    };
    let contributions: Vec<Contribution> = opinions()
        .map(|(one, opinion)| Contribution {
            agent: one.agent.clone(),
            weight: weight_of(&one.agent, rules),
            support_halves: support_halves(opinion, direction),
        })
        .collect();
    let veto = opinions().find_map(|(one, opinion)| {
        Some(Veto {
            agent: one.agent.clone(),
            rejection: opinion.block.clone()?,
        })
    });
    let confidence = Confidence::of(&contributions);
    Vote {
        action: action(veto.as_ref(), confidence, rules.enter_at_points),
        confidence,
        enter_at_points: rules.enter_at_points,
        contributions,
        veto,
    }
}

/// Twice the support that an opinion gives to an entry of this direction.
pub fn support_halves(opinion: &Opinion, direction: Direction) -> u32 {
    if let Some(score) = opinion.risk_score {
        return 200 - 2 * score.get();
    }
    let confidence = opinion.confidence.get();
    match opinion.bias.agrees_with(direction) {
        Some(true) => 100 + confidence,
        Some(false) => 100 - confidence,
        None => 100,
    }
}

fn action(veto: Option<&Veto>, confidence: Option<Confidence>, enter_at: u32) -> Action {
    match confidence {
        _ if veto.is_some() => Action::Reject,
        Some(confidence) if confidence.is_at_least(enter_at) => Action::Enter,
        _ => Action::Skip,
    }
}
