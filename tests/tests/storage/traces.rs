//! The whole life of a signal, in one Query.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Engine, Leg, PositionState, SignalId};
use storage::{StorageError, WebhookOutcome};
use system_tests::fault_proxy::FaultProxy;

use super::support::{Tables, at, entry, selection, webhook_event};

#[tokio::test]
async fn one_query_returns_the_whole_life() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    tables.open(&signal, 200).await;
    tables.close(&signal, 310, at(60)).await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    let trace = ledger.trace(signal.signal_id).await.unwrap();
    assert_eq!(proxy.seen("Query").len(), 1);
    assert_eq!(trace.signal, signal);
    assert_eq!((trace.decisions.len(), trace.trades.len()), (1, 2));
    let legs: Vec<_> = trace.orders.iter().map(|order| order.leg).collect();
    assert_eq!(legs, [Leg::Entry, Leg::Exit(1)]);
    let position = trace.position(Engine::A).unwrap();
    assert!(matches!(position.state, PositionState::Closed(_)));
    assert_eq!(trace.selections, [selection(&trace.orders[0])]);
    assert_eq!(trace.exit_decisions.len(), 1);
    // Signal, assignment, decision, selection, two orders with their fills, why it exited, position.
    assert_eq!(trace.items.len(), 8);
    tables.stop().await;
}

#[tokio::test]
async fn a_life_beyond_a_megabyte_is_read_to_its_end() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    tables.record(&signal).await;
    for n in 0..30 {
        let mut event = webhook_event(&signal, &format!("again-{n}"));
        event.outcome = WebhookOutcome::Duplicate;
        event.problems = vec!["x".repeat(50_000)];
        tables.ledger.record_webhook_event(&event).await.unwrap();
    }
    let trace = tables.trace(&signal).await;
    assert_eq!((trace.webhook_events.len(), trace.items.len()), (31, 32));
    tables.stop().await;
}

#[tokio::test]
async fn an_unknown_signal_is_named() {
    let tables = Tables::start().await;
    let id = SignalId::of("nobody");
    let error = tables.ledger.trace(id).await.unwrap_err();
    assert!(matches!(error, StorageError::NoSignal(named) if named == id));
    tables.stop().await;
}

#[tokio::test]
async fn items_of_another_program_are_refused_and_not_guessed() {
    for (attribute, value) in [
        ("version", AttributeValue::N("2".to_owned())),
        ("version", AttributeValue::S("1".to_owned())),
        ("kind", AttributeValue::S("HUNCH".to_owned())),
        ("state", AttributeValue::S("perhaps".to_owned())),
    ] {
        let tables = Tables::start().await;
        let signal = entry("SPY", 0);
        tables.record(&signal).await;
        let pk = format!("SIGNAL#{}", signal.signal_id);
        let key = (pk.as_str(), "ASSIGNMENT#A");
        tables
            .overwrite("LEDGER_TABLE", key, attribute, value)
            .await;
        let error = tables.ledger.trace(signal.signal_id).await.unwrap_err();
        let expected = match attribute {
            "version" => matches!(error, StorageError::UnknownVersion { known: 1, .. }),
            _ => matches!(error, StorageError::Unreadable { .. }),
        };
        assert!(expected, "{attribute}: {error}");
        assert!(error.to_string().contains("ASSIGNMENT#A"), "{error}");
        tables.stop().await;
    }
}
