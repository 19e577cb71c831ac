//! How long work has been waiting: of each state the piece that is due first, and the first event
//! that the roll-ups haven't counted. From an index that may lag.

use chrono::{DateTime, Utc};

use super::Ledger;
use super::work::WorkState;
use crate::error::StorageError;
use crate::item::number_of;
use crate::keys::unapplied;

/// When the first piece of work of each state is due, or was; none where nothing waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Signals that an engine hasn't decided.
    pub assignment_pending_due_at: Option<DateTime<Utc>>,
    /// Approvals without an order.
    pub assignment_approved_due_at: Option<DateTime<Utc>>,
    /// Orders without a fill.
    pub order_pending_due_at: Option<DateTime<Utc>>,
    /// Since when an event waits for the roll-ups: when its position closed, or when its
    /// signal came in.
    pub unapplied_since: Option<DateTime<Utc>>,
}

impl Ledger {
    /// The backlog: four reads of one item each.
    pub async fn backlog(&self) -> Result<Backlog, StorageError> {
        let (pending, approved, order, uncounted) = futures::try_join!(
            self.first_due(WorkState::AssignmentPending.key()),
            self.first_due(WorkState::AssignmentApproved.key()),
            self.first_due(WorkState::OrderPending.key()),
            self.first_due(unapplied()),
        )?;
        Ok(Backlog {
            assignment_pending_due_at: pending,
            assignment_approved_due_at: approved,
            order_pending_due_at: order,
            unapplied_since: uncounted,
        })
    }

    async fn first_due(&self, state_key: String) -> Result<Option<DateTime<Utc>>, StorageError> {
        let found = self.in_state(&state_key, None, 1).await?;
        let due_ms = found.first().and_then(|item| number_of(item, "due_ms"));
        Ok(due_ms.and_then(DateTime::from_timestamp_millis))
    }
}
