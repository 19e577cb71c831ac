//! What a transaction makes of conflicts, throttling and lost messages: it happens exactly once,
//! or it says that it couldn't.

use std::time::{Duration, Instant};

use decisions::lifecycle;
use storage::ledger::{Recorded, Written};
use storage::{EvidencePointer, Ledger, StorageError};
use system_tests::fault_proxy::{Fault, FaultProxy};

use super::support::{Tables, assignment, at, entry, rejected, webhook_event};

const FAULTS: [Fault; 4] = [
    Fault::Conflict,
    Fault::Throttle,
    Fault::LoseAnswer,
    Fault::LoseRequest,
];

async fn record(ledger: &Ledger, signal: &domain::Signal) -> Result<Recorded, StorageError> {
    let event = webhook_event(signal, "r-1");
    let own = [assignment(signal)];
    ledger.record_signal(signal, &own, &event).await
}

#[tokio::test]
async fn a_write_that_met_a_fault_happens_all_the_same() {
    let tables = Tables::start().await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    for (fault, seconds) in FAULTS.into_iter().zip(0..) {
        let signal = entry("SPY", seconds);
        proxy.inject([fault, fault]);
        // Not a duplicate of itself, even where the first try was written.
        let recorded = record(&ledger, &signal).await.unwrap();
        assert_eq!(recorded, Recorded::New, "{fault:?}");
        assert_eq!(tables.trace(&signal).await.items.len(), 2, "{fault:?}");
    }
    tables.stop().await;
}

#[tokio::test]
async fn tries_of_one_write_share_a_token_and_writes_do_not() {
    let tables = Tables::start().await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    let tokens = || -> Vec<String> {
        let seen = proxy.seen("TransactWriteItems");
        let token = |s: &system_tests::fault_proxy::Seen| s.body["ClientRequestToken"].to_string();
        seen.iter().map(token).collect()
    };
    proxy.inject([Fault::Conflict, Fault::LoseAnswer, Fault::Conflict]);
    record(&ledger, &entry("SPY", 0)).await.unwrap();
    let first = tokens();
    assert!(
        first.len() == 4 && first.iter().all(|token| *token == first[0]),
        "{first:?}"
    );
    record(&ledger, &entry("SPY", 1)).await.unwrap();
    assert_ne!(tokens().last(), first.last());
    tables.stop().await;
}

#[tokio::test]
async fn a_lost_answer_changes_the_book_once() {
    let tables = Tables::start().await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    let (kept, failing) = (entry("SPY", 0), entry("SPY", 1));
    tables.order_entry(&kept, 100).await;
    let before = tables.book().await;
    let order = tables.order_entry(&failing, 200).await;
    let failed = order.changed(decisions::lifecycle::failed(&order, rejected()));
    proxy.inject([Fault::LoseAnswer, Fault::Conflict, Fault::LoseAnswer]);
    assert_eq!(ledger.fail_entry(&failed).await.unwrap(), Written::Yes);
    assert_eq!(tables.book().await, before);
    assert_eq!(ledger.fail_entry(&failed).await.unwrap(), Written::Changed);
    assert_eq!(tables.book().await, before);
    tables.stop().await;
}

#[tokio::test]
async fn patience_ends() {
    let tables = Tables::start().await;
    for (fault, seconds) in FAULTS.into_iter().zip(0..) {
        let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
        let ledger = tables.ledger_through(&proxy).await;
        let ledger = ledger.with_patience(Duration::from_millis(300));
        proxy.always(fault);
        let started = Instant::now();
        let error = record(&ledger, &entry("SPY", seconds)).await.unwrap_err();
        let waited = started.elapsed();
        // One call may be under way when the time is up, and has a second of its own.
        assert!(waited < Duration::from_secs(3), "{fault:?}: {waited:?}");
        match fault {
            Fault::Conflict => {
                assert!(
                    matches!(error, StorageError::Contended { attempts: 2.. }),
                    "{error:?}"
                );
            }
            _ => assert!(matches!(error, StorageError::Aws { .. }), "{error:?}"),
        }
    }
    tables.stop().await;
}

/// Writes that stand alone have no transaction's token: they know themselves by their own.
#[tokio::test]
async fn a_lone_write_whose_answer_was_lost_is_no_other_s() {
    let tables = Tables::start().await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    for (fault, seconds) in FAULTS.into_iter().zip(0..) {
        let signal = entry("SPY", seconds);
        let seen = tables.record(&signal).await;
        let waiting = seen.changed(lifecycle::waiting(&seen, at(60)));
        proxy.inject([fault, fault]);
        let written = ledger.move_assignment(&waiting).await.unwrap();
        assert_eq!(written, Written::Yes, "{fault:?}");
        let after = tables.assignment(&signal).await;
        assert_eq!(after.record, waiting.record, "{fault:?}");
        // The same content from somebody else is somebody else's.
        let again = ledger.move_assignment(&waiting).await.unwrap();
        assert_eq!(again, Written::Changed, "{fault:?}");
    }
    assert_eq!(proxy.seen("TransactWriteItems"), []);
    tables.stop().await;
}

#[tokio::test]
async fn a_lost_answer_names_one_s_own_evidence() {
    let tables = Tables::start().await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    let signal = entry("SPY", 0);
    tables.record(&signal).await;
    let pointer = |digit: &str| EvidencePointer {
        signal_id: signal.signal_id,
        sha256: digit.repeat(64),
        captured_at: at(1),
    };
    let (first, second) = (pointer("1"), pointer("2"));
    proxy.inject([Fault::LoseAnswer, Fault::Conflict, Fault::LoseAnswer]);
    assert_eq!(ledger.name_evidence(&first).await.unwrap(), first);
    proxy.inject([Fault::LoseAnswer]);
    assert_eq!(ledger.name_evidence(&second).await.unwrap(), first);
    tables.stop().await;
}
