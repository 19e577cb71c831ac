//! The same alert again, in whatever dress, is the same signal.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{Engine, SignalId};
use serde_json::{Value, json};
use system_tests::Harness;

use crate::support::{good, good_with, post_with_token};

fn id(answer: &Value) -> SignalId {
    answer["signal_id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_repeated_alert_is_answered_with_the_first_one_s_id() {
    let harness = Harness::start().await;
    let alert = good(&harness);
    let (_, first) = harness.alert(&alert).await;
    assert_eq!(first["status"], "accepted");
    let secret = harness.stack.webhook_secret().to_owned();
    let same = |changes: Value| good_with(&harness, &changes);
    harness.advance(TimeDelta::seconds(30));
    for again in [
        alert.clone(),
        {
            let mut a = alert.clone();
            a["secret"] = json!(secret);
            a
        },
        {
            let mut a = alert.clone();
            a["close"] = json!(612.5);
            a["note"] = json!("again");
            a
        },
        json!({ "symbol": "amex:spy", "direction": "LONG", "timeframe": "5m", "timestamp": alert["timenow"] }),
    ] {
        let (status, answer) = harness.alert(&again).await;
        assert_eq!(
            (status, &answer["status"]),
            (200, &json!("duplicate")),
            "{again}"
        );
        assert_eq!(answer["signal_id"], first["signal_id"], "{again}");
    }
    for other in [
        same(json!({})),
        same(json!({ "timenow": alert["timenow"], "action": "sell" })),
        same(json!({ "timenow": alert["timenow"], "ticker": "QQQ" })),
        same(json!({ "timenow": alert["timenow"], "interval": "15" })),
        same(json!({ "timenow": alert["timenow"], "strategy": "orb" })),
        same(json!({ "timenow": alert["timenow"], "action": "exit" })),
    ] {
        let (_, answer) = harness.alert(&other).await;
        assert_eq!(answer["status"], "accepted", "{other}");
    }
    harness.stop().await;
}

#[tokio::test]
async fn twenty_at_once_are_one_signal_and_one_position() {
    let harness = Harness::start().await;
    let alert = good(&harness);
    let answers = futures::future::join_all((0..20).map(|_| harness.alert(&alert))).await;
    assert!(
        answers.iter().all(|(status, _)| *status == 200),
        "{answers:?}"
    );
    let ids: BTreeSet<SignalId> = answers.iter().map(|(_, answer)| id(answer)).collect();
    assert_eq!(ids.len(), 1);
    let accepted = answers
        .iter()
        .filter(|(_, answer)| answer["status"] == "accepted");
    assert_eq!(accepted.count(), 1);
    let id = *ids.first().unwrap();
    harness.position(id, "open").await;
    let trace = harness.trace(id).await;
    assert_eq!(
        (
            trace.orders.len(),
            trace.trades.len(),
            trace.positions.len()
        ),
        (1, 1, 1)
    );
    assert_eq!(trace.webhook_events.len(), 20);
    assert_eq!(harness.book().await.open_count, 1);
    harness.stop().await;
}

#[tokio::test]
async fn without_a_time_the_bar_and_the_body_tell_alerts_apart() {
    let harness = Harness::start().await;
    let body = |note: &str| {
        json!({ "ticker": "SPY", "action": "buy", "interval": "5", "note": note }).to_string()
    };
    let (_, first) = post_with_token(&harness, body("a")).await;
    harness.position(id(&first), "open").await;
    harness.advance(TimeDelta::seconds(61));
    let (_, again) = post_with_token(&harness, body("a")).await;
    let (_, other) = post_with_token(&harness, body("b")).await;
    harness.assignment(id(&other), "rejected").await;
    harness.advance(TimeDelta::seconds(300));
    let (_, next_bar) = post_with_token(&harness, body("a")).await;
    assert_eq!(
        (id(&again), again["status"].as_str()),
        (id(&first), Some("duplicate"))
    );
    let distinct: BTreeSet<_> = [&first, &other, &next_bar].map(id).into();
    assert_eq!(distinct.len(), 3);
    let why = harness
        .trace(id(&other))
        .await
        .assignment(Engine::A)
        .unwrap()
        .state
        .clone();
    assert!(
        format!("{why:?}").contains("BarAlreadyEntered")
            || format!("{why:?}").contains("SymbolPositionLimit"),
        "{why:?}"
    );
    harness.stop().await;
}
