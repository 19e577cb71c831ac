//! A trade's life, step by step, each written as the functions write it.

use chrono::{DateTime, Utc};
use decisions::exits::{self, Trigger};
use decisions::fills::{self, Fill};
use decisions::lifecycle;
use domain::calendar::trading_date;
use domain::settings::TradingRules;
use domain::{
    Assignment, AssignmentState, Engine, ExitDecision, ExitReason, ExitRule, FillModel, Leg, Order,
    Position, Rejection, RejectionReason, Settings, Side, Signal, Trade, Usd, Verdict,
};
use storage::Versioned;
use storage::ledger::{
    Close, Decided, EntryFill, EntryFilled, EntryOrdered, ExitBegun, ExitOrder, Proceeds, Recorded,
    Trace, Written,
};

use super::{
    Tables, assignment, bounds, decision, entry_order, quote, selection, sides, webhook_event,
};

/// Limits that no test reaches by accident.
pub(crate) fn roomy() -> Settings {
    let mut settings = Settings::default();
    settings.risk_limits.max_open_positions = 1_000;
    settings.risk_limits.max_positions_per_symbol_a = 1_000;
    settings
}

/// The fill of an order at this price, to the cent.
pub(crate) fn fill_at(order: &Order, cents: u32, now: DateTime<Utc>) -> Fill {
    let quote = quote(order.contract.clone(), sides(cents, cents), now);
    let side = Side::of(order.leg);
    fills::fill(&quote, side, FillModel::Mid, &TradingRules::default(), now).unwrap()
}

/// The trade of an order at this price, and its fee.
pub(crate) fn trade_at(order: &Order, cents: u32, now: DateTime<Utc>) -> Trade {
    let (rules, fill) = (TradingRules::default(), fill_at(order, cents, now));
    let fee_usd = rules.fee(order.side, order.quantity, fill.price);
    lifecycle::trade(order, &fill, fee_usd, now)
}

pub(crate) fn rejected() -> Rejection {
    Rejection::new(RejectionReason::NoMarketData, "no quote")
}

impl Tables {
    pub(crate) async fn trace(&self, signal: &Signal) -> Trace {
        self.ledger.trace(signal.signal_id).await.unwrap()
    }

    pub(crate) async fn assignment(&self, signal: &Signal) -> Versioned<Assignment> {
        self.trace(signal)
            .await
            .assignment(Engine::A)
            .unwrap()
            .clone()
    }

    pub(crate) async fn order(&self, signal: &Signal, leg: Leg) -> Versioned<Order> {
        self.trace(signal)
            .await
            .order(Engine::A, leg)
            .unwrap()
            .clone()
    }

    pub(crate) async fn position(&self, signal: &Signal) -> Versioned<Position> {
        self.trace(signal)
            .await
            .position(Engine::A)
            .unwrap()
            .clone()
    }

    pub(crate) async fn record(&self, signal: &Signal) -> Versioned<Assignment> {
        let event = webhook_event(signal, "r-1");
        let recorded = self
            .ledger
            .record_signal(signal, &[assignment(signal)], &event)
            .await;
        assert_eq!(recorded.unwrap(), Recorded::New);
        self.assignment(signal).await
    }

    /// Records the signal and approves it.
    pub(crate) async fn approve(&self, signal: &Signal) -> Versioned<Assignment> {
        let seen = self.record(signal).await;
        let moved = lifecycle::moved(&seen, AssignmentState::Approved, signal.received_at);
        let decision = decision(signal, Verdict::Approved);
        let decided = self
            .ledger
            .decide(&seen.changed(moved), (&decision, None), None)
            .await;
        assert_eq!(decided.unwrap(), Decided::Written);
        self.assignment(signal).await
    }

    /// Rejects a signal that was recorded.
    pub(crate) async fn reject(&self, signal: &Signal) {
        let seen = self.assignment(signal).await;
        let rejection = rejected();
        let state = AssignmentState::Rejected {
            rejection: rejection.clone(),
        };
        let moved = seen.changed(lifecycle::moved(&seen, state, signal.received_at));
        let decision = decision(signal, Verdict::Rejected { rejection });
        let decided = self.ledger.decide(&moved, (&decision, None), None).await;
        assert_eq!(decided.unwrap(), Decided::Written);
    }

