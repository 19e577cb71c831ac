//! What an engine does with a signal: it takes it off its queue, sees to its evidence, has it
//! judged, writes the decision, and carries out exit alerts. All of it is the same for both
//! engines but the [`Judge`].
//!
//! Nothing trades here: an approval goes to the order creator, an exit to the paper executor.
//! What is decided on is stored before it is decided.

mod entry;
mod evidence;
mod exit;
mod judge;
mod knowledge;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use chrono::TimeDelta;
use closing::WayOut;
use decisions::lifecycle;
use domain::signal::Intent;
use domain::{Assignment, AssignmentState, Rejection, Task, WorkKey};
use lambda_runtime::LambdaEvent;
use market_data::Market;
use runtime::batch::each_record;
use runtime::rounds::{Restless, until_done};
use runtime::vitals::Category;
use runtime::{SharedClock, StartError, Step, Surroundings, WorkQueue};
use storage::ledger::{Trace, Written};
use storage::{
    EvidenceTable, Ledger, MarketTable, SettingsTable, StorageError, Versioned, VitalsKeeper,
};

use exit::ExitProgress;
pub use judge::{Judge, Judged};

/// How long to wait before looking again: for market data, or for a close to fill.
const WAIT: Duration = Duration::from_secs(5);

/// An engine with everything that it needs.
pub struct DecidingEngine<J> {
    judge: J,
    ledger: Ledger,
    evidence: EvidenceTable,
    marks: MarketTable,
    settings: SettingsTable,
    market: Arc<dyn Market>,
    own: WorkQueue,
    orders: WorkQueue,
    way_out: WayOut,
    vitals: VitalsKeeper,
    clock: SharedClock,
}

/// Why a signal could not be worked on; its message comes back.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The ledger, or a table beside it.
    #[error("a table could not be read or written")]
    Storage(#[from] StorageError),
    /// Others changed the signal's items again and again.
    #[error(transparent)]
    Restless(#[from] Restless),
}

impl Category for EngineError {
    fn category(&self) -> String {
        match self {
            Self::Storage(error) => error.category(),
            Self::Restless(error) => error.category(),
        }
    }
}

impl<J: Judge> DecidingEngine<J> {
    /// The engine of this judge in these surroundings, on this market.
    pub fn new(
        judge: J,
        surroundings: &Surroundings,
        market: Arc<dyn Market>,
    ) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            configuration,
            aws,
            clock,
            entropy,
        } = surroundings;
        let vitals = VitalsKeeper::new(surroundings, J::FUNCTION)?.with_market(market.tally());
        Ok(Self {
            judge,
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            evidence: EvidenceTable::new(aws, environment)?,
            marks: MarketTable::new(aws, environment)?,
            settings: SettingsTable::new(aws, environment, configuration)?,
            market,
            own: WorkQueue::named(&aws.sqs, environment, J::QUEUE)?,
            orders: WorkQueue::named(&aws.sqs, environment, "ORDERS_QUEUE_URL")?,
            way_out: WayOut::new(surroundings)?,
            vitals,
            clock: clock.clone(),
        })
    }

    /// Works on a batch of signals.
    pub async fn answer(
        &self,
        event: LambdaEvent<SqsEvent>,
    ) -> Result<SqsBatchResponse, Infallible> {
        let works = each_record(event, &self.vitals, |work: WorkKey| self.work_on(work));
        Ok(Box::pin(works).await)
    }

    async fn work_on(&self, work: WorkKey) -> Result<(), EngineError> {
        until_done(|| async {
            let trace = self.ledger.trace(work.signal_id).await?;
            match trace.assignment(J::ENGINE) {
                Some(assignment) => self.step(&trace, assignment).await,
                None => Ok(Step::Done),
            }
        })
        .await
    }

    async fn step(
        &self,
        trace: &Trace,
        assignment: &Versioned<Assignment>,
    ) -> Result<Step, EngineError> {
        let intent = trace.signal.intent;
        match (&assignment.state, intent, assignment.task) {
            (AssignmentState::Pending, Intent::Exit, _)
            | (AssignmentState::Pending, _, Task::CloseOnly) => {
                Box::pin(self.close_all(trace, assignment)).await
            }
            (AssignmentState::Pending, Intent::Reverse(_), _) => {
                Box::pin(self.reverse(trace, assignment)).await
            }
            (AssignmentState::Pending, ..) => Box::pin(self.enter(trace, assignment)).await,
            (AssignmentState::Approved, ..) => {
                self.hand_over(assignment).await;
                Ok(Step::Done)
            }
            _ => Ok(Step::Done),
        }
    }

    /// An exit alert: done when everything that it means is on its way out.
    async fn close_all(
        &self,
        trace: &Trace,
        assignment: &Versioned<Assignment>,
    ) -> Result<Step, EngineError> {
        let progress = self.carry_out(&trace.signal).await?;
        let ended = assignment.ended + progress.newly_ended;
        let with_progress = assignment.changed(Assignment {
            ended,
            ..assignment.record.clone()
        });
        if !progress.is_complete {
            return self.wait(&with_progress).await;
        }
        let state = if ended > 0 {
            AssignmentState::Ordered
        } else {
            let detail = format!("nothing is open or pending in {}", trace.signal.symbol);
            let reason = domain::RejectionReason::NothingToClose;
            AssignmentState::Rejected {
                rejection: Rejection::new(reason, detail),
            }
        };
        self.finish(&with_progress, state).await
    }

    /// A reversal: closes first, and enters once the closes have filled.
    async fn reverse(
        &self,
        trace: &Trace,
        assignment: &Versioned<Assignment>,
    ) -> Result<Step, EngineError> {
        let ExitProgress {
            newly_ended,
            is_complete,
            still_held,
            ..
        } = self.carry_out(&trace.signal).await?;
        let ended = assignment.ended + newly_ended;
        let with_progress = assignment.changed(Assignment {
            ended,
            ..assignment.record.clone()
        });
        let valid_until =
            decisions::eligibility::valid_until(&trace.signal, &self.settings.current().await?);
        if (still_held == 0 && is_complete) || self.clock.now() > valid_until {
            return Box::pin(self.enter(trace, &with_progress)).await;
        }
        self.wait(&with_progress).await
    }

    /// Looks again in a moment. The wait stands in the ledger before the message is sent.
    async fn wait(&self, assignment: &Versioned<Assignment>) -> Result<Step, EngineError> {
        let wait = TimeDelta::from_std(WAIT).unwrap_or_default();
        let again_at = self.clock.now() + wait;
        let waiting = assignment.changed(lifecycle::waiting(assignment, again_at));
        if self.ledger.move_assignment(&waiting).await? == Written::Changed {
            return Ok(Step::Again);
        }
        let work = WorkKey::entry(assignment.signal_id, J::ENGINE);
        self.own.hand_over_after(&work, WAIT).await;
        Ok(Step::Done)
    }

    async fn finish(
        &self,
        assignment: &Versioned<Assignment>,
        state: AssignmentState,
    ) -> Result<Step, EngineError> {
        tracing::info!(signal_id = %assignment.signal_id, state = state.name(), "exit alert done");
        let moved = assignment.changed(lifecycle::moved(assignment, state, self.clock.now()));
        Ok(self.ledger.move_assignment(&moved).await?.into())
    }

    async fn hand_over(&self, assignment: &Assignment) {
        let work = WorkKey::entry(assignment.signal_id, J::ENGINE);
        self.orders.hand_over(&work).await;
    }
}
