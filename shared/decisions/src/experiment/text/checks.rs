//! What was checked.

use super::numbers::{counted, probability_is};
use crate::experiment::checks::{Checks, SampleRatioCheck};
use crate::experiment::exposure::Exposure;

/// Both checks, a line each.
pub(super) fn section(checks: &Checks) -> String {
    format!(
        "CHECKS\n  sample ratio  {}\n  exposure      {}",
        sample_ratio(&checks.sample_ratio),
        exposure(&checks.exposure)
    )
}

fn sample_ratio(check: &SampleRatioCheck) -> String {
    match check {
        SampleRatioCheck::NotApplicable { why } => format!("not applicable: {why}"),
        SampleRatioCheck::Compared {
            signals: [a, b],
            expected: [due_a, due_b],
            p,
            alarm,
            is_mismatch,
        } => format!(
            "{}: A {a} of {due_a:.1} due, B {b} of {due_b:.1}, {} (alarm below {alarm})",
            if *is_mismatch { "FAILED" } else { "passed" },
            probability_is(*p)
        ),
    }
}

fn exposure(exposure: &Exposure) -> String {
    let unchecked = match exposure.unchecked {
        0 => String::new(),
        some => format!(", {some} without a note of their routing"),
    };
    let checked = counted(exposure.checked, "signal");
    if exposure.violations.is_empty() {
        return format!("passed: {checked} went where their bucket says{unchecked}");
    }
    let wrong: Vec<String> = exposure
        .violations
        .iter()
        .map(|one| format!("{} {}", one.signals, one.kind.words()))
        .collect();
    format!("FAILED: of {checked}, {}{unchecked}", wrong.join("; "))
}
