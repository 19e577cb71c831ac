//! A signal's first write, and every write after that.

use futures::future::join_all;
use storage::ledger::Recorded;

use super::support::{Tables, assignment, entry, webhook_event};

#[tokio::test]
async fn a_duplicate_names_what_nobody_decided_yet() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let (own, event) = (assignment(&signal), webhook_event(&signal, "r-1"));
    let record = async || {
        let recorded = tables
            .ledger
            .record_signal(&signal, std::slice::from_ref(&own), &event)
            .await;
        recorded.unwrap()
    };
    assert_eq!(record().await, Recorded::New);
    let still_pending = vec![own.clone()];
    assert_eq!(record().await, Recorded::Duplicate { still_pending });
    tables.reject(&signal).await;
    let still_pending = Vec::new();
    assert_eq!(record().await, Recorded::Duplicate { still_pending });
    tables.stop().await;
}

#[tokio::test]
async fn of_sixteen_writers_of_a_signal_one_is_first() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let own = [assignment(&signal)];
    let events: Vec<_> = (0..16)
        .map(|n| webhook_event(&signal, &format!("r-{n}")))
        .collect();
    let writes = events
        .iter()
        .map(|event| tables.ledger.record_signal(&signal, &own, event));
    let all: Vec<_> = join_all(writes)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let new = all.iter().filter(|one| **one == Recorded::New).count();
    assert_eq!(new, 1, "{all:?}");
    let trace = tables.trace(&signal).await;
    assert_eq!(
        (trace.webhook_events.len(), trace.assignments.len()),
        (1, 1)
    );
    assert_eq!(trace.signal, signal);
    tables.stop().await;
}
