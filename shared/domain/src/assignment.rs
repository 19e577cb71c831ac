//! The task of one engine to decide on one signal, and its states.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::experiment::Routed;
use crate::ids::SignalId;
use crate::reason::Rejection;
use crate::symbol::Symbol;

/// Where an assignment stands. It only ever moves forward:
/// `pending → approved → ordered`, or from either of the first two to `rejected`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AssignmentState {
    /// Not decided yet.
    Pending,
    /// The engine wants it; an order is to follow.
    Approved,
    /// Done: an order stands in the ledger; or, for an exit, every position it meant is closing.
    Ordered,
    /// Done: nothing will come of it.
    Rejected {
        /// Why not.
        rejection: Rejection,
    },
}

impl AssignmentState {
    /// The state's name, as it stands in the ledger.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Ordered => "ordered",
            Self::Rejected { .. } => "rejected",
        }
    }

    /// Whether nothing follows.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Ordered | Self::Rejected { .. })
    }

    /// Whether `next` may follow.
    pub fn may_become(&self, next: &Self) -> bool {
        match self {
            Self::Pending => !matches!(next, Self::Pending),
            Self::Approved => next.is_terminal(),
            Self::Ordered | Self::Rejected { .. } => false,
        }
    }
}

/// What an engine is to do with a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Whatever the signal asks for.
    #[default]
    Whole,
    /// Close what it means, and enter nothing: the entry is another engine's.
    CloseOnly,
}

impl Task {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    fn is_whole(&self) -> bool {
        *self == Self::Whole
    }
}

/// One engine's task on one signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assignment {
    /// The signal.
    pub signal_id: SignalId,
    /// Who decides.
    pub engine: Engine,
    /// The signal's symbol, so that a list of open work can be read without the signals.
    pub symbol: Symbol,
    /// The alert's own strategy name, where given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<String>,
    /// Who sent the alert, where given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How much of the signal is this engine's.
    #[serde(default, skip_serializing_if = "Task::is_whole")]
    pub task: Task,
    /// Why it is this engine's; absent in records from before there were two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routed: Option<Routed>,
    /// Where it stands.
    #[serde(flatten)]
    pub state: AssignmentState,
    /// When the signal was received: an entry's validity counts from here.
    pub received_at: DateTime<Utc>,
    /// Positions and pending entries that an exit alert has ended so far.
    #[serde(default)]
    pub ended: u32,
    /// How often the sweeper had to send it again.
    #[serde(default)]
    pub sends: u32,
    /// When it counts as forgotten, unless somebody moves it on; absent in terminal states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reason::RejectionReason;

    fn all() -> [AssignmentState; 4] {
        let rejection = Rejection::new(RejectionReason::TooLate, "late");
        [
            AssignmentState::Pending,
            AssignmentState::Approved,
            AssignmentState::Ordered,
            AssignmentState::Rejected { rejection },
        ]
    }

    #[test]
    fn only_these_moves_are_legal() {
        let legal: Vec<(&str, &str)> = all()
            .iter()
            .flat_map(|from| all().map(|to| (from.clone(), to)))
            .filter(|(from, to)| from.may_become(to))
            .map(|(from, to)| (from.name(), to.name()))
            .collect();
        assert_eq!(
            legal,
            [
                ("pending", "approved"),
                ("pending", "ordered"),
                ("pending", "rejected"),
                ("approved", "ordered"),
                ("approved", "rejected"),
            ]
        );
    }

    #[test]
    fn terminal_states_have_no_successor() {
        for state in all().iter().filter(|state| state.is_terminal()) {
            assert!(
                all().iter().all(|next| !state.may_become(next)),
                "{}",
                state.name()
            );
        }
    }
}
