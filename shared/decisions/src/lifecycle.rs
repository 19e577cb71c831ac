//! The next records of a trade's life, from the ones before: assignment, order, trade, position.
//! One place builds them, whoever writes them.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::trading_date;
use domain::pnl::{LegPrices, ProfitAndLoss};
use domain::quote::Mark;
use domain::signal::Signal;
use domain::{
    Assignment, AssignmentState, Engine, ExitDecision, ExitReason, Leg, MarkedGreeks, Order,
    OrderId, OrderState, Outcome, Position, PositionId, PositionState, Price, Purpose, Rejection,
    Selection, SelectionBasis, Settings, Side, Task, Trade, TradeId, Usd, pnl,
};

use crate::contract_choice::Choice;
use crate::fills::Fill;
use crate::risk::unrealized_at_last_close;

/// Work that nobody moved on for so long counts as forgotten.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::seconds(30);

/// The task of `engine` to decide on all of `signal`.
pub fn assign(signal: &Signal, engine: Engine) -> Assignment {
    Assignment {
        task: Task::Whole,
        routed: None,
        signal_id: signal.signal_id,
        engine,
        symbol: signal.symbol.clone(),
        strategy: signal.strategy.clone(),
        source: signal.source.clone(),
        state: AssignmentState::Pending,
        received_at: signal.received_at,
        ended: 0,
        sends: 0,
        due: Some(signal.received_at + FORGOTTEN_AFTER),
    }
}

/// The assignment in its next state.
pub fn moved(assignment: &Assignment, state: AssignmentState, now: DateTime<Utc>) -> Assignment {
    debug_assert!(assignment.state.may_become(&state));
    let due = (!state.is_terminal()).then_some(now + FORGOTTEN_AFTER);
    Assignment {
        state,
        due,
        ..assignment.clone()
    }
}

/// The assignment while it waits to be looked at again.
pub fn waiting(assignment: &Assignment, again_at: DateTime<Utc>) -> Assignment {
    Assignment {
        due: Some(again_at + FORGOTTEN_AFTER),
        ..assignment.clone()
    }
}

