//! What a person can do by hand, on the command line or in the dashboard. Everything here may be
//! done twice, by two people at once, and while alerts and rules do the same.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use decisions::exit_wish;
use domain::calendar::session_at;
use domain::{ByHand, Engine, Halt, SignalId};
use market_data::Market;
use runtime::rounds::{ROUNDS_MAX, Restless};
use runtime::{SharedClock, StartError, Surroundings};
use storage::ledger::Halted;
use storage::{Ledger, SettingsTable, StorageError};

use crate::way_out::{Met, Waiting, WayOut, Wish};

/// The controls of a stack.
pub struct Controls {
    pub(crate) ledger: Ledger,
    settings: SettingsTable,
    way_out: WayOut,
    market: Option<Arc<dyn Market>>,
    clock: SharedClock,
}

/// Why something could not be done; what was not said to be done may be tried again.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The ledger, or a table beside it.
    #[error("a table could not be read or written")]
    Storage(#[from] StorageError),
    /// Others changed the position again and again.
    #[error(transparent)]
    Restless(#[from] Restless),
}

/// What became of a position that a person wants closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum ClosedByHand {
    /// Its exit has begun.
    Begun,
    /// The wish stands on the position; the exit monitor meets it.
    Noted(Waiting),
    /// It was closed before.
    AlreadyClosed,
    /// There is no such position: no such signal, or it opened none (yet).
    NotFound,
}

/// What is the same for all positions of one request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conditions {
    market_is_open: bool,
    exit_rules_version: u32,
    now: DateTime<Utc>,
}

impl Controls {
    /// The controls in these surroundings. Without a market to ask, the exchange's calendar tells
    /// whether it is open; the paper executor asks the market again before it fills.
    pub fn new(
        surroundings: &Surroundings,
        market: Option<Arc<dyn Market>>,
    ) -> Result<Self, StartError> {
        let Surroundings {
            environment,
            configuration,
            aws,
            clock,
            entropy,
        } = surroundings;
        Ok(Self {
            ledger: Ledger::new(aws, environment, entropy.clone())?,
            settings: SettingsTable::new(aws, environment, configuration)?,
            way_out: WayOut::new(surroundings)?,
            market,
            clock: clock.clone(),
        })
    }

    /// Closes the position of this signal and engine; `by` is who wants it.
    pub async fn close_by_hand(
        &self,
        signal_id: SignalId,
        engine: Engine,
        by: &str,
    ) -> Result<ClosedByHand, ControlError> {
        let conditions = self.conditions().await?;
        self.close((signal_id, engine), ByHand::ManualClose, by, conditions)
            .await
    }

    /// Stops the engine's entries until they are resumed. The first halt stays; it is what is
    /// returned if it isn't this one.
    pub async fn halt(&self, engine: Engine, by: &str, why: &str) -> Result<Halted, ControlError> {
        let halt = Halt {
            by: by.to_owned(),
            at: self.clock.now(),
            why: why.to_owned(),
        };
        if let Some(halted) = self.ledger.halt_entries(engine, &halt).await? {
            return Ok(halted);
        }
        // An engine that never traded has no book yet. Only here are settings needed: those that
        // nobody can trade under must not keep anybody from stopping.
        let capital = self
            .settings
            .current()
            .await?
            .trading_rules
            .starting_capital_usd;
        self.ledger.book(engine, capital).await?;
        let halted = self.ledger.halt_entries(engine, &halt).await?;
        Ok(halted.ok_or(StorageError::Changed { kind: "BOOK" })?)
    }

    /// Lets the engine enter again, as `by` wants it; says which halt that lifted, if one stood.
    pub async fn resume(&self, engine: Engine, by: &str) -> Result<Option<Halt>, ControlError> {
        let by_at = (by, self.clock.now());
        Ok(self.ledger.resume_entries(engine, by_at).await?)
    }

    pub(crate) async fn conditions(&self) -> Result<Conditions, ControlError> {
        let now = self.clock.now();
        let market_is_open = match &self.market {
            Some(market) => market
                .clock(now.into())
                .await
                .is_ok_and(|clock| clock.is_open),
            None => session_at(now).is_some(),
        };
        let settings = self.settings.current().await?;
        Ok(Conditions {
            market_is_open,
            exit_rules_version: settings.versions.exit_rules,
            now,
        })
    }

    /// Looks until the position stands still for as long as it takes to close it.
    pub(crate) async fn close(
        &self,
        (signal_id, engine): (SignalId, Engine),
        reason: ByHand,
        by: &str,
        conditions: Conditions,
    ) -> Result<ClosedByHand, ControlError> {
        let wish = Wish {
            request: exit_wish::of_person(by, reason, conditions.now),
            market_is_open: conditions.market_is_open,
            exit_rules_version: conditions.exit_rules_version,
            now: conditions.now,
        };
        for _ in 0..ROUNDS_MAX {
            if let Some(closed) = self.try_to_close(signal_id, engine, &wish).await? {
                return Ok(closed);
            }
        }
        Err(Restless.into())
    }

    async fn try_to_close(
        &self,
        signal_id: SignalId,
        engine: Engine,
        wish: &Wish,
    ) -> Result<Option<ClosedByHand>, StorageError> {
        let trace = match self.ledger.trace(signal_id).await {
            Err(StorageError::NoSignal(_)) => return Ok(Some(ClosedByHand::NotFound)),
            read => read?,
        };
        let Some(position) = trace.position(engine) else {
            return Ok(Some(ClosedByHand::NotFound));
        };
        Ok(match self.way_out.meet(position, wish).await? {
            Met::Begun => Some(ClosedByHand::Begun),
            Met::Noted(waiting) => Some(ClosedByHand::Noted(waiting)),
            Met::Closed => Some(ClosedByHand::AlreadyClosed),
            Met::Changed => None,
        })
    }
}
