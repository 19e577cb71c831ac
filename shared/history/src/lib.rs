//! Reads back what was: what came of each signal, for reports; and what each decision was made
//! on, to make it again. It writes nothing, and asks no market.

mod observed;
mod outcome;
mod replays;

use chrono::{DateTime, Utc};
use domain::SignalId;
use futures::future::try_join_all;
use runtime::{StartError, Surroundings};
use storage::ledger::Trace;
use storage::{EvidenceTable, Ledger, StorageError};

pub use observed::span;
pub use outcome::outcome_of;
pub use replays::{Changes, Made, NotReplayable, Replay, ReplayError, Revoted};

/// Traces that are read at once.
const AT_ONCE: usize = 16;

/// The history that the tables hold.
#[derive(Debug, Clone)]
pub struct History {
    ledger: Ledger,
    evidence: EvidenceTable,
}

impl History {
    /// The history in these surroundings.
    pub fn new(surroundings: &Surroundings) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            aws,
            entropy,
            ..
        } = surroundings;
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            evidence: EvidenceTable::new(aws, environment)?,
        })
    }

    /// The signals received in `from..to`, in the order in which they came in.
    pub async fn signals(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<SignalId>, StorageError> {
        self.ledger.signals_between(from, to).await
    }

    /// Calls `each` with the trace of every signal, in order. Few are read at once.
    pub async fn each_trace(
        &self,
        ids: &[SignalId],
        mut each: impl FnMut(Trace),
    ) -> Result<(), StorageError> {
        for some in ids.chunks(AT_ONCE) {
            let reads = some.iter().map(|id| self.ledger.trace(*id));
            try_join_all(reads).await?.into_iter().for_each(&mut each);
        }
        Ok(())
    }
}
