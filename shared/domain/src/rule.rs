//! What a rule read, what its limit was, and what it said: the evidence behind a decision.

use serde::{Deserialize, Serialize};

use crate::reason::RejectionReason;

/// One rule's result. Every rule is evaluated, also after another one has said no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RuleReading {
    /// The rule's name, such as `open_positions`.
    pub rule: String,
    /// Whether it lets the entry through.
    pub passed: bool,
    /// What it read, in words or figures with their unit.
    pub reading: String,
    /// What it compared the reading with.
    pub limit: String,
    /// The reason that a rejection would carry; absent when it passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejects_with: Option<RejectionReason>,
}

impl RuleReading {
    /// The result of `rule`: it passes if `passed`, else it rejects with `reason`.
    pub fn new(
        rule: &str,
        passed: bool,
        reason: RejectionReason,
        reading: impl Into<String>,
        limit: impl Into<String>,
    ) -> Self {
        Self {
            rule: rule.to_owned(),
            passed,
            reading: reading.into(),
            limit: limit.into(),
            rejects_with: (!passed).then_some(reason),
        }
    }
}
