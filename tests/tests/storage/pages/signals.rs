//! The feed: signals, and what each engine made of them.

use domain::{AssignmentState, Engine, Signal, SignalId};
use storage::PageRequest;
use storage::ledger::Recorded;

use super::super::support::{Tables, assignment, entry, rejected, webhook_event};
use super::{LIMITS, forged, refuses, walked};

/// Signals in threes of the same instant.
async fn record(tables: &Tables, numbers: std::ops::Range<i64>) -> Vec<SignalId> {
    let mut ids = Vec::new();
    for n in numbers {
        let symbol = ["SPY", "QQQ", "IWM"][usize::try_from(n % 3).unwrap()];
        let signal = entry(symbol, n / 3);
        tables.record(&signal).await;
        ids.push(signal.signal_id);
    }
    ids
}

/// That these are the newest first, each once.
fn assert_newest_first(found: &[Signal], ids: &[SignalId]) {
    let times: Vec<_> = found.iter().map(|signal| signal.received_at).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older));
    let mut found: Vec<_> = found.iter().map(|signal| signal.signal_id).collect();
    let mut ids = ids.to_vec();
    found.sort_unstable();
    ids.sort_unstable();
    assert_eq!(found, ids);
}

#[tokio::test]
async fn every_signal_comes_once_and_newest_first() {
    let tables = Tables::start().await;
    assert_eq!(
        walked(1, async |it| tables.ledger.newest_signals(it).await).await,
        []
    );
    let ids = record(&tables, 0..22).await;
    for limit in LIMITS {
        let found = walked(limit, async |it| tables.ledger.newest_signals(it).await).await;
        assert_newest_first(&found, &ids);
    }
    tables.stop().await;
}

#[tokio::test]
async fn what_comes_in_between_moves_no_page() {
    let tables = Tables::start().await;
    let ids = record(&tables, 0..9).await;
    let later = std::sync::atomic::AtomicI64::new(9);
    let found = walked(2, async |request| {
        let page = tables.ledger.newest_signals(request).await;
        let n = later.fetch_add(3, std::sync::atomic::Ordering::Relaxed);
        record(&tables, n..n + 3).await;
        page
    });
    assert_newest_first(&found.await, &ids);
    tables.stop().await;
}

#[tokio::test]
async fn a_page_beyond_one_batch_of_reads_is_whole() {
    let tables = Tables::start().await;
    let ids = record(&tables, 0..130).await;
    let found = walked(200, async |it| {
        tables.ledger.newest_signals_with_tasks(it).await
    })
    .await;
    assert!(found.iter().all(|it| it.assignments.len() == 1));
    let signals: Vec<_> = found.into_iter().map(|it| it.signal).collect();
    assert_newest_first(&signals, &ids);
    tables.stop().await;
}

#[tokio::test]
async fn signals_come_with_what_each_engine_made_of_them() {
    let tables = Tables::start().await;
    let [lone, both] = [entry("SPY", 0), entry("QQQ", 1)];
    tables.record(&lone).await;
    tables.reject(&lone).await;
    let tasks = [Engine::A, Engine::B].map(|engine| decisions::lifecycle::assign(&both, engine));
    let event = webhook_event(&both, "r-2");
    let recorded = tables.ledger.record_signal(&both, &tasks, &event).await;
    assert_eq!(recorded.unwrap(), Recorded::New);
    let request = PageRequest::default();
    let page = tables.ledger.newest_signals_with_tasks(&request);
    let [first, second] = page.await.unwrap().items.try_into().unwrap();
    assert_eq!((first.signal, first.assignments), (both, tasks.to_vec()));
    let rejection = rejected();
    assert_eq!(
        second.assignments[0].state,
        AssignmentState::Rejected { rejection }
    );
    assert_eq!(second.assignments.len(), 1);
    assert_eq!(second.assignments[0].engine, assignment(&lone).engine);
    tables.stop().await;
}

#[tokio::test]
async fn a_cursor_of_another_list_and_a_forged_one_are_refused() {
    let tables = Tables::start().await;
    let ids = record(&tables, 0..3).await;
    let id = ids[0];
    let places = [
        format!("orders|1785420000000|{id}|SIGNAL"),
        format!("signals|1785420000000|{id}|ORDER#A#entry"),
        format!("signals|1785420000000|{id}|SIGNAL#A#entry#x"),
        format!("signals|+1785420000000|{id}|SIGNAL"),
        format!("signals|now|{id}|SIGNAL"),
        format!(
            "signals|1785420000000|{}|SIGNAL",
            id.to_string().to_uppercase()
        ),
        "signals|1785420000000|RISK#A|SIGNAL".to_owned(),
        "signals|1785420000000".to_owned(),
        "signals".to_owned(),
    ];
    let forgeries = places.iter().map(|place| forged(place));
    refuses(forgeries, async |it| tables.ledger.newest_signals(it).await).await;
    let plain = ["", "signals", "%%%"].map(|text| text.to_owned().into());
    refuses(plain, async |it| tables.ledger.newest_signals(it).await).await;
    tables.stop().await;
}
