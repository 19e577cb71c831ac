//! Why a contract was chosen, and why others were not.

use std::fmt::Write;

use domain::selection::{RejectedContract, Score, ScoredSelection};
use domain::{Selection, SelectionBasis};

use super::{Entry, INDENT};

/// The entry of a choice.
pub(super) fn of(selection: &Selection) -> Entry {
    let contract = &selection.contract;
    let why = match &selection.basis {
        SelectionBasis::Scored(scored) => of_chain(scored),
        SelectionBasis::NearestStrike { why } => {
            format!(", the nearest strike out of the money, without a chain: {why}")
        }
    };
    (selection.chosen_at, format!("chosen     {contract}{why}"))
}

fn of_chain(scored: &ScoredSelection) -> String {
    let figures = &scored.figures;
    let computed = if figures.modelled { " (computed)" } else { "" };
    let mut text = format!(
        ", score {}\n{INDENT}delta {}{computed}, volatility {}, theta {} a day, {} held, {} traded",
        parts(&scored.score),
        figures.delta,
        figures.implied_volatility,
        figures.theta,
        figures.open_interest,
        figures.volume
    );
    for other in &scored.runners_up {
        let _ = write!(
            text,
            "\n{INDENT}then {}, score {}",
            other.contract,
            parts(&other.score)
        );
    }
    let rejected: Vec<_> = scored
        .rejected
        .iter()
        .map(|(reason, n)| format!("{reason} {n}"))
        .collect();
    let _ = write!(
        text,
        "\n{INDENT}of {} in the chain of {}, rejected {}",
        scored.considered,
        scored.chain_from,
        if rejected.is_empty() {
            "none".to_owned()
        } else {
            rejected.join(", ")
        }
    );
    for rejected in &scored.nearest_rejected {
        let _ = write!(text, "\n{INDENT}{}", not_bought(rejected));
    }
    text
}

fn parts(score: &Score) -> String {
    format!(
        "{} (spread {}, delta {}, open interest {}, volume {}, theta {}, volatility {})",
        score.total(),
        score.spread,
        score.delta,
        score.open_interest,
        score.volume,
        score.theta,
        score.volatility
    )
}

fn not_bought(rejected: &RejectedContract) -> String {
    let RejectedContract {
        contract,
        reason,
        reading,
    } = rejected;
    format!("not  {contract}: {reason} {reading}")
        .trim_end()
        .to_owned()
}
