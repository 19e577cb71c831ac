//! Reversals: out first, then in on the other side, or not at all once it is too late.

use chrono::TimeDelta;
use domain::{Engine, ExitReason, Leg, OptionRight, RejectionReason, SignalId};
use serde_json::json;
use system_tests::Harness;

use crate::support::{
    assert_empty_book, deliver, idle, outcome, queue, rejection, wide, with_fills_by_hand, work,
};

/// From long to short.
async fn reverse(harness: &Harness) -> SignalId {
    let fields = json!({
        "ticker": "SPY", "action": "sell",
        "market_position": "short", "prev_market_position": "long",
    });
    harness.send(fields).await
}

#[tokio::test]
async fn a_reversal_closes_and_then_enters_the_other_side() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let long = harness.open("SPY", "long").await;
    harness.advance(TimeDelta::minutes(1));
    let id = reverse(&harness).await;
    let short = harness.position(id, "open").await;
    assert_eq!(short.contract.right(), OptionRight::Put);
    let closed = harness.position(long.signal_id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::ExitAlert);
    let trades = harness.trace(long.signal_id).await.trades.len();
    assert_eq!((trades, harness.trace(id).await.trades.len()), (2, 1));
    let book = harness.book().await;
    assert_eq!(
        (book.open_count, book.exposure_usd),
        (1, short.exposure_usd)
    );
    harness.stop().await;
}

#[tokio::test]
async fn a_reversal_of_nothing_enters() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let id = reverse(&harness).await;
    let short = harness.position(id, "open").await;
    assert_eq!(short.contract.right(), OptionRight::Put);
    harness.stop().await;
}

#[tokio::test]
async fn the_same_reversal_twice_trades_once() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let long = harness.open("SPY", "long").await;
    harness.advance(TimeDelta::minutes(1));
    let (first, again) = futures::join!(reverse(&harness), reverse(&harness));
    assert_eq!(first, again);
    harness.position(first, "open").await;
    let signals = queue(&harness, "ENGINE_A_QUEUE_URL");
    signals.send(&work(first, Leg::Entry)).await.unwrap();
    idle(&harness, &["ENGINE_A_QUEUE_URL", "FILLS_QUEUE_URL"]).await;
    assert_eq!(harness.trace(first).await.trades.len(), 1);
    assert_eq!(harness.trace(long.signal_id).await.trades.len(), 2);
    assert_eq!(harness.book().await.open_count, 1);
    harness.stop().await;
}

/// A long position whose reversal waits for a close that the test delivers.
async fn waiting_reversal() -> (Harness, SignalId, SignalId) {
    let harness = with_fills_by_hand(&[]).await;
    let long = harness.enter("SPY", "long").await;
    harness.assignment(long, "ordered").await;
    deliver(&harness, "paper-executor", work(long, Leg::Entry)).await;
    harness.advance(TimeDelta::minutes(1));
    let reversal = reverse(&harness).await;
    harness.position(long, "closing").await;
    (harness, long, reversal)
}

#[tokio::test]
async fn the_second_half_waits_for_the_fill_of_the_first() {
    let (harness, long, reversal) = waiting_reversal().await;
    deliver(&harness, "engine-a", work(reversal, Leg::Entry)).await;
    assert!(harness.trace(reversal).await.orders.is_empty());
    deliver(&harness, "paper-executor", work(long, Leg::Exit(1))).await;
    harness.assignment(reversal, "ordered").await;
    deliver(&harness, "paper-executor", work(reversal, Leg::Entry)).await;
    harness.position(reversal, "open").await;
    harness.stop().await;
}

#[tokio::test]
async fn a_close_that_fills_too_late_leaves_the_book_empty() {
    let (harness, long, reversal) = waiting_reversal().await;
    harness.advance(TimeDelta::seconds(301));
    deliver(&harness, "paper-executor", work(long, Leg::Exit(1))).await;
    harness.position(long, "closed").await;
    let rejected = rejection(&harness, reversal).await;
    assert_eq!(rejected.reason, RejectionReason::TooLate);
    assert!(harness.trace(reversal).await.position(Engine::A).is_none());
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn a_pending_entry_on_the_other_side_ends_before_the_reversal_enters() {
    let harness = with_fills_by_hand(&[]).await;
    let long = harness.enter("SPY", "long").await;
    harness.assignment(long, "ordered").await;
    harness.advance(TimeDelta::seconds(10));
    let reversal = reverse(&harness).await;
    let told =
        || async { (harness.trace(reversal).await.assignment(Engine::A)?.ended > 0).then_some(()) };
    harness
        .until("the pending entry to be cancelled", told)
        .await;
    assert_eq!(
        harness
            .trace(reversal)
            .await
            .assignment(Engine::A)
            .unwrap()
            .state
            .name(),
        "pending"
    );
    deliver(&harness, "paper-executor", work(long, Leg::Entry)).await;
    assert_empty_book(&harness).await;
    deliver(&harness, "engine-a", work(reversal, Leg::Entry)).await;
    harness.assignment(reversal, "ordered").await;
    deliver(&harness, "paper-executor", work(reversal, Leg::Entry)).await;
    let short = harness.position(reversal, "open").await;
    assert_eq!(short.contract.right(), OptionRight::Put);
    harness.stop().await;
}
