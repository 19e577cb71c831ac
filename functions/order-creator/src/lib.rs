//! The order creator: chooses the contract of an approved signal, sizes it, sets its premium
//! aside, and writes the order. It serves both engines alike, and fills nothing.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use chrono::{DateTime, TimeDelta, Utc};
use decisions::contract_choice::Choice;
use decisions::risk::{self, Reservation, ReservedEntry};
use decisions::{eligibility, lifecycle};
use domain::calendar::trading_date;
use domain::{
    Assignment, AssignmentState, Leg, OrderState, Rejection, RejectionReason, Settings, Side, Usd,
    WorkKey,
};
use lambda_runtime::LambdaEvent;
use market_data::Market;
use market_data::choosing::{ChainFrom, Chooser, Chosen, NotYet};
use runtime::batch::each_record;
use runtime::rounds::{Restless, until_done};
use runtime::vitals::Category;
use runtime::{SharedClock, StartError, Step, Surroundings, WorkQueue};
use storage::holdings::holdings;
use storage::ledger::{EntryOrdered, Trace, Written};
use storage::{Ledger, MarketTable, SettingsTable, StorageError, Versioned, VitalsKeeper};

/// How long to wait before asking the market again.
const WAIT: Duration = Duration::from_secs(5);

/// The order creator with everything that it needs.
pub struct OrderCreator {
    ledger: Ledger,
    marks: MarketTable,
    settings: SettingsTable,
    market: Arc<dyn Market>,
    own: WorkQueue,
    fills: WorkQueue,
    vitals: VitalsKeeper,
    clock: SharedClock,
}

