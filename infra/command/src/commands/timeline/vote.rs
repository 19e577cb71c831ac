//! The committee's vote, agent by agent.

use std::fmt::Write;

use domain::opinion::{Answer, Heard, Opinion};
use domain::vote::{Contribution, Vote};

use super::INDENT;

/// One line for the vote, one for each agent, and one for each of its reasons.
pub(super) fn lines(vote: &Vote, heard: &[Heard]) -> String {
    let mut text = String::new();
    let confidence = vote
        .confidence
        .map_or_else(|| "nobody".to_owned(), |confidence| confidence.to_string());
    let (action, threshold) = (vote.action, vote.enter_at_points);
    let _ = write!(
        text,
        "\n{INDENT}vote  {action}: {confidence} of 100, enters at {threshold}"
    );
    if let Some(veto) = &vote.veto {
        let _ = write!(text, "\n{INDENT}veto  {}: {}", veto.agent, veto.rejection);
    }
    for one in heard {
        let given = vote.contributions.iter().find(|it| it.agent == one.agent);
        let _ = write!(text, "\n{INDENT}{}", agent(one, given, vote));
    }
    text
}

fn agent(heard: &Heard, given: Option<&Contribution>, vote: &Vote) -> String {
    let name = &heard.agent;
    match &heard.answer {
        Answer::Absent { absence, why } => {
            format!("      {name:<11} absent ({}): {why}", absence.name())
        }
        Answer::Given(opinion) => {
            let added = given.map_or_else(String::new, |given| added(given, vote));
            let mut text = format!("      {name:<11} {}{added}", said(opinion));
            for reason in &opinion.reasons {
                let _ = write!(
                    text,
                    "\n{INDENT}        {:>+4}  {}",
                    reason.points, reason.name
                );
                let figures = reason.figures.iter();
                let figures: Vec<_> = figures.map(|(name, it)| format!("{name} {it}")).collect();
                if !figures.is_empty() {
                    let _ = write!(text, "  ({})", figures.join(", "));
                }
            }
            if !opinion.missing.is_empty() {
                let _ = write!(
                    text,
                    "\n{INDENT}        missing: {}",
                    opinion.missing.join(", ")
                );
            }
            text
        }
    }
}

fn said(opinion: &Opinion) -> String {
    opinion.risk_score.map_or_else(
        || format!("{} {}", opinion.bias, opinion.confidence),
        |score| format!("risk {score}"),
    )
}

/// What the agent adds to the confidence.
fn added(given: &Contribution, vote: &Vote) -> String {
    let Some(confidence) = vote.confidence else {
        return String::new();
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "sums of small whole numbers, for showing"
    )]
    let share = given.halves() as f64 / (2.0 * confidence.weight as f64);
    let (support, weight) = (given.support(), given.weight);
    format!(", supports by {support} x {weight}: {share:.2}")
}
