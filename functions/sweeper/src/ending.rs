//! Ending work that was sent five times and that nobody finished.

use chrono::{DateTime, Utc};
use decisions::lifecycle;
use domain::{Assignment, AssignmentState, Order, Rejection, RejectionReason};
use runtime::vitals::{Keeper, names};
use storage::ledger::Written;
use storage::{StorageError, Versioned};

use crate::{SENDS_MAX, Sweeper};

impl Sweeper {
    pub(crate) async fn end_assignment(
        &self,
        assignment: &Versioned<Assignment>,
        now: DateTime<Utc>,
    ) -> Result<bool, StorageError> {
        tracing::error!(signal_id = %assignment.signal_id, engine = %assignment.engine, alarm = "gave_up", "an assignment is given up");
        let state = AssignmentState::Rejected {
            rejection: gave_up(),
        };
        let ended = lifecycle::moved(assignment, state, now);
        let written = self
            .ledger
            .move_assignment(&assignment.changed(ended))
            .await?;
        Ok(written == Written::Yes)
    }

    /// An entry ends for good and its premium is given back; an exit's position opens again.
    pub(crate) async fn end_order(&self, order: &Versioned<Order>) -> Result<bool, StorageError> {
        tracing::error!(work = %order.work_key(), alarm = "gave_up", "an order is given up");
        let failed = order.changed(lifecycle::failed(order, gave_up()));
        let written = if order.leg.is_exit() {
            self.fail_exit(&failed).await?
        } else {
            self.ledger.fail_entry(&failed).await?
        };
        let is_ended = written == Written::Yes;
        if is_ended {
            self.vitals.tally().count(names::order_failed(order));
        }
        Ok(is_ended)
    }

    async fn fail_exit(&self, failed: &Versioned<Order>) -> Result<Written, StorageError> {
        let trace = self.ledger.trace(failed.signal_id).await?;
        let Some(position) = trace.position(failed.engine) else {
            return Ok(Written::Changed);
        };
        let open = position.changed(lifecycle::exit_failed(position));
        self.ledger.fail_exit(failed, &open).await
    }
}

fn gave_up() -> Rejection {
    Rejection::new(
        RejectionReason::GaveUp,
        format!("sent {SENDS_MAX} times without an outcome"),
    )
}
