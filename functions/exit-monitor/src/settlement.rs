//! Settling what was held to its expiration, at the underlying's close of that date.

use chrono::{DateTime, Utc};
use decisions::{lifecycle, settlement};
use domain::expiration::expires_at;
use domain::quote::Mark;
use domain::{
    ExitReason, OrderState, Position, PositionState, Price, Rejection, RejectionReason, Settings,
    Usd,
};
use market_data::close_at_expiration;
use runtime::telemetry::chain;
use storage::Versioned;
use storage::ledger::{Close, ExitOrder, Proceeds, Trace, Written};

use crate::{ExitMonitor, MonitorError};

impl ExitMonitor {
    /// Settles the expired ones of these positions, also those whose exit didn't fill in time;
    /// how many were. One that can't be settled now is tried again at the next pass.
    pub(crate) async fn settle_expired(
        &self,
        held: &[Versioned<Position>],
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> usize {
        let mut settled = 0;
        for position in held {
            if !settlement::is_expired(position, now) {
                continue;
            }
            match self.settle(position, settings, now).await {
                Ok(written) => settled += usize::from(written == Written::Yes),
                Err(error) => tracing::error!(
                    signal_id = %position.signal_id,
                    error = chain(&error),
                    "an expired position could not be settled yet"
                ),
            }
        }
        settled
    }

    async fn settle(
        &self,
        hint: &Position,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Written, MonitorError> {
        let trace = self.ledger.trace(hint.signal_id).await?;
        let Some(position) = trace.position(hint.engine) else {
            return Ok(Written::Changed);
        };
        if matches!(position.state, PositionState::Closed(_)) {
            return Ok(Written::Changed);
        }
        let (market, contract) = (self.market.as_ref(), &position.contract);
        let close = close_at_expiration(market, contract, &position.symbol, now.into()).await?;
        let Some(close) = close else {
            tracing::warn!(symbol = %position.symbol, "no close of the expiration date yet");
            return Ok(Written::Changed);
        };
        self.write_settlement(&trace, position, close, settings, now)
            .await
    }

    async fn write_settlement(
        &self,
        trace: &Trace,
        position: &Versioned<Position>,
        underlying_close: Price,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Written, MonitorError> {
        let expired_at = expires_at(position.contract.expiration());
        let order = lifecycle::settlement_order(position, expired_at);
        let fill = settlement::settle(position, underlying_close);
        let trade = lifecycle::trade(&order, &fill, Usd::ZERO, expired_at);
        let capital = settings.trading_rules.starting_capital_usd;
        let contracts = [position.contract.clone()];
        let (book, marks) = futures::try_join!(
            self.ledger.book(position.engine, capital),
            self.marks.marks(&contracts, now),
        )?;
        let mark: Option<&Mark> = marks.get(&position.contract);
        let proceeds = Proceeds::of(position, &trade, mark);
        let closed = position.changed(lifecycle::closed(
            position,
            ExitReason::Expired,
            None,
            &trade,
        ));
        let overtaken = trace
            .order(position.engine, position.current_exit())
            .filter(|order| order.state == OrderState::PendingExecution)
            .map(|order| {
                let detail = "the contract expired before the exit was filled";
                let failure = Rejection::new(RejectionReason::TooLate, detail);
                order.changed(lifecycle::failed(order, failure))
            });
        let order = match &overtaken {
            Some(failed) => ExitOrder::Instead {
                order: &order,
                failed,
            },
            None => ExitOrder::New(&order),
        };
        let close = Close {
            position: &closed,
            order,
            trade: &trade,
            book: &book,
            proceeds: &proceeds,
        };
        let written = self.ledger.close(&close).await?;
        if written == Written::Yes {
            let (contract, price) = (&position.contract, trade.fill_price);
            tracing::info!(signal_id = %position.signal_id, %contract, %price, "settled at expiry");
        }
        Ok(written)
    }
}
