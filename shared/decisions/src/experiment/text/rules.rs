//! Guardrails and promotion.

use super::numbers::{milliseconds, or_dash, percent};
use super::table::Table;
use crate::experiment::guardrails::{Guardrail, GuardrailName, Outcome};
use crate::experiment::promotion::Promotion;

/// Each guardrail with its numbers.
pub(super) fn guardrails(all: &[Guardrail]) -> String {
    let rows = all.iter().map(|one| {
        let (name, show) = told(one.name);
        let value = |value: Option<f64>| or_dash(value, show);
        let outcome = match one.outcome {
            Outcome::Pass => "pass",
            Outcome::Fail => "FAIL",
            Outcome::Unknown => "unknown",
        };
        vec![
            name.to_owned(),
            outcome.to_owned(),
            value(one.a),
            value(one.b),
            value(one.b_max),
        ]
    });
    let heading = ["", "", "A", "B", "B at most"];
    Table::headed(&heading).rows(rows).under("GUARDRAILS")
}

fn told(name: GuardrailName) -> (&'static str, fn(f64) -> String) {
    match name {
        GuardrailName::Drawdown => ("maximum drawdown", percent),
        GuardrailName::CapacityRejections => ("rejected by circumstances", percent),
        GuardrailName::DecisionLatency => ("alert to decision, p95", milliseconds),
    }
}

/// Whether B may be promoted, or what is in the way.
pub(super) fn promotion(promotion: &Promotion) -> String {
    if promotion.may_promote {
        return "PROMOTION\n  nothing is in the way of Engine B".to_owned();
    }
    let lines: Vec<String> = promotion
        .in_the_way
        .iter()
        .map(|one| format!("  in the way: {}", one.words()))
        .collect();
    format!("PROMOTION\n{}", lines.join("\n"))
}
