//! Stopping an engine's entries for the rest of a day that has lost too much.

use chrono::{DateTime, Utc};
use decisions::risk;
use domain::calendar::trading_date;
use domain::{Engine, OptionContract, Position, Settings};
use storage::{StorageError, Versioned};

use crate::ExitMonitor;

impl ExitMonitor {
    /// At the loss limit an engine's entries stop for the rest of the day, even if it recovers.
    pub(crate) async fn watch_daily_loss(
        &self,
        held: &[Versioned<Position>],
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let contracts: Vec<OptionContract> = held.iter().map(|it| it.contract.clone()).collect();
        let marks = self.marks.marks(&contracts, now).await?;
        let today = trading_date(now);
        for engine in Engine::ALL {
            let own = held.iter().filter(|position| position.engine == engine);
            let own: Vec<_> = own
                .map(|it| (it.record.clone(), marks.get(&it.contract).cloned()))
                .collect();
            if own.is_empty() {
                continue;
            }
            let capital = settings.trading_rules.starting_capital_usd;
            let book = self.ledger.book(engine, capital).await?;
            let result = risk::day_result(&book, &own, today);
            if risk::is_loss_limit_reached(result, settings) && book.loss_halt != Some(today) {
                tracing::warn!(%engine, day_result_usd = %result, "entries stop for today");
                self.ledger.halt_for_loss(engine, today).await?;
            }
        }
        Ok(())
    }
}
