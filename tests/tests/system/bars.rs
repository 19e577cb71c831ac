//! One entry per bar: the same strategy enters a bar once, however its alerts repeat.

use chrono::TimeDelta;
use domain::{Engine, RejectionReason};
use serde_json::{Value, json};
use system_tests::Harness;

use crate::support::{open, rejection, wide};

fn alert(strategy: &str) -> Value {
    json!({ "ticker": "SPY", "action": "buy", "strategy": strategy })
}

#[tokio::test]
async fn a_bar_is_entered_once() {
    let harness = Harness::with_environment(&wide(&[("MAX_POSITIONS_PER_SYMBOL", "5")])).await;
    let first = open(&harness, alert("orb")).await;
    harness.advance(TimeDelta::seconds(7));
    let second = harness.send(alert("orb")).await;
    let rejected = rejection(&harness, second).await;
    assert_eq!(rejected.reason, RejectionReason::BarAlreadyEntered);
    let first_id = first.signal_id.to_string();
    assert!(rejected.detail.contains(&first_id), "{}", rejected.detail);
    // Another strategy, direction or timeframe is another bar.
    open(&harness, alert("squeeze")).await;
    open(
        &harness,
        json!({ "ticker": "SPY", "action": "sell", "strategy": "orb" }),
    )
    .await;
    let mut hourly = alert("orb");
    hourly["interval"] = json!("60");
    open(&harness, hourly).await;
    harness.stop().await;
}

#[tokio::test]
async fn a_bar_stays_entered_when_its_position_is_closed() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let first = open(&harness, alert("orb")).await;
    harness.advance(TimeDelta::seconds(5));
    harness.exit("SPY").await;
    harness.position(first.signal_id, "closed").await;
    harness.advance(TimeDelta::seconds(5));
    let again = harness.send(alert("orb")).await;
    let rejected = rejection(&harness, again).await;
    assert_eq!(rejected.reason, RejectionReason::BarAlreadyEntered);
    // The next bar is free.
    harness.advance(TimeDelta::minutes(5));
    open(&harness, alert("orb")).await;
    harness.stop().await;
}

#[tokio::test]
async fn alerts_on_one_bar_at_once_enter_once() {
    let harness = Harness::with_environment(&wide(&[("MAX_POSITIONS_PER_SYMBOL", "5")])).await;
    let seconds = [0, 1, 2, 3].map(|ago| {
        let mut fields = alert("orb");
        let fired = harness.now() + TimeDelta::seconds(5 - ago);
        fields["timenow"] = json!(fired.to_rfc3339());
        harness.send(fields)
    });
    let ids = futures::future::join_all(seconds).await;
    let mut ends = Vec::new();
    for id in &ids {
        let decided = || async {
            let trace = harness.trace(*id).await;
            let state = trace.assignment(Engine::A)?.state.clone();
            state.is_terminal().then_some(state.name())
        };
        ends.push(harness.until("a decision", decided).await);
    }
    ends.sort_unstable();
    assert_eq!(ends, ["ordered", "rejected", "rejected", "rejected"]);
    harness.stop().await;
}
