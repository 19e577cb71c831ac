//! The position refresher: every minute in session it quotes the distinct contracts of all open
//! positions in batches, keeps the marks, notes what each engine is worth, and hands the
//! positions over to the exit monitor by pages. It writes no position, so it meets the monitor at
//! no item.

mod equity;
mod marking;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::PositionKey;
use lambda_runtime::LambdaEvent;
use market_data::{Market, MarketError};
use runtime::telemetry::chain;
use runtime::vitals::{Category, one_pass};
use runtime::{SharedClock, StartError, Surroundings, WorkQueue};
use serde::Serialize;
use storage::holdings::all_held;
use storage::{Ledger, MarketTable, SettingsTable, StorageError, VitalsKeeper};

/// The position refresher with everything that it needs.
pub struct PositionRefresher {
    ledger: Ledger,
    marks: MarketTable,
    settings: SettingsTable,
    market: Arc<dyn Market>,
    exits: WorkQueue,
    vitals: VitalsKeeper,
    clock: SharedClock,
}

/// What one refresh did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Refreshed {
    /// Whether the market was open; nothing is done when it isn't.
    pub market_open: bool,
    /// Open positions and those on their way out.
    pub positions: usize,
    /// Their distinct contracts.
    pub contracts: usize,
    /// Contracts that have a new mark.
    pub marked: usize,
    /// Contracts for which there was no newer quote: their old marks stand, with their age.
    pub unmarked: usize,
    /// Engines whose worth was noted.
    pub equity_points: usize,
}

/// Why a refresh failed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The ledger, or a table beside it.
    #[error("a table could not be read or written")]
    Storage(#[from] StorageError),
    /// No quotes at all.
    #[error("the market gave no quotes")]
    Market(#[from] MarketError),
}

impl Category for RefreshError {
    fn category(&self) -> String {
        match self {
            Self::Storage(error) => error.category(),
            Self::Market(error) => error.category(),
        }
    }
}

impl PositionRefresher {
    /// The position refresher in these surroundings, on this market.
    pub fn new(surroundings: &Surroundings, market: Arc<dyn Market>) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            configuration,
            aws,
            clock,
            entropy,
        } = surroundings;
        let vitals =
            VitalsKeeper::new(surroundings, "position-refresher")?.with_market(market.tally());
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            marks: MarketTable::new(aws, environment)?,
            settings: SettingsTable::new(aws, environment, configuration)?,
            market,
            exits: WorkQueue::named(&aws.sqs, environment, "EXITS_QUEUE_URL")?,
            vitals,
            clock: clock.clone(),
        })
    }

    /// Answers the schedule.
    pub async fn answer(
        &self,
        event: LambdaEvent<serde_json::Value>,
    ) -> Result<Refreshed, RefreshError> {
        let pass = Box::pin(self.refresh());
        let result = one_pass(&event.context, &self.vitals, pass).await;
        match &result {
            Ok(done) if done.positions > 0 => {
                tracing::info!(positions = done.positions, marked = done.marked, "marked");
            }
            Ok(_) => {}
            Err(error) => tracing::error!(error = chain(error), "the refresh failed"),
        }
        result
    }

    async fn refresh(&self) -> Result<Refreshed, RefreshError> {
        let now = self.clock.now();
        if !self.is_open(now).await {
            return Ok(Refreshed::default());
        }
        let held = all_held(&self.ledger).await?;
        let marking = self.mark(&held, now).await?;
        // However many marks are new: the rules of time need none.
        self.hand_over(held.iter().map(|position| position.key()).collect())
            .await;
        let equity_points = self.note_equity(&held, &marking.marks).await?;
        if let Some(error) = marking.failure {
            return Err(error.into());
        }
        Ok(Refreshed {
            market_open: true,
            positions: held.len(),
            contracts: marking.contracts,
            marked: marking.marked,
            unmarked: marking.contracts - marking.marked,
            equity_points,
        })
    }

    /// A clock that can't be had counts as closed.
    async fn is_open(&self, now: DateTime<Utc>) -> bool {
        let clock = self.market.clock(now.into()).await;
        clock.is_ok_and(|clock| clock.is_open)
    }

    async fn hand_over(&self, positions: Vec<PositionKey>) {
        if let Err(error) = self.exits.send_pages(&positions).await {
            tracing::warn!(
                error = chain(&error),
                "left to the exit monitor's own schedule"
            );
        }
    }
}
