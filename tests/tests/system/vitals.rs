//! What the functions tell of themselves: nothing while all goes well but that schedules run, and
//! what went wrong by its category.

use chrono::TimeDelta;
use domain::Leg;
use serde_json::json;
use storage::vitals::{HourOfVitals, VitalsSummary};
use system_tests::Harness;

use crate::support::{deliver, wide, with_fills_by_hand, work};

async fn hours(harness: &Harness) -> Vec<HourOfVitals> {
    let read = harness.marks.vitals(harness.now(), 24);
    read.await.unwrap()
}

async fn summary(harness: &Harness) -> VitalsSummary {
    VitalsSummary::of(&hours(harness).await)
}

#[tokio::test]
async fn a_signal_that_goes_well_is_not_worth_a_word() {
    let harness = Harness::with_environment(&wide(&[])).await;
    harness.open("SPY", "buy").await;
    assert_eq!(hours(&harness).await, []);
    harness.stop().await;
}

#[tokio::test]
async fn schedules_tell_once_a_minute_that_they_run() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let first = harness.now();
    harness.minute().await;
    harness.advance(TimeDelta::seconds(10));
    harness.minute().await;
    let passes = summary(&harness).await.functions;
    let names: Vec<_> = passes.keys().map(String::as_str).collect();
    assert_eq!(names, ["exit-monitor", "position-refresher", "sweeper"]);
    assert!(passes.values().all(|it| it.last_pass_at == Some(first)));
    harness.advance(TimeDelta::minutes(1));
    harness.minute().await;
    let passes = summary(&harness).await.functions;
    let last = harness.now();
    assert!(passes.values().all(|it| it.last_pass_at == Some(last)));
    harness.stop().await;
}

#[tokio::test]
async fn what_the_sweeper_sends_again_and_counts_is_told() {
    let harness = with_fills_by_hand(&[]).await;
    let id = harness.enter("SPY", "buy").await;
    harness.assignment(id, "ordered").await;
    harness.advance(TimeDelta::minutes(5));
    harness.run("sweeper").await;
    let sweeper = summary(&harness).await.sweeper;
    assert_eq!(sweeper.sent.get("order_pending"), Some(&1));
    assert_eq!((sweeper.rolled_up, sweeper.ended.len()), (1, 0));
    harness.stop().await;
}

#[tokio::test]
async fn a_message_that_is_none_of_ours_is_told_and_so_is_an_order_that_fails() {
    let harness = with_fills_by_hand(&[]).await;
    let function = harness.stack.function("paper-executor").unwrap();
    let record = json!({
        "messageId": "m", "receiptHandle": "none", "body": "not ours",
        "attributes": {}, "messageAttributes": {}, "eventSource": "aws:sqs",
    });
    let event = json!({ "Records": [record] });
    function(event).await.unwrap();
    let id = harness.enter("SPY", "buy").await;
    harness.assignment(id, "ordered").await;
    harness.advance(TimeDelta::minutes(10));
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    let told = summary(&harness).await;
    let executor = &told.functions["paper-executor"];
    assert_eq!(
        executor.errors,
        [("unreadable_message".to_owned(), 1)].into()
    );
    assert_eq!(executor.failed_invocations, 1);
    assert_eq!(told.failed_orders, [("A.entry".to_owned(), 1)].into());
    harness.stop().await;
}
