//! Orders, trades and positions belong together one by one, and nothing is traded that may not
//! be.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Assignment, AssignmentState, Engine, FillBasis, Leg, Order, OrderState, Position,
    PositionState, Purpose, Side, SignalId, Trade, Usd,
};
use rust_decimal::Decimal;

use super::{Facts, Findings, Violation};

type LegKey = (SignalId, Engine, Leg);

pub(super) fn violations(facts: &Facts) -> Vec<Violation> {
    let mut findings = Findings::of("legs");
    let trades = by_leg(facts, &mut findings);
    for order in &facts.orders {
        check_order(facts, order, &trades, &mut findings);
    }
    for trade in &facts.trades {
        check_trade(facts, trade, &mut findings);
    }
    for position in &facts.positions {
        check_position(facts, position, &trades, &mut findings);
    }
    check_selections(facts, &mut findings);
    check_bars(facts, &mut findings);
    findings.close()
}

fn by_leg<'a>(facts: &'a Facts, findings: &mut Findings) -> BTreeMap<LegKey, &'a Trade> {
    let mut trades = BTreeMap::new();
    for trade in &facts.trades {
        let key = (trade.signal_id, trade.engine, trade.leg);
        let twice = trades.insert(key, trade).is_some();
        findings.expect(!twice, || format!("two trades of {key:?}"));
    }
    trades
}

fn check_order(
    facts: &Facts,
    order: &Order,
    trades: &BTreeMap<LegKey, &Trade>,
    findings: &mut Findings,
) {
    let work = order.work_key();
    let trade = trades.get(&(order.signal_id, order.engine, order.leg));
    let is_filled = order.state == OrderState::Filled;
    findings.expect(is_filled == trade.is_some(), || {
        format!(
            "{work} is {} and has {} trade",
            order.state.name(),
            trade.map_or("no", |_| "a")
        )
    });
    findings.expect(order.side == Side::of(order.leg), || {
        format!("{work} is a {:?}", order.side)
    });
    if order.leg == Leg::Entry {
        let assignment = assignment(facts, order.signal_id, order.engine);
        let is_ordered = assignment.is_some_and(|it| it.state == AssignmentState::Ordered);
        findings.expect(is_ordered, || {
            format!("{work} has no assignment that is ordered")
        });
        let buys = facts.signals.get(&order.signal_id);
        let buys = buys.is_some_and(|signal| signal.intent.buys());
        findings.expect(buys, || {
            format!("{work} follows from a signal that buys nothing")
        });
    } else {
        let position = position(facts, order.signal_id, order.engine);
        findings.expect(position.is_some(), || {
            format!("{work} sells what was never bought")
        });
    }
}

/// Every entry order stands beside the record of its choice, and no other does.
fn check_selections(facts: &Facts, findings: &mut Findings) {
    let entries = facts.orders.iter().filter(|order| order.leg == Leg::Entry);
    let mut ordered: Vec<_> = entries
        .map(|order| (order.signal_id, order.engine, &order.contract))
        .collect();
    let selections = facts.selections.iter();
    let mut chosen: Vec<_> = selections
        .map(|it| (it.signal_id, it.engine, &it.contract))
        .collect();
    ordered.sort();
    chosen.sort();
    findings.expect(ordered == chosen, || {
        format!("{ordered:?} are ordered, and {chosen:?} were chosen")
    });
}

fn check_trade(facts: &Facts, trade: &Trade, findings: &mut Findings) {
    let (signal, leg) = (trade.signal_id, trade.leg);
    let order = facts
        .orders
        .iter()
        .find(|order| order.order_id == trade.order_id);
    let Some(order) = order else {
        findings.expect(false, || format!("the trade {signal} {leg} has no order"));
        return;
    };
    let as_ordered = (order.leg, &order.contract, order.quantity, order.side)
        == (trade.leg, &trade.contract, trade.quantity, trade.side);
    findings.expect(as_ordered, || {
        format!("the trade {signal} {leg} isn't what was ordered")
    });
    check_fee(trade, findings);
    if let Purpose::Entry { valid_until, .. } = order.purpose {
        findings.expect(trade.filled_at <= valid_until, || {
            format!(
                "{signal} was entered at {}, valid until {valid_until}",
                trade.filled_at
            )
        });
    }
}

