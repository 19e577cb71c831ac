//! Closing by hand, one position or all: once each, whoever else wants them closed.

use chrono::TimeDelta;
use closing::{ClosedByHand, Flattened, Scope, Waiting};
use domain::{Engine, ExitReason, ExitRule, Leg, SignalId};
use system_tests::Harness;

use crate::support::{
    NYSE, assert_empty_book, at, controls, controls_at, deliver, idle, outcome, wide,
    with_fills_by_hand, work,
};

const QUEUES: [&str; 2] = ["ENGINE_A_QUEUE_URL", "FILLS_QUEUE_URL"];

async fn close(harness: &Harness, id: SignalId) -> ClosedByHand {
    let controls = controls(harness);
    let closed = controls.close_by_hand(id, Engine::A, "ann").await;
    closed.unwrap()
}

async fn opened_by_hand(harness: &Harness, symbol: &str) -> SignalId {
    let id = harness.enter(symbol, "long").await;
    harness.assignment(id, "ordered").await;
    deliver(harness, "paper-executor", work(id, Leg::Entry)).await;
    id
}

fn told(flattened: &Flattened) -> Vec<(SignalId, ClosedByHand)> {
    let positions = flattened.positions.iter();
    positions
        .map(|it| (it.signal_id, *it.closed.as_ref().unwrap()))
        .collect()
}

#[tokio::test]
async fn a_position_is_closed_at_once_and_its_decision_says_by_whom() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let position = harness.open("SPY", "long").await;
    let id = position.signal_id;
    assert_eq!(close(&harness, id).await, ClosedByHand::Begun);
    let closed = harness.position(id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::ManualClose);
    assert_eq!(close(&harness, id).await, ClosedByHand::AlreadyClosed);
    let trace = harness.trace(id).await;
    let [decision] = trace.exit_decisions.as_slice() else {
        panic!("{:?}", trace.exit_decisions);
    };
    assert_eq!(decision.reason, ExitReason::ManualClose);
    let [reading] = decision.readings.as_slice() else {
        panic!("{:?}", decision.readings);
    };
    assert_eq!((reading.rule, reading.fires), (ExitRule::Requested, true));
    assert_eq!(reading.reading, "ann, by hand");
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn what_was_never_held_is_not_found() {
    let harness = Harness::start().await;
    let unknown = SignalId::of("nobody sent this");
    assert_eq!(close(&harness, unknown).await, ClosedByHand::NotFound);
    let position = harness.open("SPY", "long").await;
    let controls = controls(&harness);
    let of_b = controls.close_by_hand(position.signal_id, Engine::B, "ann");
    assert_eq!(of_b.await.unwrap(), ClosedByHand::NotFound);
    harness.stop().await;
}

