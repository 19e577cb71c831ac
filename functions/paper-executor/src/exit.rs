//! Filling an exit: order, trade, position and book in one transaction. An exit never fails for
//! good: its position opens again, and the exit monitor starts the next one.

use chrono::{DateTime, Utc};
use decisions::fills::Fill;
use decisions::lifecycle;
use domain::{
    ExitReason, ExitRequest, Order, Position, PositionState, Purpose, Rejection, RejectionReason,
    Settings, WorkKey,
};
use runtime::Step;
use storage::Versioned;
use storage::ledger::{Close, ExitOrder, Proceeds, Trace, Written};

use crate::{FillError, PaperExecutor, is_last_attempt};

/// So many failed exits in a row need a person.
const FAILURES_ALARMING: u32 = 3;

impl PaperExecutor {
    pub(crate) async fn exit(
        &self,
        trace: &Trace,
        order: &Versioned<Order>,
    ) -> Result<Step, FillError> {
        let Some(position) = trace.position(order.engine) else {
            return Ok(Step::Done);
        };
        let Purpose::Exit { reason, .. } = order.purpose else {
            return Ok(Step::Done);
        };
        if !matches!(position.state, PositionState::Closing { .. }) {
            return Ok(Step::Done);
        }
        let (settings, now) = (self.settings.current().await?, self.clock.now());
        if !self
            .market
            .clock(now.into())
            .await
            .is_ok_and(|clock| clock.is_open)
        {
            let why = "the market is closed, or nobody can tell";
            return self
                .reopen(order, position, RejectionReason::MarketClosed, why)
                .await;
        }
        match self.fresh_fill(order, Some(reason), &settings, now).await {
            Ok(fill) => {
                self.close(order, position, reason, &fill, &settings, now)
                    .await
            }
            Err(why) if is_last_attempt(order) => {
                self.reopen(order, position, RejectionReason::NoFill, &why)
                    .await
            }
            Err(why) => self.try_again(order, now, &why).await,
        }
    }

    async fn close(
        &self,
        order: &Versioned<Order>,
        position: &Versioned<Position>,
        reason: ExitReason,
        fill: &Fill,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Step, FillError> {
        let rules = &settings.trading_rules;
        let fee_usd = rules.fee(order.side, order.quantity, fill.price);
        let trade = lifecycle::trade(order, fill, fee_usd, now);
        let contracts = [order.contract.clone()];
        let (book, marks) = futures::try_join!(
            self.ledger.book(order.engine, rules.starting_capital_usd),
            self.marks.marks(&contracts, now),
        )?;
        let mark = marks.get(&order.contract);
        let proceeds = Proceeds::of(position, &trade, mark);
        let (filled, closed) = (
            order.changed(lifecycle::filled(order)),
            position.changed(lifecycle::closed(
                position,
                reason,
                order.trigger_price(),
                &trade,
            )),
        );
        let close = Close {
            position: &closed,
            order: ExitOrder::Pending(&filled),
            trade: &trade,
            book: &book,
            proceeds: &proceeds,
        };
        if self.ledger.close(&close).await? == Written::Changed {
            return Ok(Step::Again);
        }
        let (work, price) = (order.work_key(), trade.fill_price);
        tracing::info!(%work, contract = %trade.contract, %price, %reason, "position closed");
        self.wake_reversal(position).await;
        Ok(Step::Done)
    }

    /// A reversal waits for this close before it enters; tell its engine at once.
    async fn wake_reversal(&self, position: &Position) {
        let request = position.exit_request.as_ref();
        let Some(reversal) = request.and_then(ExitRequest::waiting_reversal) else {
            return;
        };
        let work = WorkKey::entry(reversal, position.engine);
        self.engines.of(work.engine).hand_over(&work).await;
    }

    async fn reopen(
        &self,
        order: &Versioned<Order>,
        position: &Versioned<Position>,
        reason: RejectionReason,
        why: &str,
    ) -> Result<Step, FillError> {
        let work = order.work_key();
        let open = lifecycle::exit_failed(position);
        if open.exit_failures_in_row >= FAILURES_ALARMING {
            let failures = open.exit_failures_in_row;
            tracing::error!(%work, why, failures, alarm = "exit_stuck", "a position can't be closed");
        } else {
            tracing::warn!(%work, why, "exit failed; the position is open again");
        }
        let failed = lifecycle::failed(order, Rejection::new(reason, why));
        let written = self
            .ledger
            .fail_exit(&order.changed(failed), &position.changed(open))
            .await?;
        self.count_failed(order, written);
        Ok(written.into())
    }
}
