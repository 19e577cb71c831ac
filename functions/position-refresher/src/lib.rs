//! The position refresher: every minute in session it quotes the distinct contracts of all open
//! positions in batches, keeps the marks, and hands over to the exit monitor. It writes no
//! position, so it meets the monitor at no item.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::OptionContract;
use futures::{StreamExt, TryStreamExt, stream};
use lambda_runtime::LambdaEvent;
use market_data::{Asked, Market};
use runtime::telemetry::chain;
use runtime::{SharedClock, StartError, Surroundings, WorkQueue};
use serde::Serialize;
use storage::{Ledger, MarketTable, StorageError};

/// Marks that are written at the same time.
const WRITES_AT_ONCE: usize = 16;

/// The position refresher with everything that it needs.
pub struct PositionRefresher {
    ledger: Ledger,
    marks: MarketTable,
    market: Arc<dyn Market>,
    exits: WorkQueue,
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
    /// Contracts for which there was no quote.
    pub unmarked: usize,
}

/// Why a refresh failed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The ledger, or the market table.
    #[error("a table could not be read or written")]
    Storage(#[from] StorageError),
    /// No quotes at all.
    #[error("the market gave no quotes")]
    Market(#[from] market_data::MarketError),
}

impl PositionRefresher {
    /// The position refresher in these surroundings, on this market.
    pub fn new(surroundings: &Surroundings, market: Arc<dyn Market>) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            aws,
            clock,
            entropy,
            ..
        } = surroundings;
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            marks: MarketTable::new(aws, environment)?,
            market,
            exits: WorkQueue::named(&aws.sqs, environment, "EXITS_QUEUE_URL")?,
            clock: clock.clone(),
        })
    }

    /// Answers the schedule.
    pub async fn answer(
        &self,
        _event: LambdaEvent<serde_json::Value>,
    ) -> Result<Refreshed, RefreshError> {
        let result = Box::pin(self.refresh()).await;
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
        // A clock that can't be had counts as closed.
        if !self
            .market
            .clock(now.into())
            .await
            .is_ok_and(|clock| clock.is_open)
        {
            return Ok(Refreshed::default());
        }
        let (open, closing) = futures::try_join!(
            self.ledger.open_positions(),
            self.ledger.closing_positions()
        )?;
        let held = open.iter().chain(&closing);
        let contracts: BTreeSet<_> = held.map(|position| position.contract.clone()).collect();
        let contracts: Vec<OptionContract> = contracts.into_iter().collect();
        let marked = if contracts.is_empty() {
            0
        } else {
            self.mark(&contracts).await?
        };
        Ok(Refreshed {
            market_open: true,
            positions: open.len() + closing.len(),
            contracts: contracts.len(),
            marked,
            unmarked: contracts.len() - marked,
        })
    }

    async fn mark(&self, contracts: &[OptionContract]) -> Result<usize, RefreshError> {
        let now = self.clock.now();
        let (quotes, older) = futures::join!(
            self.market.option_quotes(contracts, Asked::at(now).anew()),
            self.marks.marks(contracts, now),
        );
        let (quotes, older) = (quotes?, older?);
        for (contract, why) in &quotes.failed {
            tracing::warn!(%contract, why = %why, "no quote");
        }
        let marked = quotes.found.len();
        stream::iter(quotes.found)
            .map(Ok::<_, StorageError>)
            .try_for_each_concurrent(WRITES_AT_ONCE, |(contract, quote)| {
                let older = older.get(&contract);
                async move { self.marks.put_mark(quote, older).await.map(drop) }
            })
            .await?;
        if let Err(error) = self.exits.send_pass().await {
            tracing::warn!(
                error = chain(&error),
                "left to the exit monitor's own schedule"
            );
        }
        Ok(marked)
    }
}