#[tokio::test]
async fn many_wishes_at_once_make_one_exit() {
    let harness = with_fills_by_hand(&[]).await;
    let id = opened_by_hand(&harness, "SPY").await;
    harness.advance(TimeDelta::seconds(1));
    let by_hand = futures::future::join_all((0..6).map(|_| close(&harness, id)));
    let (closed, alert) = futures::join!(by_hand, harness.exit("SPY"));
    let begun = closed.iter().filter(|it| **it == ClosedByHand::Begun);
    assert!(begun.count() <= 1, "{closed:?}");
    for other in closed.iter().filter(|it| **it != ClosedByHand::Begun) {
        assert_eq!(*other, ClosedByHand::Noted(Waiting::ForTheExit));
    }
    let done = || async {
        let state = harness.trace(alert).await.assignments[0].state.name();
        ["ordered", "rejected"].contains(&state).then_some(())
    };
    harness.until("the alert to be carried out", done).await;
    deliver(&harness, "paper-executor", work(id, Leg::Exit(1))).await;
    harness.position(id, "closed").await;
    let trace = harness.trace(id).await;
    assert_eq!((trace.orders.len(), trace.trades.len()), (2, 2));
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn a_wish_stays_while_another_exit_is_under_way() {
    let harness = with_fills_by_hand(&[NYSE]).await;
    let id = opened_by_hand(&harness, "SPY").await;
    harness.advance(TimeDelta::seconds(1));
    harness.exit("SPY").await;
    harness.position(id, "closing").await;
    let noted = ClosedByHand::Noted(Waiting::ForTheExit);
    assert_eq!(close(&harness, id).await, noted);
    assert_eq!(close(&harness, id).await, noted);
    // The alert asked first: its wish is the one that stands.
    let request = harness.position(id, "closing").await.exit_request.unwrap();
    assert_eq!(request.reason(), ExitReason::ExitAlert);
    harness.stop().await;
}

#[tokio::test]
async fn in_the_evening_the_wish_waits_for_the_next_open() {
    let harness = Harness::with_environment(&wide(&[NYSE])).await;
    let position = harness.open("SPY", "long").await;
    let id = position.signal_id;
    harness.clock.set(at("2026-07-30T22:00:00Z"));
    let noted = ClosedByHand::Noted(Waiting::ForTheOpen);
    // The exchange's calendar says the same as its market.
    for hours in [Some(true), None] {
        let controls = controls_at(&harness, hours);
        let closed = controls.close_by_hand(id, Engine::A, "ann").await;
        assert_eq!(closed.unwrap(), noted);
    }
    harness.minute().await;
    idle(&harness, &QUEUES).await;
    assert_eq!(harness.trace(id).await.orders.len(), 1);
    harness.clock.set(at("2026-07-31T13:30:00Z"));
    harness.minute().await;
    let closed = harness.position(id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::ManualClose);
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn everything_is_closed_or_what_is_named() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let mut ids = Vec::new();
    for symbol in ["SPY", "QQQ", "IWM"] {
        ids.push(harness.open(symbol, "long").await.signal_id);
    }
    let nobodys = Scope {
        engine: Some(Engine::B),
        symbol: None,
    };
    let flattened = controls(&harness).flatten(&nobodys, "ann").await.unwrap();
    assert_eq!(told(&flattened), []);
    let in_spy = Scope {
        engine: None,
        symbol: Some(domain::Symbol::parse("SPY").unwrap()),
    };
    let flattened = controls(&harness).flatten(&in_spy, "ann").await.unwrap();
    assert_eq!(told(&flattened), [(ids[0], ClosedByHand::Begun)]);
    harness.position(ids[0], "closed").await;
    let flattened = controls(&harness).flatten(&Scope::default(), "ann").await;
    let flattened = flattened.unwrap();
    let mut expected = [ids[1], ids[2]].map(|id| (id, ClosedByHand::Begun));
    expected.sort_by_key(|(id, _)| *id);
    assert_eq!(told(&flattened), expected);
    assert_eq!(
        (flattened.pending_entries, flattened.not_listed_yet),
        (0, 0)
    );
    for id in &ids[1..] {
        let closed = harness.position(*id, "closed").await;
        assert_eq!(outcome(&closed).exit_reason, ExitReason::Flatten);
    }
    assert_empty_book(&harness).await;
    let nothing = controls(&harness).flatten(&Scope::default(), "ann").await;
    assert_eq!(told(&nothing.unwrap()), []);
    harness.stop().await;
}

#[tokio::test]
async fn flattening_tells_what_is_pending_and_a_halt_before_it_ends_that() {
    let harness = with_fills_by_hand(&[]).await;
    let held = opened_by_hand(&harness, "SPY").await;
    let pending = harness.enter("QQQ", "long").await;
    harness.assignment(pending, "ordered").await;
    let controls = controls(&harness);
    let _ = controls.halt(Engine::A, "ann", "enough").await.unwrap();
    let flattened = controls.flatten(&Scope::default(), "ann").await.unwrap();
    assert_eq!(told(&flattened), [(held, ClosedByHand::Begun)]);
    assert_eq!(
        (flattened.pending_entries, flattened.not_listed_yet),
        (1, 0)
    );
    let again = controls.flatten(&Scope::default(), "ann").await.unwrap();
    let under_way = ClosedByHand::Noted(Waiting::ForTheExit);
    assert_eq!(told(&again), [(held, under_way)]);
    deliver(&harness, "paper-executor", work(held, Leg::Exit(1))).await;
    deliver(&harness, "paper-executor", work(pending, Leg::Entry)).await;
    assert_empty_book(&harness).await;
    harness.stop().await;
}
