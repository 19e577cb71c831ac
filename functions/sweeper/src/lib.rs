//! The sweeper: finds work that was written and not followed up, and sends it again, or after
//! five sends ends it with a reason. It also is the only writer of the roll-ups, and tells the event
//! bus what happened.
//!
//! It claims before it sends, so two of them at once send nothing twice, and it takes a bounded
//! amount, so a backlog is worked off over several passes.

mod domain_event;
mod ending;
mod telling;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Assignment, AssignmentState, Order, RejectionReason, WorkKey};
use lambda_runtime::LambdaEvent;
use runtime::telemetry::chain;
use runtime::vitals::{Category, Keeper, names, one_pass};
use runtime::{EngineQueues, EventBus, SharedClock, StartError, Surroundings, WorkQueue};
use serde::Serialize;
use storage::ledger::{DueWork, WorkState, Written};
use storage::{Ledger, MarketTable, StorageError, Versioned, VitalsKeeper};

/// Overdue work of one state that one pass takes on.
const TAKEN_MAX: usize = 100;
/// Sends after which work is ended.
const SENDS_MAX: u32 = 5;
/// The first wait for an answer to a send; each further one is twice as long.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
/// Batches of roll-ups that one pass applies.
const ROLLUP_BATCHES_MAX: usize = 25;

/// The sweeper with everything that it needs.
pub struct Sweeper {
    ledger: Ledger,
    engines: EngineQueues,
    orders: WorkQueue,
    fills: WorkQueue,
    market: MarketTable,
    bus: EventBus,
    vitals: VitalsKeeper,
    clock: SharedClock,
}

/// What one pass did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Pieces of work that were overdue.
    pub overdue: usize,
    /// Those that were sent again.
    pub sent: usize,
    /// Those that were ended.
    pub ended: usize,
    /// Events that were added to the roll-ups.
    pub rolled_up: usize,
    /// Orders and providers of which the bus was told; what is rolled up is told with it.
    pub told: usize,
}