    /// Tries to order an approved entry, on bounds from the book as it is.
    pub(crate) async fn try_order(
        &self,
        signal: &Signal,
        approved: &Versioned<Assignment>,
        ask_cents: u32,
        settings: &Settings,
    ) -> EntryOrdered {
        let bounds = bounds(&self.book().await, signal, ask_cents, settings);
        let moved = lifecycle::moved(approved, AssignmentState::Ordered, signal.received_at);
        let order = entry_order(signal, ask_cents, settings);
        let selection = selection(&order);
        let ordered = self
            .ledger
            .order_entry(&approved.changed(moved), &order, &selection, &bounds)
            .await;
        ordered.unwrap()
    }

    /// Brings an entry as far as its order.
    pub(crate) async fn order_entry(&self, signal: &Signal, ask_cents: u32) -> Versioned<Order> {
        let approved = self.approve(signal).await;
        let ordered = self.try_order(signal, &approved, ask_cents, &roomy()).await;
        assert_eq!(ordered, EntryOrdered::Written);
        self.order(signal, Leg::Entry).await
    }

    /// Tries to fill an entry order with so much headroom for exposure.
    pub(crate) async fn try_fill(
        &self,
        signal: &Signal,
        order: &Versioned<Order>,
        cents: u32,
        exposure_headroom_usd: Usd,
    ) -> EntryFilled {
        let trade = trade_at(order, cents, signal.received_at);
        let position = lifecycle::position(signal, &trade, None);
        let filled = order.changed(lifecycle::filled(order));
        let fill = EntryFill {
            order: &filled,
            trade: &trade,
            position: &position,
            exposure_headroom_usd,
        };
        self.ledger.fill_entry(&fill).await.unwrap()
    }

    /// Brings an entry as far as its position.
    pub(crate) async fn open(&self, signal: &Signal, ask_cents: u32) -> Versioned<Position> {
        let order = self.order_entry(signal, ask_cents).await;
        let headroom = Usd::dollars(10_000);
        let filled = self.try_fill(signal, &order, ask_cents, headroom).await;
        assert_eq!(filled, EntryFilled::Written);
        self.position(signal).await
    }

    /// Writes the exit order of an open position.
    pub(crate) async fn begin_exit(&self, signal: &Signal, now: DateTime<Utc>) {
        let position = self.position(signal).await;
        let start = lifecycle::begin_exit(&position, stop(&position, now));
        let begun = self.ledger.begin_exit(&position, &start).await;
        assert_eq!(begun.unwrap(), ExitBegun::Written);
    }

    /// Tries to fill the exit order that is under way, given the day's result to be added.
    pub(crate) async fn try_close(
        &self,
        signal: &Signal,
        cents: u32,
        now: DateTime<Utc>,
    ) -> Written {
        let seen = self.trace(signal).await;
        let position = seen.position(Engine::A).unwrap();
        let order = seen.order(Engine::A, position.current_exit()).unwrap();
        let trade = trade_at(order, cents, now);
        let closed = lifecycle::closed(
            position,
            ExitReason::StopLoss,
            order.trigger_price(),
            &trade,
        );
        let proceeds = proceeds(position, &trade, now);
        let filled = order.changed(lifecycle::filled(order));
        let close = Close {
            position: &position.changed(closed),
            order: ExitOrder::Pending(&filled),
            trade: &trade,
            book: &self.book().await,
            proceeds: &proceeds,
        };
        self.ledger.close(&close).await.unwrap()
    }

    /// Closes an open position at this price.
    pub(crate) async fn close(&self, signal: &Signal, cents: u32, now: DateTime<Utc>) {
        self.begin_exit(signal, now).await;
        assert_eq!(self.try_close(signal, cents, now).await, Written::Yes);
    }
}

/// The decision to stop a loss.
pub(crate) fn stop(position: &Position, now: DateTime<Utc>) -> ExitDecision {
    let trigger = Trigger {
        rule: ExitRule::StopLoss,
        reason: ExitReason::StopLoss,
        price: None,
    };
    exits::decision_on_wish(position, trigger, "-50 %".to_owned(), 3, now)
}

/// What a close brings, with nothing known of earlier sessions.
pub(crate) fn proceeds(position: &Position, trade: &Trade, now: DateTime<Utc>) -> Proceeds {
    Proceeds {
        cash_usd: trade.fill_price.value(trade.quantity) - trade.fee_usd,
        exposure_usd: position.exposure_usd,
        day_result_usd: lifecycle::day_result_of_close(position, trade, None),
        today: trading_date(now),
    }
}
