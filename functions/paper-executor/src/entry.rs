//! Filling an entry: order, trade, position and book in one transaction.

use chrono::{DateTime, Utc};
use decisions::fills::Fill;
use decisions::{entry_fill, lifecycle, marking};
use domain::{
    MarkedGreeks, Order, Price, Purpose, Rejection, RejectionReason, Settings, Symbol, Usd,
};
use runtime::Step;
use runtime::metrics::SIGNAL_TO_FILL;
use storage::Versioned;
use storage::ledger::{EntryFill, EntryFilled, Trace};

use crate::{FillError, PaperExecutor, is_last_attempt};

/// What a position opens with.
struct Opening {
    fill: Fill,
    greeks: Option<MarkedGreeks>,
    /// What was set aside for it.
    reserved_usd: Usd,
}

impl PaperExecutor {
    pub(crate) async fn enter(
        &self,
        trace: &Trace,
        order: &Versioned<Order>,
    ) -> Result<Step, FillError> {
        let (settings, now) = (self.settings.current().await?, self.clock.now());
        let Purpose::Entry {
            valid_until,
            reserved_usd,
            ..
        } = order.purpose
        else {
            return Ok(Step::Done);
        };
        let clock = self.market.clock(now.into()).await;
        if let Some(why) = entry_fill::refusal(valid_until, &settings, clock.as_ref().ok(), now) {
            return self.fail(order, why).await;
        }
        // A clock that can't be had counts as closed too, but it may come back in a moment.
        let (fill, stock_price) = match clock {
            Ok(_) => futures::join!(
                self.fresh_fill(order, None, &settings, now),
                self.stock_price(&order.symbol, now),
            ),
            Err(error) => (Err(error.to_string()), None),
        };
        match fill {
            Ok(fill) => {
                let greeks = stock_price.and_then(|price| marking::greeks_at(&fill, price));
                let opening = Opening {
                    fill,
                    greeks,
                    reserved_usd,
                };
                self.open(trace, order, opening, &settings, now).await
            }
            Err(why) => self.without_a_fill(order, now, why).await,
        }
    }

    /// A halt ends the entry also while there is nothing to fill it at.
    async fn without_a_fill(
        &self,
        order: &Versioned<Order>,
        now: DateTime<Utc>,
        why: String,
    ) -> Result<Step, FillError> {
        if let Some(halt) = self.ledger.halt_in_force(order.engine).await? {
            return self.fail(order, halt.refusal()).await;
        }
        if is_last_attempt(order) {
            return self.give_up(order, RejectionReason::NoFill, why).await;
        }
        self.try_again(order, now, &why).await
    }

    async fn open(
        &self,
        trace: &Trace,
        order: &Versioned<Order>,
        opening: Opening,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Step, FillError> {
        let (rules, reserved_usd) = (&settings.trading_rules, opening.reserved_usd);
        let fee_usd = rules.fee(order.side, order.quantity, opening.fill.price);
        let trade = lifecycle::trade(order, &opening.fill, fee_usd, now);
        let position = lifecycle::position(&trace.signal, &trade, opening.greeks);
        if let Some(failure) = entry_fill::too_dear(&position, reserved_usd, settings) {
            return self.fail(order, failure).await;
        }
        let exposure_limit = settings
            .risk_limits
            .exposure_limit(rules.starting_capital_usd);
        let filled = order.changed(lifecycle::filled(order));
        let fill = EntryFill {
            order: &filled,
            trade: &trade,
            position: &position,
            exposure_headroom_usd: exposure_limit - (position.exposure_usd - reserved_usd),
        };
        match self.ledger.fill_entry(&fill).await? {
            EntryFilled::Written => {
                let (work, price) = (order.work_key(), trade.fill_price);
                let engine = order.engine.to_string();
                SIGNAL_TO_FILL.tell_between(&engine, position.entry_received_at, trade.filled_at);
                tracing::info!(%work, contract = %trade.contract, %price, "position opened");
                Ok(Step::Done)
            }
            EntryFilled::Refused(rejection) => self.fail(order, rejection).await,
            EntryFilled::Changed => Ok(Step::Again),
        }
    }

    /// What the underlying stands at; without it, nobody knows how the contract's value moves.
    async fn stock_price(&self, symbol: &Symbol, now: DateTime<Utc>) -> Option<Price> {
        let symbols = [symbol.clone()];
        let mut batch = self.market.quotes(&symbols, now.into()).await.ok()?;
        let quote = batch.found.remove(symbol)?;
        Some(quote.sides.mid())
    }

    async fn give_up(
        &self,
        order: &Versioned<Order>,
        reason: RejectionReason,
        detail: String,
    ) -> Result<Step, FillError> {
        self.fail(order, Rejection::new(reason, detail)).await
    }

    async fn fail(&self, order: &Versioned<Order>, failure: Rejection) -> Result<Step, FillError> {
        let work = order.work_key();
        tracing::warn!(%work, reason = %failure.reason, detail = failure.detail, "entry failed");
        let failed = order.changed(lifecycle::failed(order, failure));
        let written = self.ledger.fail_entry(&failed).await?;
        self.count_failed(order, written);
        Ok(written.into())
    }
}
