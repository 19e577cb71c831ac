//! What an engine decided on a signal, and everything that it looked at.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::ids::SignalId;
use crate::reason::Rejection;
use crate::rule::RuleReading;
use crate::settings::SettingsVersions;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The hash that names the stored evidence.
    pub evidence: String,
    /// The settings in force.
    pub settings: SettingsVersions,
    /// When.
    pub decided_at: DateTime<Utc>,
}
