//! Exit alerts: which positions and pending entries they end, and when.

use chrono::TimeDelta;
use domain::{Engine, ExitReason, Leg, Position, RejectionReason, Requester, SignalId};
use market_data::SimulatedHours;
use serde_json::json;
use system_tests::Harness;
use system_tests::harness::Setup;
use system_tests::market::FlakyMarket;

use crate::support::{
    NYSE, SEED, assert_empty_book, at, by_hand, deliver, failure, idle, open, outcome, rejection,
    wide, with_fills_by_hand, work,
};

const QUEUES: [&str; 2] = ["ENGINE_A_QUEUE_URL", "FILLS_QUEUE_URL"];

async fn entered_by(harness: &Harness, symbol: &str, strategy: &str) -> Position {
    let fields = json!({ "ticker": symbol, "action": "buy", "strategy": strategy });
    open(harness, fields).await
}

async fn state(harness: &Harness, id: SignalId) -> &'static str {
    harness.trace(id).await.positions[0].state.name()
}

#[tokio::test]
async fn only_what_the_alert_names_is_closed() {
    let harness = Harness::with_environment(&wide(&[("MAX_POSITIONS_PER_SYMBOL", "3")])).await;
    let orb = entered_by(&harness, "SPY", "orb").await;
    let squeeze = entered_by(&harness, "SPY", "squeeze").await;
    let other = entered_by(&harness, "QQQ", "orb").await;
    harness.advance(TimeDelta::minutes(1));
    let exit = json!({ "ticker": "SPY", "action": "exit", "strategy": "orb" });
    let id = harness.send(exit).await;
    let closed = harness.position(orb.signal_id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::ExitAlert);
    let by = Requester::Alert { signal_id: id };
    assert_eq!(closed.exit_request.unwrap().by, by);
    harness.assignment(id, "ordered").await;
    assert_eq!(state(&harness, squeeze.signal_id).await, "open");
    harness.advance(TimeDelta::minutes(1));
    harness.exit("SPY").await;
    harness.position(squeeze.signal_id, "closed").await;
    assert_eq!(state(&harness, other.signal_id).await, "open");
    assert_eq!(harness.book().await.open_count, 1);
    harness.stop().await;
}

#[tokio::test]
async fn nothing_to_close_is_said_so() {
    let harness = Harness::start().await;
    let id = harness.exit("SPY").await;
    let rejected = rejection(&harness, id).await;
    assert_eq!(rejected.reason, RejectionReason::NothingToClose);
    harness.stop().await;
}

#[tokio::test]
async fn a_late_exit_leaves_what_was_entered_after_it() {
    let template = Some(by_hand(&["EngineAQueue"]));
    let harness = Harness::with(Setup {
        template,
        ..Setup::default()
    })
    .await;
    let exit = harness.exit("SPY").await;
    harness.advance(TimeDelta::seconds(20));
    let entry = harness.enter("SPY", "long").await;
    deliver(&harness, "engine-a", work(entry, Leg::Entry)).await;
    harness.position(entry, "open").await;
    deliver(&harness, "engine-a", work(exit, Leg::Entry)).await;
    let rejected = rejection(&harness, exit).await;
    assert_eq!(rejected.reason, RejectionReason::NothingToClose);
    harness.minute().await;
    assert_eq!(state(&harness, entry).await, "open");
    harness.stop().await;
}

#[tokio::test]
async fn an_entry_that_an_exit_overtook_is_not_made() {
    let template = Some(by_hand(&["EngineAQueue"]));
    let harness = Harness::with(Setup {
        template,
        ..Setup::default()
    })
    .await;
    let entry = harness.enter("SPY", "long").await;
    harness.advance(TimeDelta::seconds(20));
    let exit = harness.exit("SPY").await;
    deliver(&harness, "engine-a", work(exit, Leg::Entry)).await;
    let trace = harness.assignment(exit, "ordered").await;
    assert_eq!(trace.assignments[0].ended, 1);
    deliver(&harness, "engine-a", work(entry, Leg::Entry)).await;
    let rejected = rejection(&harness, entry).await;
    assert_eq!(rejected.reason, RejectionReason::CancelledByExit);
    harness.stop().await;
}