/// The order that buys the chosen contract.
pub fn entry_order(
    signal: &Signal,
    engine: Engine,
    choice: &Choice,
    underlying_price: Price,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Order {
    Order {
        order_id: OrderId::of(signal.signal_id, engine, Leg::Entry),
        signal_id: signal.signal_id,
        engine,
        leg: Leg::Entry,
        side: Side::Buy,
        symbol: signal.symbol.clone(),
        contract: choice.contract.clone(),
        quantity: choice.quantity,
        state: OrderState::PendingExecution,
        attempts: 0,
        sends: 0,
        due: Some(now + FORGOTTEN_AFTER),
        created_at: now,
        purpose: Purpose::Entry {
            received_at: signal.received_at,
            valid_until: crate::eligibility::valid_until(signal, settings),
            reserved_usd: choice.cost_usd,
            chosen_at: choice.sides,
            underlying_price,
        },
    }
}

/// The record of how an entry order's contract was chosen.
pub fn selection(order: &Order, basis: SelectionBasis, settings: &Settings) -> Selection {
    Selection {
        signal_id: order.signal_id,
        engine: order.engine,
        contract: order.contract.clone(),
        settings_version: settings.versions.strike_selection,
        chosen_at: order.created_at,
        basis,
    }
}

/// The order after a try that came to nothing, while it waits for the next.
pub fn another_attempt(order: &Order, again_at: DateTime<Utc>) -> Order {
    Order {
        attempts: order.attempts + 1,
        due: Some(again_at + FORGOTTEN_AFTER),
        ..order.clone()
    }
}

/// The order, ended without a fill.
pub fn failed(order: &Order, failure: Rejection) -> Order {
    Order {
        state: OrderState::Failed { failure },
        due: None,
        ..order.clone()
    }
}

/// The order, filled.
pub fn filled(order: &Order) -> Order {
    Order {
        state: OrderState::Filled,
        due: None,
        ..order.clone()
    }
}

/// The trade that a fill of this order makes.
pub fn trade(order: &Order, fill: &Fill, fee_usd: Usd, now: DateTime<Utc>) -> Trade {
    Trade {
        trade_id: TradeId::of(order.signal_id, order.engine, order.leg),
        order_id: order.order_id,
        signal_id: order.signal_id,
        engine: order.engine,
        leg: order.leg,
        side: order.side,
        symbol: order.symbol.clone(),
        contract: order.contract.clone(),
        quantity: order.quantity,
        fill_price: fill.price,
        fee_usd,
        filled_at: now,
        basis: fill.basis.clone(),
    }
}

/// The position that an entry's trade opens, at these Greeks.
pub fn position(signal: &Signal, trade: &Trade, entry_greeks: Option<MarkedGreeks>) -> Position {
    Position {
        position_id: PositionId::of(trade.signal_id, trade.engine),
        signal_id: trade.signal_id,
        engine: trade.engine,
        symbol: trade.symbol.clone(),
        strategy: signal.strategy.clone(),
        source: signal.source.clone(),
        contract: trade.contract.clone(),
        quantity: trade.quantity,
        entry_price: trade.fill_price,
        entry_mid: trade.mid_price(),
        entry_worst: trade.worst_price(),
        entry_fee_usd: trade.fee_usd,
        entry_greeks,
        exposure_usd: trade.fill_price.value(trade.quantity),
        entry_received_at: signal.received_at,
        opened_at: trade.filled_at,
        state: PositionState::Open,
        exits_ordered: 0,
        exit_failures_in_row: 0,
        failed_exit: None,
        exit_request: None,
    }
}

/// What stands at the start of an exit.
#[derive(Debug, Clone, PartialEq)]
pub struct ExitStart {
    /// The position on its way out.
    pub position: Position,
    /// The order that sells it.
    pub order: Order,
    /// Why.
    pub decision: ExitDecision,
}

/// The position on its way out, and the order that sells it, by this decision about it.
pub fn begin_exit(position: &Position, decision: ExitDecision) -> ExitStart {
    let (reason, price) = (decision.reason, decision.trigger_price);
    let order = exit_order(position, reason, price, decision.decided_at);
    let closing = Position {
        state: PositionState::Closing {
            exit_reason: reason,
        },
        exits_ordered: position.exits_ordered + 1,
        ..position.clone()
    };
    ExitStart {
        position: closing,
        order,
        decision,
    }
}

fn exit_order(
    position: &Position,
    reason: ExitReason,
    trigger_price: Option<Price>,
    now: DateTime<Utc>,
) -> Order {
    let leg = position.next_exit();
    Order {
        order_id: OrderId::of(position.signal_id, position.engine, leg),
        signal_id: position.signal_id,
        engine: position.engine,
        leg,
        side: Side::Sell,
        symbol: position.symbol.clone(),
        contract: position.contract.clone(),
        quantity: position.quantity,
        state: OrderState::PendingExecution,
        attempts: 0,
        sends: 0,
        due: Some(now + FORGOTTEN_AFTER),
        created_at: now,
        purpose: Purpose::Exit {
            reason,
            trigger_price,
        },
    }
}

/// The position open again, since its exit order failed.
pub fn exit_failed(position: &Position) -> Position {
    Position {
        state: PositionState::Open,
        exit_failures_in_row: position.exit_failures_in_row + 1,
        failed_exit: match position.state {
            PositionState::Closing { exit_reason } => Some(exit_reason),
            _ => position.failed_exit,
        },
        ..position.clone()
    }
}

/// The order that settles an expired contract; it is written filled.
pub fn settlement_order(position: &Position, now: DateTime<Utc>) -> Order {
    filled(&exit_order(position, ExitReason::Expired, None, now))
}

/// The closed position, whose exit was set off by this mid, if by any.
pub fn closed(
    position: &Position,
    exit_reason: ExitReason,
    trigger_price: Option<Price>,
    exit: &Trade,
) -> Position {
    let entry_prices = LegPrices {
        fill: position.entry_price,
        mid: position.entry_mid,
        worst: position.entry_worst,
        fee_usd: position.entry_fee_usd,
    };
    let exit_prices = LegPrices {
        fill: exit.fill_price,
        mid: exit.mid_price(),
        worst: exit.worst_price(),
        fee_usd: exit.fee_usd,
    };
    let outcome = Outcome {
        exit_reason,
        exit_price: exit.fill_price,
        trigger_price,
        slippage_usd: trigger_price
            .map(|trigger| pnl::gross(trigger, exit.fill_price, exit.quantity)),
        closed_at: exit.filled_at,
        realized: ProfitAndLoss::of(entry_prices, exit_prices, position.quantity),
    };
    let exits_ordered = match exit.leg {
        Leg::Exit(number) => number.max(position.exits_ordered),
        Leg::Entry => position.exits_ordered,
    };
    Position {
        state: PositionState::Closed(outcome),
        exits_ordered,
        exit_failures_in_row: 0,
        failed_exit: None,
        ..position.clone()
    }
}

/// What a close adds to its day's result: the net gain since the entry, less what was already
/// unrealized at the last close.
pub fn day_result_of_close(position: &Position, exit: &Trade, mark: Option<&Mark>) -> Usd {
    let gained = pnl::gross(position.entry_price, exit.fill_price, position.quantity)
        - position.entry_fee_usd
        - exit.fee_usd;
    gained - unrealized_at_last_close(position, mark, trading_date(exit.filled_at))
}
