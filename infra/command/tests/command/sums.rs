//! Whether what stands in a ledger adds up.

use std::collections::BTreeSet;
use std::path::Path;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AssignmentState, Book, Engine, OrderState, Position, PositionState, Side, SignalId, Usd,
};
use local_stack::account::AccountId;
use local_stack::aws::{AwsChoice, LocalAws, sdk_config};
use local_stack::clients;
use runtime::aws::Endpoints;
use runtime::{AwsClients, Entropy, Environment};
use storage::Ledger;
use storage::ledger::Trace;

const CAPITAL: Usd = Usd(rust_decimal::Decimal::from_parts(50_000, 0, 0, false, 0));

/// The ledger of the `DynamoDB` at this address.
pub(crate) async fn ledger_at(dynamodb_url: &str) -> Ledger {
    let endpoints = Endpoints {
        dynamodb: Some(dynamodb_url.to_owned()),
        ..Endpoints::default()
    };
    let clients = AwsClients::new(&sdk_config(AccountId::EMBEDDED).await, &endpoints);
    let named = [("LEDGER_TABLE".to_owned(), "ledger-table".to_owned())];
    let environment: Environment = named.into_iter().collect();
    Ledger::new(&clients, &environment, Entropy::seeded(1)).unwrap()
}

/// Whether nothing is under way any more for this signal.
pub(crate) fn is_settled(trace: &Trace) -> bool {
    let decided = trace
        .assignments
        .iter()
        .all(|assignment| assignment.state.is_terminal());
    let pending = trace
        .orders
        .iter()
        .any(|order| order.state == OrderState::PendingExecution);
    let closing = trace
        .positions
        .iter()
        .any(|position| position.state.name() == "closing");
    decided && !pending && !closing
}

/// Every signal that a ledger holds: also those whose sender heard no answer any more.
pub(crate) async fn all_signals(dynamodb_url: &str) -> BTreeSet<SignalId> {
    let scan = clients::dynamodb(dynamodb_url, AccountId::EMBEDDED).scan();
    let items: Vec<_> = scan
        .table_name("ledger-table")
        .filter_expression("kind = :kind")
        .expression_attribute_values(":kind", AttributeValue::S("SIGNAL".to_owned()))
        .consistent_read(true)
        .into_paginator()
        .items()
        .send()
        .collect::<Result<_, _>>()
        .await
        .unwrap();
    let ids = items.iter().map(|item| item["signal_id"].as_s().unwrap());
    ids.map(|id| id.parse().unwrap()).collect()
}

/// Every signal stands as it should, and the book is the sum of them.
pub(crate) async fn assert_adds_up(dir: &Path, accepted: &[SignalId]) {
    let aws = LocalAws::start(&AwsChoice::over(dir)).await.unwrap();
    let ledger = ledger_at(aws.dynamodb_url()).await;
    let signals = all_signals(aws.dynamodb_url()).await;
    let lost: Vec<_> = accepted.iter().filter(|id| !signals.contains(id)).collect();
    assert!(lost.is_empty(), "{lost:?} were accepted and are gone");
    let mut traces = Vec::new();
    for id in signals {
        let trace = ledger.trace(id).await.unwrap();
        assert_is_whole(&trace);
        traces.push(trace);
    }
    let book = ledger.book(Engine::A, CAPITAL).await.unwrap();
    assert_is_sum(&book, &traces);
    aws.stop().await.unwrap();
}

/// One assignment that has ended, one order for each leg, one trade for each filled order.
fn assert_is_whole(trace: &Trace) {
    let id = trace.signal.signal_id;
    assert!(is_settled(trace), "{id}: {:?}", trace.assignments);
    assert_eq!(trace.assignments.len(), 1, "{id}");
    let is_ordered = trace.assignments[0].state == AssignmentState::Ordered;
    let entries = trace
        .orders
        .iter()
        .filter(|order| order.side == Side::Buy)
        .count();
    let enters = trace.signal.intent.direction().is_some();
    assert_eq!(entries, usize::from(is_ordered && enters), "{id}");
    let filled = trace
        .orders
        .iter()
        .filter(|order| order.state == OrderState::Filled);
    let filled: Vec<_> = filled.map(|order| (order.leg, order.order_id)).collect();
    let traded: Vec<_> = trace
        .trades
        .iter()
        .map(|trade| (trade.leg, trade.order_id))
        .collect();
    assert_eq!(filled, traded, "{id}");
    let bought = trace
        .trades
        .iter()
        .filter(|trade| trade.side == Side::Buy)
        .count();
    let sold = trace.trades.len() - bought;
    assert_eq!(trace.positions.len(), bought, "{id}");
    let closed = trace
        .positions
        .iter()
        .filter(|position| !is_held(position))
        .count();
    assert_eq!(closed, sold, "{id}");
}

fn is_held(position: &Position) -> bool {
    !matches!(position.state, PositionState::Closed(_))
}

fn assert_is_sum(book: &Book, traces: &[Trace]) {
    let held: Vec<&Position> = traces
        .iter()
        .flat_map(|trace| trace.positions.iter().map(|position| &position.record))
        .filter(|position| is_held(position))
        .collect();
    assert_eq!(usize::try_from(book.open_count).unwrap(), held.len());
    let exposure = held
        .iter()
        .fold(Usd::ZERO, |sum, position| sum + position.exposure_usd);
    assert_eq!((book.exposure_usd, book.pending_usd), (exposure, Usd::ZERO));
    for (symbol, count) in &book.count_by_symbol {
        let in_symbol = held
            .iter()
            .filter(|position| position.symbol == *symbol)
            .count();
        assert_eq!(usize::try_from(*count).unwrap(), in_symbol, "{symbol}");
    }
    let fills = traces.iter().flat_map(|trace| &trace.trades);
    let cash = fills.fold(CAPITAL, |cash, trade| {
        let value = trade.fill_price.value(trade.quantity);
        match trade.side {
            Side::Buy => cash - value - trade.fee_usd,
            Side::Sell => cash + value - trade.fee_usd,
        }
    });
    assert_eq!(book.cash_usd, cash);
}
