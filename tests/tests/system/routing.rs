//! Which engine gets a signal: by its bucket, sticky, and changed by flags within seconds.

use domain::{Engine, Mode, SignalId, Task};
use serde_json::json;
use storage::StorageError;
use storage::ledger::Trace;
use storage::settings::{NewVersion, SettingsKind};
use system_tests::Harness;

use crate::engine_b::eager;

const SYMBOLS: [&str; 10] = [
    "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA",
];

fn engines(trace: &Trace) -> Vec<(Engine, Task)> {
    trace
        .assignments
        .iter()
        .map(|it| (it.engine, it.task))
        .collect()
}

#[tokio::test]
async fn in_split_mode_each_signal_is_one_engines_by_its_bucket() {
    let harness = eager(&[("EXPERIMENT_MODE", "split"), ("AB_SPLIT_PERCENTAGE", "40")]).await;
    let mut to_a = 0;
    for symbol in SYMBOLS {
        let id = harness.enter(symbol, "long").await;
        let trace = harness.trace(id).await;
        let routed = trace.assignments[0].routed.clone().unwrap();
        let is_a = routed.bucket < 40;
        let expected = if is_a { Engine::A } else { Engine::B };
        assert_eq!(engines(&trace), [(expected, Task::Whole)], "{routed:?}");
        assert_eq!((routed.mode, routed.split_percentage), (Mode::Split, 40));
        to_a += u32::from(is_a);
    }
    assert!((1..10).contains(&to_a), "{to_a} of 10");
    harness.stop().await;
}

#[tokio::test]
async fn a_reversal_closes_in_the_engine_that_does_not_enter_it() {
    let harness = eager(&[]).await;
    let id = harness.enter("SPY", "long").await;
    for engine in [Engine::A, Engine::B] {
        harness.position_of(engine, id, "open").await;
    }
    set(
        &harness,
        SettingsKind::Routing,
        json!({ "mode": "split", "split_percentage": 100 }),
    )
    .await
    .unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(10_100)).await;
    harness.advance(chrono::TimeDelta::minutes(1));
    let reversal = harness
        .send(json!({
            "ticker": "SPY", "action": "sell", "market_position": "short",
            "prev_market_position": "long", "market_position_size": "1",
            "prev_market_position_size": "1",
        }))
        .await;
    let trace = harness.assignment_of(Engine::B, reversal, "ordered").await;
    assert_eq!(
        engines(&trace),
        [(Engine::A, Task::Whole), (Engine::B, Task::CloseOnly)]
    );
    harness.position_of(Engine::B, id, "closed").await;
    harness.position_of(Engine::A, reversal, "open").await;
    let trace = harness.trace(reversal).await;
    assert!(trace.position(Engine::B).is_none() && trace.decision(Engine::B).is_none());
    harness.stop().await;
}

#[tokio::test]
async fn with_engine_b_off_everything_is_engine_as() {
    let harness = Harness::start().await;
    for symbol in ["SPY", "QQQ", "IWM"] {
        let id = harness.enter(symbol, "long").await;
        assert_eq!(
            engines(&harness.trace(id).await),
            [(Engine::A, Task::Whole)]
        );
    }
    harness.stop().await;
}

#[tokio::test]
async fn flags_are_refused_where_they_are_set_and_seen_within_seconds() {
    let harness = Harness::start().await;
    for (values, expected) in [
        (
            json!({ "enable_orb_specialist": true }),
            "needs enable_variant_b",
        ),
        (
            json!({ "enable_variant_b": true }),
            "in split mode needs enable_shadow_execution",
        ),
    ] {
        let refused = set(&harness, SettingsKind::FeatureFlags, values).await;
        let text = runtime::telemetry::chain(&refused.unwrap_err());
        assert!(text.contains(expected), "{text}");
    }
    let before = harness.enter("SPY", "long").await;
    assert_eq!(engines(&harness.trace(before).await).len(), 1);
    let both = json!({ "enable_variant_b": true, "enable_shadow_execution": true });
    assert_eq!(
        set(&harness, SettingsKind::FeatureFlags, both)
            .await
            .unwrap(),
        1
    );
    let paired = json!({ "mode": "paired" });
    set(&harness, SettingsKind::Routing, paired).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(10_100)).await;
    let after = harness.enter("QQQ", "long").await;
    assert_eq!(engines(&harness.trace(after).await).len(), 2);
    // An alert that comes again stays where it went.
    let again = resent(&harness, before).await;
    assert_eq!(engines(&again).len(), 1);
    harness.stop().await;
}

async fn resent(harness: &Harness, id: SignalId) -> Trace {
    let raw = harness.trace(id).await.signal.raw;
    let (status, answer) = harness.alert(&raw).await;
    assert_eq!((status, &answer["status"]), (200, &json!("duplicate")));
    harness.trace(id).await
}

async fn set(
    harness: &Harness,
    kind: SettingsKind,
    values: serde_json::Value,
) -> Result<u32, StorageError> {
    let version = NewVersion {
        kind,
        values: values.as_object().unwrap().clone(),
        enabled: true,
        changed_by: "researcher",
        changed_at: harness.now(),
    };
    harness.settings().put_version(&version).await
}
