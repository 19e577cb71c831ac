//! The paper executor: fills orders on fresh quotes by the fill model. It opens and closes
//! positions, in one transaction each, and reaches no broker.

mod entry;
mod exit;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use chrono::{DateTime, TimeDelta, Utc};
use decisions::fills::{self, Fill};
use decisions::lifecycle;
use domain::{ExitReason, Order, OrderState, Settings, WorkKey};
use lambda_runtime::LambdaEvent;
use market_data::{Asked, Market};
use runtime::batch::each_record;
use runtime::rounds::{Restless, until_done};
use runtime::vitals::{Category, Keeper, names};
use runtime::{EngineQueues, SharedClock, StartError, Step, Surroundings, WorkQueue};
use storage::ledger::{Trace, Written};
use storage::{Ledger, MarketTable, SettingsTable, StorageError, Versioned, VitalsKeeper};

/// How long to wait before asking for another quote.
const WAIT: Duration = Duration::from_secs(5);
/// Tries to fill an order.
const ATTEMPTS_MAX: u32 = 3;

/// The paper executor with everything that it needs.
pub struct PaperExecutor {
    ledger: Ledger,
    marks: MarketTable,
    settings: SettingsTable,
    market: Arc<dyn Market>,
    own: WorkQueue,
    engines: EngineQueues,
    vitals: VitalsKeeper,
    clock: SharedClock,
}

/// Why an order could not be worked on; its message comes back.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// The ledger, or a table beside it.
    #[error("a table could not be read or written")]
    Storage(#[from] StorageError),
    /// Others changed the order or the book again and again.
    #[error(transparent)]
    Restless(#[from] Restless),
}

impl Category for FillError {
    fn category(&self) -> String {
        match self {
            Self::Storage(error) => error.category(),
            Self::Restless(error) => error.category(),
        }
    }
}

impl PaperExecutor {
    /// The paper executor in these surroundings, on this market.
    pub fn new(surroundings: &Surroundings, market: Arc<dyn Market>) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            configuration,
            aws,
            clock,
            entropy,
        } = surroundings;
        let vitals = VitalsKeeper::new(surroundings, "paper-executor")?.with_market(market.tally());
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            marks: MarketTable::new(aws, environment)?,
            settings: SettingsTable::new(aws, environment, configuration)?,
            market,
            own: WorkQueue::named(&aws.sqs, environment, "FILLS_QUEUE_URL")?,
            engines: EngineQueues::named(&aws.sqs, environment)?,
            vitals,
            clock: clock.clone(),
        })
    }

    /// Works on a batch of orders.
    pub async fn answer(
        &self,
        event: LambdaEvent<SqsEvent>,
    ) -> Result<SqsBatchResponse, Infallible> {
        let works = each_record(event, &self.vitals, |work: WorkKey| self.work_on(work));
        Ok(Box::pin(works).await)
    }

    async fn work_on(&self, work: WorkKey) -> Result<(), FillError> {
        until_done(|| async {
            let trace = self.ledger.trace(work.signal_id).await?;
            match trace.order(work.engine, work.leg) {
                Some(order) if order.state == OrderState::PendingExecution => {
                    self.fill(&trace, order).await
                }
                _ => Ok(Step::Done),
            }
        })
        .await
    }

    async fn fill(&self, trace: &Trace, order: &Versioned<Order>) -> Result<Step, FillError> {
        if order.leg.is_exit() {
            self.exit(trace, order).await
        } else {
            self.enter(trace, order).await
        }
    }

    /// A fill on a fresh quote, or why there is none.
    async fn fresh_fill(
        &self,
        order: &Order,
        exit: Option<ExitReason>,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Fill, String> {
        let contracts = [order.contract.clone()];
        let mut quotes = self
            .market
            .option_quotes(&contracts, Asked::at(now).anew())
            .await
            .map_err(|error| error.to_string())?;
        let quote = quotes.found.remove(&order.contract).ok_or_else(|| {
            let why = quotes.failed.get(&order.contract);
            why.map_or_else(
                || "the market gave no quote".to_owned(),
                ToString::to_string,
            )
        })?;
        let rules = &settings.trading_rules;
        let model = fills::model_for(rules, exit);
        fills::fill(&quote, order.side, model, rules, now).map_err(|no_fill| no_fill.to_string())
    }

    /// Counts an order that failed, once.
    pub(crate) fn count_failed(&self, order: &Order, written: Written) {
        if written == Written::Yes {
            self.vitals.tally().count(names::order_failed(order));
        }
    }

    /// Notes a try that came to nothing, and tries again in a moment.
    async fn try_again(
        &self,
        order: &Versioned<Order>,
        now: DateTime<Utc>,
        why: &str,
    ) -> Result<Step, FillError> {
        let work = order.work_key();
        tracing::info!(%work, why, attempt = order.attempts + 1, "no fill yet");
        let wait = TimeDelta::from_std(WAIT).unwrap_or_default();
        let waiting = lifecycle::another_attempt(order, now + wait);
        if self.ledger.move_order(&order.changed(waiting)).await? == Written::Changed {
            return Ok(Step::Again);
        }
        self.own.hand_over_after(&work, WAIT).await;
        Ok(Step::Done)
    }
}

/// Whether the try after those so far would be one too many.
pub(crate) fn is_last_attempt(order: &Order) -> bool {
    order.attempts + 1 >= ATTEMPTS_MAX
}