#[tokio::test]
async fn an_approved_entry_is_cancelled_and_counted() {
    let harness = Harness::with(Setup {
        template: Some(by_hand(&["OrdersQueue"])),
        ..Setup::default()
    })
    .await;
    let entry = harness.enter("SPY", "long").await;
    harness.assignment(entry, "approved").await;
    harness.advance(TimeDelta::seconds(10));
    let exit = harness.exit("SPY").await;
    let trace = harness.assignment(exit, "ordered").await;
    assert_eq!(trace.assignments[0].ended, 1);
    deliver(&harness, "order-creator", work(entry, Leg::Entry)).await;
    let rejected = rejection(&harness, entry).await;
    assert_eq!(rejected.reason, RejectionReason::CancelledByExit);
    harness.stop().await;
}

#[tokio::test]
async fn a_pending_entry_is_cancelled_and_its_premium_released() {
    let market = FlakyMarket::new(SEED, SimulatedHours::AlwaysOpen);
    let harness = Harness::with(Setup {
        market: Some(market.clone()),
        template: Some(by_hand(&["FillsQueue"])),
        ..Setup::default()
    })
    .await;
    let entry = harness.enter("SPY", "long").await;
    harness.assignment(entry, "ordered").await;
    market.refuse_option_quotes(true);
    deliver(&harness, "paper-executor", work(entry, Leg::Entry)).await;
    assert_eq!(harness.book().await.open_count, 1);
    harness.advance(TimeDelta::seconds(10));
    let exit = harness.exit("SPY").await;
    harness.assignment(exit, "ordered").await;
    market.refuse_option_quotes(false);
    deliver(&harness, "paper-executor", work(entry, Leg::Entry)).await;
    let trace = harness.trace(entry).await;
    let order = trace.order(Engine::A, Leg::Entry).unwrap();
    assert_eq!(failure(order).reason, RejectionReason::CancelledByExit);
    assert!(trace.positions.is_empty() && trace.trades.is_empty());
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn in_the_evening_the_wish_waits_for_the_next_open() {
    let mut environment = wide(&[]);
    environment.push(NYSE);
    let harness = Harness::with_environment(&environment).await;
    let position = harness.open("SPY", "long").await;
    harness.clock.set(at("2026-07-30T22:00:00Z"));
    let exit = harness.exit("SPY").await;
    harness.assignment(exit, "ordered").await;
    for closed in ["2026-07-30T22:01:00Z", "2026-07-31T13:29:00Z"] {
        harness.clock.set(at(closed));
        harness.minute().await;
        idle(&harness, &QUEUES).await;
        let trace = harness.trace(position.signal_id).await;
        let wish = trace.positions[0].exit_request.as_ref().unwrap();
        let by = Requester::Alert { signal_id: exit };
        assert_eq!((&wish.by, trace.orders.len()), (&by, 1));
    }
    harness.clock.set(at("2026-07-31T13:30:00Z"));
    harness.minute().await;
    let closed = harness.position(position.signal_id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::ExitAlert);
    assert_eq!(outcome(&closed).closed_at, harness.now());
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn the_same_exit_twice_closes_once() {
    let harness = Harness::start().await;
    let position = harness.open("SPY", "long").await;
    harness.advance(TimeDelta::seconds(1));
    let first = harness.exit("SPY").await;
    let again = harness.exit("SPY").await;
    assert_eq!(first, again);
    harness.position(position.signal_id, "closed").await;
    idle(&harness, &QUEUES).await;
    let trace = harness.trace(position.signal_id).await;
    assert_eq!((trace.orders.len(), trace.trades.len()), (2, 2));
    assert_eq!(harness.trace(first).await.webhook_events.len(), 2);
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn a_second_exit_while_the_first_is_under_way_begins_no_other() {
    let harness = with_fills_by_hand(&[]).await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    harness.advance(TimeDelta::seconds(1));
    harness.exit("SPY").await;
    harness.position(id, "closing").await;
    harness.advance(TimeDelta::seconds(1));
    let second = harness.exit("SPY").await;
    harness.assignment(second, "rejected").await;
    deliver(&harness, "paper-executor", work(id, Leg::Exit(1))).await;
    harness.position(id, "closed").await;
    assert_eq!(harness.trace(id).await.orders.len(), 2);
    assert_empty_book(&harness).await;
    harness.stop().await;
}
