//! The ledger: everything that follows from a signal, and each engine's book.
//!
//! The life of a signal is one item collection, read by one Query ([`Ledger::trace`]). Work is
//! found by state and due time through a sparse index, which is a hint: before acting, the base
//! item is read, and every change is conditional on what was read.

mod backlog;
mod book;
mod book_change;
mod decisions;
mod entries;
mod equity;
mod exits;
mod halts;
mod listing;
mod pages;
mod refused_alerts;
mod rollups;
mod signals;
mod switches;
mod telling;
mod trace;
mod watches;
mod work;

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use runtime::environment::{Environment, MissingVariable};
use runtime::{AwsClients, Entropy, Step};

use crate::error::StorageError;
use crate::transact::{Outcome, Transaction};

pub use backlog::Backlog;
pub use book::Proceeds;
pub use decisions::{BarClaim, Decided};
pub use entries::{EntryFill, EntryFilled, EntryOrdered};
pub use exits::{Close, ExitBegun, ExitOrder};
pub use halts::Halted;
pub use pages::{ListedOrder, SignalWithTasks};
pub use rollups::{
    AcceptanceRow, AgentRow, Applied, Biases, Dimension, Finished, ProfitNow, ProfitRange,
    ProfitRow, Unapplied, counted_too,
};
pub use signals::Recorded;
pub use switches::Switched;
pub use trace::Trace;
pub use work::{DueWork, WorkState};

/// How long a write is tried while others are in the way.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether a write happened, or found that somebody else had changed what it builds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Written {
    /// It happened.
    Yes,
    /// It didn't: read again, and decide again.
    Changed,
}

impl From<Written> for Step {
    fn from(written: Written) -> Self {
        match written {
            Written::Yes => Self::Done,
            Written::Changed => Self::Again,
        }
    }
}

/// The ledger table.
#[derive(Debug, Clone)]
pub struct Ledger {
    pub(crate) client: Client,
    pub(crate) table: String,
    entropy: Entropy,
    patience: Duration,
}

impl Ledger {
    /// The ledger whose table's name stands in `LEDGER_TABLE`.
    pub fn new(
        aws: &AwsClients,
        environment: &Environment,
        entropy: Entropy,
    ) -> Result<Self, MissingVariable> {
        let table = environment.require("LEDGER_TABLE")?.to_owned();
        Ok(Self {
            client: aws.dynamodb.clone(),
            table,
            entropy,
            patience: PATIENCE,
        })
    }

    /// The same ledger, trying contended writes no longer than this.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    pub(crate) fn transaction(&self) -> Transaction<'_> {
        Transaction::on(&self.table)
    }

    pub(crate) async fn commit(
        &self,
        transaction: Transaction<'_>,
    ) -> Result<Outcome, StorageError> {
        transaction
            .commit(&self.client, &self.entropy, self.patience)
            .await
    }

    /// Commits a transaction whose every condition is "nobody changed this".
    async fn commit_unchanged(
        &self,
        transaction: Transaction<'_>,
    ) -> Result<Written, StorageError> {
        Ok(match self.commit(transaction).await? {
            Ok(()) => Written::Yes,
            Err(_) => Written::Changed,
        })
    }
}