/// Fees are whole cents, and a settlement has none.
fn check_fee(trade: &Trade, findings: &mut Findings) {
    let fee = trade.fee_usd;
    let is_settled = matches!(trade.basis, FillBasis::Expiry { .. });
    let may_be =
        fee >= Usd::ZERO && fee == fee.rounded_to_cent() && (!is_settled || fee == Usd::ZERO);
    findings.expect(may_be, || {
        let (signal, leg) = (trade.signal_id, trade.leg);
        format!("the trade {signal} {leg} has a fee of {}", fee.0)
    });
}

fn check_position(
    facts: &Facts,
    position: &Position,
    trades: &BTreeMap<LegKey, &Trade>,
    findings: &mut Findings,
) {
    let (signal, engine) = (position.signal_id, position.engine);
    let entry = trades.get(&(signal, engine, Leg::Entry));
    findings.expect(entry.is_some(), || {
        format!("the position of {signal} has no entry")
    });
    let mine = |trade: &&Trade| trade.signal_id == signal && trade.engine == engine;
    let exits: Vec<&Trade> = facts
        .trades
        .iter()
        .filter(mine)
        .filter(|it| it.leg.is_exit())
        .collect();
    let is_closed = matches!(position.state, PositionState::Closed(_));
    findings.expect(exits.len() == usize::from(is_closed), || {
        format!(
            "the position of {signal} is {} after {} exits",
            position.state.name(),
            exits.len()
        )
    });
    let pending = facts.orders.iter().filter(|order| {
        (order.signal_id, order.engine) == (signal, engine)
            && order.leg.is_exit()
            && order.state == OrderState::PendingExecution
    });
    let closing = usize::from(matches!(position.state, PositionState::Closing { .. }));
    let pending = pending.count();
    findings.expect(pending == closing, || {
        format!(
            "the position of {signal} is {} with {pending} exit orders",
            position.state.name()
        )
    });
    if let (PositionState::Closed(outcome), Some(entry), [exit]) =
        (&position.state, entry, exits.as_slice())
    {
        let net = net_of(entry, exit);
        findings.expect(outcome.realized.net_usd.0 == net, || {
            format!(
                "{signal} closed with {}, its trades make {net}",
                outcome.realized.net_usd
            )
        });
    }
}

fn net_of(entry: &Trade, exit: &Trade) -> Decimal {
    let hundreds = Decimal::from(entry.quantity.count()) * Decimal::ONE_HUNDRED;
    let gained = exit.fill_price.decimal() - entry.fill_price.decimal();
    gained * hundreds - entry.fee_usd.0 - exit.fee_usd.0
}

/// An engine enters once on a bar of a strategy.
fn check_bars(facts: &Facts, findings: &mut Findings) {
    let mut taken = BTreeSet::new();
    for order in facts.orders.iter().filter(|order| order.leg == Leg::Entry) {
        let Some(signal) = facts.signals.get(&order.signal_id) else {
            findings.expect(false, || {
                format!("the order of {} has no signal", order.signal_id)
            });
            continue;
        };
        let bar = (
            order.engine,
            signal.symbol.clone(),
            signal.intent.direction(),
            signal.timeframe.to_string(),
            signal.bar_start,
            signal.strategy.clone(),
        );
        let is_first = taken.insert(bar.clone());
        findings.expect(is_first, || format!("two entries on the bar {bar:?}"));
    }
}

fn assignment(facts: &Facts, signal: SignalId, engine: Engine) -> Option<&Assignment> {
    let found = facts.assignments.iter();
    let mut found = found.filter(|it| (it.signal_id, it.engine) == (signal, engine));
    found.next().map(|found| &found.record)
}

fn position(facts: &Facts, signal: SignalId, engine: Engine) -> Option<&Position> {
    let found = facts.positions.iter();
    let mut found = found.filter(|it| (it.signal_id, it.engine) == (signal, engine));
    found.next().map(|found| &found.record)
}
