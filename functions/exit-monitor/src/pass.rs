//! One pass over all open positions.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use decisions::exits::{self, Circumstances, MARK_AGE_MS_MAX};
use decisions::{lifecycle, risk};
use domain::calendar::trading_date;
use domain::quote::Mark;
use domain::{Engine, OptionContract, Position, Settings};
use market_data::Asked;
use runtime::telemetry::chain;
use storage::Versioned;
use storage::ledger::ExitBegun;

use crate::{ExitMonitor, MonitorError};

/// Marks older than this are quoted again by the monitor itself, in milliseconds.
const REQUOTE_AGE_MS: i64 = MARK_AGE_MS_MAX / 2;

/// What one pass did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Done {
    /// Positions that were looked at.
    pub(crate) positions: usize,
    /// Exits that were begun.
    pub(crate) exits: usize,
    /// Expired positions that were settled.
    pub(crate) settled: usize,
}

type Marks = BTreeMap<OptionContract, Mark>;

impl ExitMonitor {
    pub(crate) async fn pass(&self) -> Result<Done, MonitorError> {
        let now = self.clock.now();
        let (settings, open) =
            futures::try_join!(self.settings.current(), self.ledger.open_positions())?;
        // After the open ones: what moves on in between is seen twice rather than not at all.
        let closing = self.ledger.closing_positions().await?;
        let settled = self.settle_expired(&open, &closing, &settings, now).await?;
        // A clock that can't be had counts as closed; exits act only in session.
        if !self
            .market
            .clock(now.into())
            .await
            .is_ok_and(|clock| clock.is_open)
        {
            return Ok(Done {
                settled,
                ..Done::default()
            });
        }
        let is_alive =
            |position: &Versioned<Position>| !decisions::settlement::is_expired(position, now);
        let mut held: Vec<_> = open.into_iter().chain(closing).filter(is_alive).collect();
        held.sort_by_key(|position| (position.signal_id, position.engine));
        held.dedup_by_key(|position| (position.signal_id, position.engine));
        let marks = self.fresh_marks(&held, now).await?;
        self.watch_daily_loss(&held, &marks, &settings, now).await?;
        let exits = self.begin_exits(&held, &marks, &settings, now).await?;
        Ok(Done {
            positions: held.len(),
            exits,
            settled,
        })
    }

    async fn fresh_marks(
        &self,
        held: &[Versioned<Position>],
        now: DateTime<Utc>,
    ) -> Result<Marks, MonitorError> {
        let mut contracts: Vec<_> = held.iter().map(|p| p.contract.clone()).collect();
        contracts.sort_unstable();
        contracts.dedup();
        let mut marks = self.marks.marks(&contracts, now).await?;
        let is_fresh = |contract: &OptionContract| {
            let mark = marks.get(contract);
            mark.is_some_and(|mark| mark.quote.provenance.age_ms(now) <= REQUOTE_AGE_MS)
        };
        let stale: Vec<_> = contracts
            .into_iter()
            .filter(|contract| !is_fresh(contract))
            .collect();
        if stale.is_empty() {
            return Ok(marks);
        }
        // Time rules work without marks, so a market without an answer doesn't end the pass.
        let quotes = match self
            .market
            .option_quotes(&stale, Asked::at(now).anew())
            .await
        {
            Ok(batch) => batch.found,
            Err(error) => {
                tracing::warn!(error = chain(&error), "no fresh marks");
                return Ok(marks);
            }
        };
        for (contract, quote) in quotes {
            let mark = self.marks.put_mark(quote, marks.get(&contract)).await?;
            marks.insert(contract, mark);
        }
        Ok(marks)
    }

    async fn begin_exits(
        &self,
        held: &[Versioned<Position>],
        marks: &Marks,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<usize, MonitorError> {
        let mut begun = 0;
        let is_open =
            |position: &&Versioned<Position>| matches!(position.state, domain::PositionState::Open);
        for position in held.iter().filter(is_open) {
            let mark = marks.get(&position.contract);
            let rules = &settings.exit_rules;
            let hint = Circumstances {
                position,
                mark,
                watch: None,
                rules,
                now,
            };
            if exits::evaluate(&hint).trigger.is_some() {
                begun += usize::from(self.begin_exit(position, mark, settings, now).await?);
            }
        }
        Ok(begun)
    }

    /// The index was a hint: the position itself is read before its exit begins.
    async fn begin_exit(
        &self,
        hint: &Position,
        mark: Option<&Mark>,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<bool, MonitorError> {
        let trace = self.ledger.trace(hint.signal_id).await?;
        let Some(position) = trace.position(hint.engine) else {
            return Ok(false);
        };
        if !matches!(position.state, domain::PositionState::Open) {
            return Ok(false);
        }
        let rules = &settings.exit_rules;
        let circumstances = Circumstances {
            position,
            mark,
            watch: None,
            rules,
            now,
        };
        let Some(trigger) = exits::evaluate(&circumstances).trigger else {
            return Ok(false);
        };
        let (closing, order) = lifecycle::begin_exit(position, trigger, now);
        if self
            .ledger
            .begin_exit(&position.changed(closing), &order)
            .await?
            == ExitBegun::Changed
        {
            return Ok(false);
        }
        let work = order.work_key();
        tracing::info!(%work, reason = %trigger.reason, "exit begun");
        self.fills.hand_over(&work).await;
        Ok(true)
    }

    /// At the loss limit an engine's entries stop for the rest of the day, even if it recovers.
    async fn watch_daily_loss(
        &self,
        held: &[Versioned<Position>],
        marks: &Marks,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<(), MonitorError> {
        let today = trading_date(now);
        for engine in [Engine::A, Engine::B] {
            let own: Vec<_> = held
                .iter()
                .filter(|position| position.engine == engine)
                .map(|position| {
                    (
                        position.record.clone(),
                        marks.get(&position.contract).cloned(),
                    )
                })
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
