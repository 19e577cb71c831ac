//! The exit monitor: applies the exit rules to every open position, settles expired contracts,
//! and stops an engine's entries when its day has lost too much.
//!
//! The refresher hands positions over to it after each refresh, a page in each message; its own
//! schedule is the net: it looks at everything, and quotes again what has no fresh mark. It fills
//! nothing: an exit goes to the paper executor.

mod daily_loss;
mod fresh_marks;
mod rounds;
mod settlement;
mod watching;

use std::sync::Arc;

use aws_lambda_events::event::sqs::SqsEvent;
use chrono::{DateTime, Utc};
use closing::WayOut;
use lambda_runtime::LambdaEvent;
use market_data::{Market, MarketError};
use runtime::batch::each_record;
use runtime::queues::PositionPage;
use runtime::telemetry::chain;
use runtime::vitals::{Category, one_pass};
use runtime::{SharedClock, StartError, Surroundings};
use serde_json::{Value, json};
use storage::{Ledger, MarketTable, SettingsTable, StorageError, VitalsKeeper};

/// The exit monitor with everything that it needs.
pub struct ExitMonitor {
    ledger: Ledger,
    marks: MarketTable,
    settings: SettingsTable,
    market: Arc<dyn Market>,
    way_out: WayOut,
    vitals: VitalsKeeper,
    clock: SharedClock,
}

/// Why a pass failed.
#[derive(Debug, thiserror::Error)]
pub enum MonitorError {
    /// The ledger, or a table beside it.
    #[error("a table could not be read or written")]
    Storage(#[from] StorageError),
    /// No close to settle at.
    #[error("the market gave no answer")]
    Market(#[from] MarketError),
    /// An event that is neither a batch of messages nor the schedule's.
    #[error("the event can't be read")]
    Event(#[from] serde_json::Error),
}

impl Category for MonitorError {
    fn category(&self) -> String {
        match self {
            Self::Storage(error) => error.category(),
            Self::Market(error) => error.category(),
            Self::Event(_) => "unreadable_event".to_owned(),
        }
    }
}

impl ExitMonitor {
    /// The exit monitor in these surroundings, on this market.
    pub fn new(surroundings: &Surroundings, market: Arc<dyn Market>) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            configuration,
            aws,
            clock,
            entropy,
        } = surroundings;
        let vitals = VitalsKeeper::new(surroundings, "exit-monitor")?.with_market(market.tally());
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            marks: MarketTable::new(aws, environment)?,
            settings: SettingsTable::new(aws, environment, configuration)?,
            market,
            way_out: WayOut::new(surroundings)?,
            vitals,
            clock: clock.clone(),
        })
    }

    /// Answers a batch of messages (partly, if need be) or the schedule.
    pub async fn answer(&self, event: LambdaEvent<Value>) -> Result<Value, MonitorError> {
        if event.payload.get("Records").is_some() {
            return self.answer_messages(event).await;
        }
        let pass = Box::pin(self.look_at_everything());
        let result = one_pass(&event.context, &self.vitals, pass).await;
        if let Err(error) = &result {
            tracing::error!(error = chain(error), "the exit pass failed");
        }
        let (settled, looked) = result?;
        Ok(json!({ "positions": looked.positions, "exits": looked.exits, "settled": settled }))
    }

    async fn answer_messages(&self, event: LambdaEvent<Value>) -> Result<Value, MonitorError> {
        let (payload, context) = event.into_parts();
        let event = LambdaEvent::new(serde_json::from_value::<SqsEvent>(payload)?, context);
        let response = each_record(event, &self.vitals, |page: PositionPage| async move {
            self.look_at(&page.positions).await.map(drop)
        });
        Ok(serde_json::to_value(response.await)?)
    }

    /// Exits act only in session. A clock that can't be had counts as closed.
    async fn is_open(&self, now: DateTime<Utc>) -> bool {
        let clock = self.market.clock(now.into()).await;
        clock.is_ok_and(|clock| clock.is_open)
    }
}
