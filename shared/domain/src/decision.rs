//! What an engine decided on a signal, and everything that it looked at.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::ids::SignalId;
use crate::knowledge::Knowledge;
use crate::reason::Rejection;
use crate::rule::RuleReading;
use crate::settings::SettingsVersions;
use crate::vote::Vote;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DecisionVerdict))]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Enter.
    Approved,
    /// Don't.
    Rejected {
        /// The first rule that said no.
        rejection: Rejection,
    },
}

/// An engine's decision, with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Decision {
    /// The signal.
    pub signal_id: SignalId,
    /// Who decided.
    pub engine: Engine,
    /// What came of it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The law that both engines live under: every rule of it.
    pub eligibility: Vec<RuleReading>,
    /// The engine's own rules: every one.
    pub entry_rules: Vec<RuleReading>,
    /// What the committee's opinions came to; absent where none was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<Vote>,
    /// What the engine knew besides the evidence; absent in decisions that were made before it
    /// was kept, which can't be made again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Object>))]
    pub knowledge: Option<Knowledge>,
    /// The hash that names the stored evidence.
    pub evidence: String,
    /// The settings in force.
    pub settings: SettingsVersions,
    /// When.
    pub decided_at: DateTime<Utc>,
}