/// Why an order could not be written; its message comes back.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// The ledger, or a table beside it.
    #[error("a table could not be read or written")]
    Storage(#[from] StorageError),
    /// Others changed the book or the signal again and again.
    #[error(transparent)]
    Restless(#[from] Restless),
}

impl Category for OrderError {
    fn category(&self) -> String {
        match self {
            Self::Storage(error) => error.category(),
            Self::Restless(error) => error.category(),
        }
    }
}

impl OrderCreator {
    /// The order creator in these surroundings, on this market.
    pub fn new(surroundings: &Surroundings, market: Arc<dyn Market>) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            configuration,
            aws,
            clock,
            entropy,
        } = surroundings;
        let vitals = VitalsKeeper::new(surroundings, "order-creator")?.with_market(market.tally());
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            marks: MarketTable::new(aws, environment)?,
            settings: SettingsTable::new(aws, environment, configuration)?,
            market,
            own: WorkQueue::named(&aws.sqs, environment, "ORDERS_QUEUE_URL")?,
            fills: WorkQueue::named(&aws.sqs, environment, "FILLS_QUEUE_URL")?,
            vitals,
            clock: clock.clone(),
        })
    }

    /// Works on a batch of approvals.
    pub async fn answer(
        &self,
        event: LambdaEvent<SqsEvent>,
    ) -> Result<SqsBatchResponse, Infallible> {
        let works = each_record(event, &self.vitals, |work: WorkKey| self.work_on(work));
        Ok(Box::pin(works).await)
    }

    async fn work_on(&self, work: WorkKey) -> Result<(), OrderError> {
        until_done(|| async {
            let trace = self.ledger.trace(work.signal_id).await?;
            let Some(assignment) = trace.assignment(work.engine) else {
                return Ok(Step::Done);
            };
            match assignment.state {
                AssignmentState::Approved => self.order(&trace, assignment).await,
                AssignmentState::Ordered => Ok(self.hand_over_again(&trace, work).await),
                _ => Ok(Step::Done),
            }
        })
        .await
    }

    async fn order(
        &self,
        trace: &Trace,
        assignment: &Versioned<Assignment>,
    ) -> Result<Step, OrderError> {
        let (settings, now) = (self.settings.current().await?, self.clock.now());
        let valid_until = eligibility::valid_until(&trace.signal, &settings);
        if now > valid_until {
            let detail = format!("the entry was valid until {valid_until}");
            let rejection = Rejection::new(RejectionReason::TooLate, detail);
            return self.reject(assignment, rejection).await;
        }
        if !settings.trading_rules.entries_enabled {
            let detail = "entries were switched off after the approval";
            let rejection = Rejection::new(RejectionReason::TradingHalted, detail);
            return self.reject(assignment, rejection).await;
        }
        let chooser = Chooser {
            market: self.market.as_ref(),
            settings: &settings,
            clock: &|| self.clock.now(),
            chain: ChainFrom::Market,
        };
        match chooser.choose(&trace.signal).await {
            Ok(chosen) => {
                self.reserve(trace, assignment, chosen, &settings, now)
                    .await
            }
            Err(NotYet::Never(rejection)) => self.reject(assignment, rejection).await,
            Err(NotYet::NoData(why)) => self.wait(assignment, valid_until, &why).await,
        }
    }

    async fn reserve(
        &self,
        trace: &Trace,
        assignment: &Versioned<Assignment>,
        chosen: Chosen,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Step, OrderError> {
        let Chosen {
            choice,
            basis,
            underlying_price,
        } = chosen;
        let engine = assignment.engine;
        let bounds = self
            .bounds(trace, assignment, &choice, settings, now)
            .await?;
        let order = lifecycle::entry_order(
            &trace.signal,
            engine,
            &choice,
            underlying_price,
            settings,
            now,
        );
        let selection = lifecycle::selection(&order, basis, settings);
        let ordered = lifecycle::moved(assignment, AssignmentState::Ordered, now);
        match self
            .ledger
            .order_entry(&assignment.changed(ordered), &order, &selection, &bounds)
            .await?
        {
            EntryOrdered::Written => {
                tracing::info!(signal_id = %order.signal_id, %engine, contract = %order.contract, "order written");
                self.fills.hand_over(&order.work_key()).await;
                Ok(Step::Done)
            }
            EntryOrdered::NoRoom(rejection) => self.reject(assignment, rejection).await,
            EntryOrdered::Changed => Ok(Step::Again),
        }
    }

    async fn bounds(
        &self,
        trace: &Trace,
        assignment: &Assignment,
        choice: &Choice,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Reservation, StorageError> {
        let engine = assignment.engine;
        let capital = settings.trading_rules.starting_capital_usd;
        let (book, held) = futures::try_join!(
            self.ledger.book(engine, capital),
            holdings(&self.ledger, &self.marks, engine, now),
        )?;
        let today = trading_date(now);
        let unrealized: Usd = risk::day_result(&book, &held, today) - book.closed_on(today);
        let entry = ReservedEntry {
            symbol: &trace.signal.symbol,
            strategy: trace.signal.strategy.as_deref(),
            cost_usd: choice.cost_usd,
            fee_usd: settings
                .trading_rules
                .fee(Side::Buy, choice.quantity, choice.sides.ask),
            received_at: trace.signal.received_at,
        };
        Ok(Reservation::new(&book, settings, &entry, unrealized, now))
    }

    async fn reject(
        &self,
        assignment: &Versioned<Assignment>,
        rejection: Rejection,
    ) -> Result<Step, OrderError> {
        tracing::info!(signal_id = %assignment.signal_id, engine = %assignment.engine, reason = %rejection.reason, "approval rejected");
        let state = AssignmentState::Rejected { rejection };
        let moved = assignment.changed(lifecycle::moved(assignment, state, self.clock.now()));
        Ok(self.ledger.move_assignment(&moved).await?.into())
    }

    /// Asks the market again in a moment, as long as the entry stays valid.
    async fn wait(
        &self,
        assignment: &Versioned<Assignment>,
        valid_until: DateTime<Utc>,
        why: &str,
    ) -> Result<Step, OrderError> {
        let wait = TimeDelta::from_std(WAIT).unwrap_or_default();
        let now = self.clock.now();
        if now + wait > valid_until {
            let rejection = Rejection::new(RejectionReason::NoMarketData, why);
            return self.reject(assignment, rejection).await;
        }
        let waiting = assignment.changed(lifecycle::waiting(assignment, now + wait));
        if self.ledger.move_assignment(&waiting).await? == Written::Changed {
            return Ok(Step::Again);
        }
        let work = WorkKey::entry(assignment.signal_id, assignment.engine);
        self.own.hand_over_after(&work, WAIT).await;
        Ok(Step::Done)
    }

    /// The message came twice, or the first try died between writing and sending.
    async fn hand_over_again(&self, trace: &Trace, work: WorkKey) -> Step {
        let order = trace.order(work.engine, Leg::Entry);
        if let Some(order) = order.filter(|order| order.state == OrderState::PendingExecution) {
            self.fills.hand_over(&order.work_key()).await;
        }
        Step::Done
    }
}