impl Sweeper {
    /// The sweeper in these surroundings.
    pub fn new(surroundings: &Surroundings) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            aws,
            clock,
            entropy,
            ..
        } = surroundings;
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            engines: EngineQueues::named(&aws.sqs, environment)?,
            orders: WorkQueue::named(&aws.sqs, environment, "ORDERS_QUEUE_URL")?,
            fills: WorkQueue::named(&aws.sqs, environment, "FILLS_QUEUE_URL")?,
            market: MarketTable::new(aws, environment)?,
            bus: EventBus::named(aws, environment)?,
            vitals: VitalsKeeper::new(surroundings, "sweeper")?,
            clock: clock.clone(),
        })
    }

    /// Answers the schedule.
    pub async fn answer(
        &self,
        event: LambdaEvent<serde_json::Value>,
    ) -> Result<Swept, StorageError> {
        let pass = Box::pin(self.sweep());
        let result = one_pass(&event.context, &self.vitals, pass).await;
        match &result {
            Ok(swept) if *swept != Swept::default() => tracing::info!(
                overdue = swept.overdue,
                sent = swept.sent,
                ended = swept.ended,
                rolled_up = swept.rolled_up,
                told = swept.told,
                "swept"
            ),
            Ok(_) => {}
            Err(error) => tracing::error!(error = chain(error), "the sweep failed"),
        }
        result
    }

    async fn sweep(&self) -> Result<Swept, StorageError> {
        let mut swept = Swept::default();
        let now = self.clock.now();
        for state in [
            WorkState::OrderPending,
            WorkState::AssignmentApproved,
            WorkState::AssignmentPending,
        ] {
            for work in self.ledger.due_work(state, now, TAKEN_MAX).await? {
                swept.overdue += 1;
                // One item's trouble is not the others'.
                if let Err(error) = self.follow_up(work, now, &mut swept).await {
                    self.left(&error);
                }
            }
        }
        // Openings before closings; but who can't be told keeps nobody from counting.
        let told = self.tell().await;
        swept.rolled_up = self.roll_up().await?;
        swept.told = told?;
        Ok(swept)
    }

    fn left(&self, error: &StorageError) {
        let name = names::of(&[names::ERROR, &error.category()]);
        self.vitals.tally().count(name);
        tracing::error!(
            error = chain(error),
            "overdue work was left for the next pass"
        );
    }

    async fn follow_up(
        &self,
        work: DueWork,
        now: DateTime<Utc>,
        swept: &mut Swept,
    ) -> Result<(), StorageError> {
        let state = state_of(&work);
        let (ended, sent) = match work {
            DueWork::Assignment(assignment) if assignment.sends >= SENDS_MAX => {
                (self.end_assignment(&assignment, now).await?, false)
            }
            DueWork::Order(order) if order.sends >= SENDS_MAX => {
                (self.end_order(&order).await?, false)
            }
            DueWork::Assignment(assignment) => {
                (false, self.resend_assignment(&assignment, now).await?)
            }
            DueWork::Order(order) => (false, self.resend_order(&order, now).await?),
        };
        let tally = self.vitals.tally();
        if ended {
            swept.ended += 1;
            let reason = RejectionReason::GaveUp.to_string();
            tally.count(names::of(&[names::SWEEPER, names::ENDED, state, &reason]));
        }
        if sent {
            swept.sent += 1;
            tally.count(names::of(&[names::SWEEPER, names::SENT, state]));
        }
        Ok(())
    }

    async fn resend_assignment(
        &self,
        assignment: &Versioned<Assignment>,
        now: DateTime<Utc>,
    ) -> Result<bool, StorageError> {
        let (due, sends) = (
            Some(now + wait_after(assignment.sends)),
            assignment.sends + 1,
        );
        let claimed = assignment.changed(Assignment {
            due,
            sends,
            ..assignment.record.clone()
        });
        if self.ledger.move_assignment(&claimed).await? == Written::Changed {
            return Ok(false);
        }
        let queue = match assignment.state {
            AssignmentState::Approved => &self.orders,
            _ => self.engines.of(assignment.engine),
        };
        let work = WorkKey::entry(assignment.signal_id, assignment.engine);
        Ok(send(queue, &work).await)
    }

    async fn resend_order(
        &self,
        order: &Versioned<Order>,
        now: DateTime<Utc>,
    ) -> Result<bool, StorageError> {
        let (due, sends) = (Some(now + wait_after(order.sends)), order.sends + 1);
        let claimed = order.changed(Order {
            due,
            sends,
            ..order.record.clone()
        });
        if self.ledger.move_order(&claimed).await? == Written::Changed {
            return Ok(false);
        }
        Ok(send(&self.fills, &order.work_key()).await)
    }

    async fn roll_up(&self) -> Result<usize, StorageError> {
        let mut events = 0;
        for _ in 0..ROLLUP_BATCHES_MAX {
            let mut unapplied = self.ledger.unapplied().await?;
            let told = self.tell_of(unapplied.finished()).await?;
            unapplied.keep(&told);
            let applied = self.ledger.apply(unapplied).await?;
            events += applied.events;
            if !applied.more {
                break;
            }
        }
        let counted = u64::try_from(events).unwrap_or(u64::MAX);
        self.vitals.tally().add(names::ROLLED_UP, counted);
        Ok(events)
    }
}

/// What is counted together: assignments by their state, and orders.
fn state_of(work: &DueWork) -> &'static str {
    match work {
        DueWork::Assignment(it) if it.state == AssignmentState::Approved => "assignment_approved",
        DueWork::Assignment(_) => "assignment_pending",
        DueWork::Order(_) => "order_pending",
    }
}

async fn send(queue: &WorkQueue, work: &WorkKey) -> bool {
    tracing::info!(%work, "overdue work is sent again");
    match queue.send(work).await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%work, error = chain(&error), "left to the next pass");
            false
        }
    }
}

fn wait_after(sends: u32) -> TimeDelta {
    FIRST_WAIT * 2_i32.pow(sends.min(SENDS_MAX))
}
