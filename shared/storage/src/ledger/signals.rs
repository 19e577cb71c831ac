//! Writing a signal with its assignments: the write after which the webhook may answer 2xx.

use domain::signal::Signal;
use domain::{Assignment, AssignmentState};

use super::Ledger;
use crate::error::StorageError;
use crate::item::{Versioned, decode, encode};
use crate::transact::Transaction;
use crate::webhook_event::WebhookEvent;

/// What became of a signal's write.
#[derive(Debug, Clone, PartialEq)]
pub enum Recorded {
    /// It is in the ledger now.
    New,
    /// It was there already. These of its assignments nobody has decided yet.
    Duplicate {
        /// Assignments that are still pending: their message may have been lost.
        still_pending: Vec<Assignment>,
    },
}

impl Ledger {
    /// Writes the signal, its assignments and the webhook's event, all or nothing. The event of
    /// an accepted alert is a part of its signal's item.
    pub async fn record_signal(
        &self,
        signal: &Signal,
        assignments: &[Assignment],
        event: &WebhookEvent,
    ) -> Result<Recorded, StorageError> {
        let accepted = encode(signal, 1).map(|mut item| {
            event.add_accepted(&mut item);
            item
        });
        let first = self.transaction().put_new_item(accepted);
        let transaction = assignments.iter().fold(first, Transaction::put_new);
        let Err(mut refused) = self.commit(transaction).await? else {
            return Ok(Recorded::New);
        };
        let positions = 1..=assignments.len();
        let there = positions
            .filter_map(|position| refused.item_at(position))
            .map(decode);
        let there: Vec<Versioned<Assignment>> = there.collect::<Result<_, _>>()?;
        let still_pending = there
            .into_iter()
            .map(|assignment| assignment.record)
            .filter(|assignment| assignment.state == AssignmentState::Pending)
            .collect();
        Ok(Recorded::Duplicate { still_pending })
    }

    /// Writes a webhook's event that stands alone: of a duplicate, or of an alert that was refused.
    pub async fn record_webhook_event(&self, event: &WebhookEvent) -> Result<(), StorageError> {
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(encode(event, 1)?))
            .send()
            .await
            .map(drop)
            .map_err(StorageError::aws("PutItem"))
    }
}
