//! What is wrong with an alert, told field by field so that its author can mend all at once.

use serde::Serialize;

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The field as the alert spells it, with a dot between levels; `body` for the whole.
    pub field: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Problem {
    pub(super) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// Why an alert gave no signal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Fields are missing, unreadable, or contradict each other: all of them are listed.
    #[error("the alert is invalid: {}", listed(.0))]
    Invalid(Vec<Problem>),
    /// It could be read, but its time is too long ago or in the future.
    #[error("the alert is untimely: {} {}", .0.field, .0.message)]
    Stale(Problem),
}

impl ReadError {
    /// Everything that is wrong.
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Invalid(problems) => problems,
            Self::Stale(problem) => std::slice::from_ref(problem),
        }
    }
}

fn listed(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(|p| format!("{} {}", p.field, p.message)).collect();
    lines.join("; ")
}
