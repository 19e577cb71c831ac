//! How an exit begins, whoever wants it: the position is written closing with the exit order and
//! the decision behind it, and then the order is handed over to be filled.

use chrono::{DateTime, Utc};
use decisions::exit_wish;
use decisions::lifecycle::{self, ExitStart};
use domain::{ExitRequest, Position, PositionState};
use runtime::{StartError, Surroundings, WorkQueue};
use storage::ledger::{ExitBegun, Written};
use storage::{Ledger, StorageError, Versioned};

/// The way out, with the ledger and the queue that it leads through.
#[derive(Debug, Clone)]
pub struct WayOut {
    ledger: Ledger,
    fills: WorkQueue,
}

/// A wish that a position be closed, and under which circumstances it is told.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Who wants it.
    pub request: ExitRequest,
    /// Whether the market is open; not knowing counts as closed.
    pub market_is_open: bool,
    /// The version of the exit rules in force; zero where the table has none.
    pub exit_rules_version: u32,
    /// Now.
    pub now: DateTime<Utc>,
}

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Met {
    /// The exit has begun.
    Begun,
    /// The wish stands on the position; the exit monitor meets it.
    Noted(Waiting),
    /// The position is closed.
    Closed,
    /// Somebody else changed the position: read it again.
    Changed,
}

/// What a wish waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// The next open.
    ForTheOpen,
    /// The exit that is under way: if it fails, the wish still stands.
    ForTheExit,
}

impl WayOut {
    /// The way out in these surroundings, which name `LEDGER_TABLE` and `FILLS_QUEUE_URL`.
    pub fn new(surroundings: &Surroundings) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            aws,
            entropy,
            ..
        } = surroundings;
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            fills: WorkQueue::named(&aws.sqs, environment, "FILLS_QUEUE_URL")?,
        })
    }

    /// Begins an exit of the position as it was read.
    pub async fn begin(
        &self,
        seen: &Versioned<Position>,
        start: &ExitStart,
    ) -> Result<ExitBegun, StorageError> {
        let begun = self.ledger.begin_exit(seen, start).await?;
        if begun == ExitBegun::Written {
            let work = start.order.work_key();
            tracing::info!(%work, reason = %start.decision.reason, "exit begun");
            self.fills.hand_over(&work).await;
        }
        Ok(begun)
    }

    /// Begins an exit on a wish. Outside the session, or while another exit is under way, leaves
    /// the wish on the position. A wish that stands there already stays and gives the reason.
    pub async fn meet(&self, seen: &Versioned<Position>, wish: &Wish) -> Result<Met, StorageError> {
        match seen.state {
            PositionState::Closed(_) => Ok(Met::Closed),
            PositionState::Closing { .. } => self.note(seen, wish, Waiting::ForTheExit).await,
            PositionState::Open if !wish.market_is_open => {
                self.note(seen, wish, Waiting::ForTheOpen).await
            }
            PositionState::Open => self.begin_on(seen, wish).await,
        }
    }

    async fn note(
        &self,
        seen: &Versioned<Position>,
        wish: &Wish,
        waiting: Waiting,
    ) -> Result<Met, StorageError> {
        if seen.exit_request.is_some() {
            return Ok(Met::Noted(waiting));
        }
        let asked = seen.changed(exit_wish::asked_to_close(seen, &wish.request));
        Ok(match self.ledger.move_position(&asked).await? {
            Written::Yes => Met::Noted(waiting),
            Written::Changed => Met::Changed,
        })
    }

    async fn begin_on(&self, seen: &Versioned<Position>, wish: &Wish) -> Result<Met, StorageError> {
        let asked = exit_wish::asked_to_close(seen, &wish.request);
        let standing = asked.exit_request.as_ref().unwrap_or(&wish.request);
        let version = wish.exit_rules_version;
        let decision = exit_wish::decision(&asked, standing, version, wish.now);
        let start = lifecycle::begin_exit(&asked, decision);
        Ok(match self.begin(seen, &start).await? {
            ExitBegun::Written => Met::Begun,
            ExitBegun::Changed => Met::Changed,
        })
    }
}
