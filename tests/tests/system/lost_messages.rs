//! Messages that never arrive: what stands in the ledger is found, sent again, or ended.

use chrono::TimeDelta;
use decisions::lifecycle;
use domain::{Engine, Leg, RejectionReason, Signal, SignalId, alert};
use serde_json::json;
use storage::ledger::Recorded;
use storage::{WebhookEvent, WebhookOutcome};
use system_tests::Harness;
use system_tests::harness::Setup;

use crate::support::{
    assert_empty_book, by_hand, deliver, failure, rejection, wide, with_fills_by_hand, work,
};

/// Sends after which the sweeper gives up.
const SENDS_MAX: u32 = 5;

/// A signal in the ledger whose message was never sent.
async fn written_only(harness: &Harness) -> SignalId {
    let body = json!({
        "ticker": "SPY", "action": "buy", "interval": "5", "timenow": harness.timenow(),
    });
    let signal = alert::read(body.to_string().as_bytes(), harness.now()).unwrap();
    let assignments = [lifecycle::assign(&signal, Engine::A)];
    let event = accepted(&signal);
    let recorded = harness.ledger.record_signal(&signal, &assignments, &event);
    assert_eq!(recorded.await.unwrap(), Recorded::New);
    signal.signal_id
}

fn accepted(signal: &Signal) -> WebhookEvent {
    WebhookEvent {
        request_id: "lost".to_owned(),
        received_at: signal.received_at,
        outcome: WebhookOutcome::Accepted,
        http_status: 200,
        signal_id: Some(signal.signal_id),
        problems: Vec::new(),
        summary: None,
        processing_time_ms: 1,
    }
}

#[tokio::test]
async fn a_signal_that_was_not_sent_is_found_when_it_is_due() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let id = written_only(&harness).await;
    harness.advance(TimeDelta::seconds(29));
    assert_eq!(harness.run("sweeper").await["overdue"], 0);
    harness.advance(TimeDelta::seconds(2));
    let swept = harness.run("sweeper").await;
    assert_eq!((&swept["overdue"], &swept["sent"]), (&json!(1), &json!(1)));
    harness.position(id, "open").await;
    harness.stop().await;
}

#[tokio::test]
async fn a_duplicate_sends_again_what_was_lost() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let id = written_only(&harness).await;
    assert_eq!(harness.enter("SPY", "buy").await, id);
    harness.position(id, "open").await;
    harness.stop().await;
}

#[tokio::test]
async fn what_is_found_after_its_validity_is_too_late() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let id = written_only(&harness).await;
    harness.advance(TimeDelta::seconds(301));
    harness.run("sweeper").await;
    let rejected = rejection(&harness, id).await;
    assert_eq!(rejected.reason, RejectionReason::TooLate);
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn a_lost_approval_and_a_lost_order_are_sent_again() {
    let harness = Harness::with(Setup {
        environment: wide(&[]),
        template: Some(by_hand(&["OrdersQueue", "FillsQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "approved").await;
    harness.advance(TimeDelta::seconds(31));
    assert_eq!(harness.run("sweeper").await["sent"], 1);
    deliver(&harness, "order-creator", work(id, Leg::Entry)).await;
    harness.advance(TimeDelta::seconds(31));
    assert_eq!(harness.run("sweeper").await["sent"], 1);
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    harness.position(id, "open").await;
    harness.stop().await;
}

/// Sweeps once after each wait, and finds that the work was sent again.
async fn send_until_the_last(harness: &Harness) {
    for send in 0..SENDS_MAX {
        harness.advance(TimeDelta::seconds(30 * 2_i64.pow(send) + 1));
        let swept = harness.run("sweeper").await;
        assert_eq!(
            (&swept["sent"], &swept["ended"]),
            (&json!(1), &json!(0)),
            "{send}"
        );
        assert_eq!(harness.run("sweeper").await["overdue"], 0, "{send}");
    }
    harness.advance(TimeDelta::seconds(30 * 2_i64.pow(SENDS_MAX)));
    assert_eq!(harness.run("sweeper").await["ended"], 1);
}

#[tokio::test]
async fn an_assignment_ends_after_five_sends() {
    let harness = Harness::with(Setup {
        environment: wide(&[]),
        template: Some(by_hand(&["OrdersQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "approved").await;
    send_until_the_last(&harness).await;
    let rejected = rejection(&harness, id).await;
    assert_eq!(rejected.reason, RejectionReason::GaveUp);
    harness.stop().await;
}

#[tokio::test]
async fn an_entry_order_ends_after_five_sends_and_releases() {
    let harness = with_fills_by_hand(&[]).await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    assert_eq!(harness.book().await.open_count, 1);
    send_until_the_last(&harness).await;
    let trace = harness.trace(id).await;
    let order = trace.order(Engine::A, Leg::Entry).unwrap();
    assert_eq!(failure(order).reason, RejectionReason::GaveUp);
    assert_empty_book(&harness).await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    assert!(harness.trace(id).await.positions.is_empty());
    harness.stop().await;
}

#[tokio::test]
async fn an_exit_order_that_ends_after_five_sends_is_followed_by_another() {
    let harness = with_fills_by_hand(&[]).await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    harness.advance(TimeDelta::seconds(1));
    harness.exit("SPY").await;
    harness.position(id, "closing").await;
    send_until_the_last(&harness).await;
    harness.position(id, "open").await;
    harness.minute().await;
    harness.position(id, "closing").await;
    deliver(&harness, "paper-executor", work(id, Leg::Exit(2))).await;
    harness.position(id, "closed").await;
    assert_empty_book(&harness).await;
    harness.stop().await;
}
