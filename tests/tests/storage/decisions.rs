//! A decision, written with the assignment's new state and the bar's claim.

use decisions::lifecycle;
use domain::{Assignment, AssignmentState, Decision, Engine, Signal, Verdict};
use futures::future::join_all;
use serde_json::json;
use storage::Versioned;
use storage::ledger::{BarClaim, Decided};

use super::support::{Tables, assignment, decision, entry, signal, webhook_event};

fn approval(seen: &Versioned<Assignment>, signal: &Signal) -> (Versioned<Assignment>, Decision) {
    let moved = lifecycle::moved(seen, AssignmentState::Approved, signal.received_at);
    let decision = Decision {
        engine: seen.engine,
        ..decision(signal, Verdict::Approved)
    };
    (seen.changed(moved), decision)
}

async fn approve(
    tables: &Tables,
    seen: &Versioned<Assignment>,
    signal: &Signal,
    claim: &BarClaim,
) -> Decided {
    let (moved, decision) = approval(seen, signal);
    let decided = tables
        .ledger
        .decide(&moved, (&decision, None), Some(claim))
        .await;
    decided.unwrap()
}

fn claim(signal: &Signal) -> BarClaim {
    BarClaim::of(signal, Engine::A).unwrap()
}

#[tokio::test]
async fn of_eight_deciders_one_writes() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let seen = tables.record(&signal).await;
    let claim = claim(&signal);
    let decided = (0..8).map(|_| approve(&tables, &seen, &signal, &claim));
    let decided = join_all(decided).await;
    let written = decided.iter().filter(|d| **d == Decided::Written).count();
    assert_eq!(written, 1, "{decided:?}");
    assert!(!decided.contains(&Decided::BarTaken), "{decided:?}");
    let trace = tables.trace(&signal).await;
    let state = &trace.assignment(Engine::A).unwrap().state;
    assert_eq!(
        (state, trace.decisions.len()),
        (&AssignmentState::Approved, 1)
    );
    tables.stop().await;
}

#[tokio::test]
async fn a_bar_is_taken_once() {
    let tables = Tables::start().await;
    // Two alerts within the same one-minute bar.
    let (first, second) = (entry("SPY", 5), entry("SPY", 35));
    assert_eq!(
        tables.ledger.bar_taken_by(&claim(&first)).await.unwrap(),
        None
    );
    let (seen_first, seen_second) = (tables.record(&first).await, tables.record(&second).await);
    let decided = approve(&tables, &seen_first, &first, &claim(&first)).await;
    assert_eq!(decided, Decided::Written);
    let decided = approve(&tables, &seen_second, &second, &claim(&second)).await;
    assert_eq!(decided, Decided::BarTaken);
    let owner = tables.ledger.bar_taken_by(&claim(&second)).await.unwrap();
    assert_eq!(owner, Some(first.signal_id));
    let left = tables.assignment(&second).await;
    assert_eq!(left.state, AssignmentState::Pending);
    tables.stop().await;
}

#[tokio::test]
async fn bars_are_told_apart() {
    let first = signal(5, json!({}));
    for (what, fields, same) in [
        ("the same bar", json!({}), true),
        ("another side", json!({ "action": "sell" }), false),
        ("another symbol", json!({ "ticker": "QQQ" }), false),
        ("another timeframe", json!({ "interval": "5" }), false),
        ("another strategy", json!({ "strategy": "orb" }), false),
    ] {
        let tables = Tables::start().await;
        let other = signal(35, fields);
        for entry in [&first, &other] {
            let seen = tables.record(entry).await;
            let decided = approve(&tables, &seen, entry, &claim(entry)).await;
            let taken = same && entry.signal_id == other.signal_id;
            assert_eq!(decided == Decided::BarTaken, taken, "{what}");
        }
        tables.stop().await;
    }
}

#[tokio::test]
async fn a_signal_may_claim_its_own_bar_again() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let both = [Engine::A, Engine::B].map(|engine| Assignment {
        engine,
        ..assignment(&signal)
    });
    let event = webhook_event(&signal, "r-1");
    tables
        .ledger
        .record_signal(&signal, &both, &event)
        .await
        .unwrap();
    for engine in [Engine::A, Engine::B] {
        let seen = tables
            .trace(&signal)
            .await
            .assignment(engine)
            .unwrap()
            .clone();
        let decided = approve(&tables, &seen, &signal, &claim(&signal)).await;
        assert_eq!(decided, Decided::Written, "{engine}");
    }
    tables.stop().await;
}
