//! The kill switch: a halted engine enters nothing at any stage, and what it holds goes out.

use domain::{Engine, ExitReason, Leg, RejectionReason};
use market_data::SimulatedHours;
use serde_json::json;
use storage::ledger::Halted;
use system_tests::Harness;
use system_tests::harness::Setup;
use system_tests::market::FlakyMarket;

use crate::support::{
    SEED, assert_empty_book, by_hand, controls, deliver, failure, outcome, rejection, wide,
    with_fills_by_hand, work,
};

async fn halt(harness: &Harness) {
    let controls = controls(harness);
    let halted = controls.halt(Engine::A, "ann", "the feed lies").await;
    assert_eq!(halted.unwrap(), Halted::Now);
}

async fn resume(harness: &Harness) {
    let lifted = controls(harness).resume(Engine::A, "ben").await.unwrap();
    assert_eq!(lifted.unwrap().why, "the feed lies");
}

#[tokio::test]
async fn a_halted_engine_says_so_and_enters_again_when_it_may() {
    let harness = Harness::start().await;
    halt(&harness).await;
    let refused = harness.enter("SPY", "long").await;
    let rejected = rejection(&harness, refused).await;
    assert_eq!(rejected.reason, RejectionReason::TradingHalted);
    let trace = harness.trace(refused).await;
    let mut readings = trace.decisions[0].eligibility.iter();
    let reading = readings.find(|it| it.rule == "not_halted").unwrap();
    assert!(!reading.passed);
    assert!(
        reading.reading.contains("by ann") && reading.reading.contains("the feed lies"),
        "{reading:?}"
    );
    resume(&harness).await;
    harness.open("QQQ", "long").await;
    harness.stop().await;
}

#[tokio::test]
async fn an_engine_can_be_halted_before_its_first_signal() {
    let harness = Harness::start().await;
    let controls = controls(&harness);
    for engine in [Engine::A, Engine::B] {
        let halted = controls.halt(engine, "ann", "not yet").await.unwrap();
        assert_eq!(halted, Halted::Now);
        let again = controls.halt(engine, "ben", "not at all").await.unwrap();
        assert!(matches!(again, Halted::Already(first) if first.by == "ann"));
        let lifted = controls.resume(engine, "ben").await.unwrap();
        assert_eq!(lifted.unwrap().by, "ann");
        assert_eq!(controls.resume(engine, "ben").await.unwrap(), None);
    }
    harness.open("SPY", "long").await;
    harness.stop().await;
}

#[tokio::test]
async fn what_is_approved_is_not_ordered() {
    let harness = Harness::with(Setup {
        template: Some(by_hand(&["OrdersQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "approved").await;
    halt(&harness).await;
    deliver(&harness, "order-creator", work(id, Leg::Entry)).await;
    let rejected = rejection(&harness, id).await;
    assert_eq!(rejected.reason, RejectionReason::TradingHalted);
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn what_is_ordered_fails_and_its_premium_is_given_back() {
    let market = FlakyMarket::new(SEED, SimulatedHours::AlwaysOpen);
    for has_quotes in [true, false] {
        let harness = Harness::with(Setup {
            market: Some(market.clone()),
            template: Some(by_hand(&["FillsQueue"])),
            ..Setup::default()
        })
        .await;
        let id = harness.enter("SPY", "long").await;
        harness.assignment(id, "ordered").await;
        halt(&harness).await;
        market.refuse_option_quotes(!has_quotes);
        deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
        market.refuse_option_quotes(false);
        let trace = harness.trace(id).await;
        let order = trace.order(Engine::A, Leg::Entry).unwrap();
        let why = failure(order);
        assert_eq!(why.reason, RejectionReason::TradingHalted);
        assert!(why.detail.contains("the feed lies"), "{}", why.detail);
        assert!(trace.positions.is_empty() && trace.trades.is_empty());
        assert_empty_book(&harness).await;
        harness.stop().await;
    }
}

#[tokio::test]
async fn what_is_held_keeps_its_exits_and_a_reversal_only_closes() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let held = harness.open("SPY", "long").await;
    let turned = harness.open("QQQ", "long").await;
    halt(&harness).await;
    harness.advance(chrono::TimeDelta::seconds(10));
    harness.exit("SPY").await;
    let closed = harness.position(held.signal_id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::ExitAlert);
    let reversal = json!({ "ticker": "QQQ", "action": "sell", "market_position": "short",
        "prev_market_position": "long" });
    let reversal = harness.send(reversal).await;
    harness.position(turned.signal_id, "closed").await;
    let rejected = rejection(&harness, reversal).await;
    assert_eq!(rejected.reason, RejectionReason::TradingHalted);
    assert_empty_book(&harness).await;
    harness.stop().await;
}

/// The halt may come between any two steps of an entry: either it fills, or it ends as halted.
#[tokio::test]
async fn a_halt_in_the_midst_of_entries_leaves_none_half_done() {
    let harness = with_fills_by_hand(&[("MAX_OPEN_POSITIONS", "10")]).await;
    let mut ids = Vec::new();
    for symbol in ["SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA"] {
        let id = harness.enter(symbol, "long").await;
        harness.assignment(id, "ordered").await;
        ids.push(id);
    }
    let deliveries = ids.iter().map(|id| work(*id, Leg::Entry));
    let deliveries = deliveries.map(|work| deliver(&harness, "paper-executor", work));
    futures::join!(halt(&harness), futures::future::join_all(deliveries));
    let mut open = 0;
    for id in ids {
        let trace = harness.trace(id).await;
        let order = trace.order(Engine::A, Leg::Entry).unwrap();
        if trace.positions.is_empty() {
            assert_eq!(failure(order).reason, RejectionReason::TradingHalted);
        } else {
            assert_eq!(order.state.name(), "filled");
            open += 1;
        }
    }
    let book = harness.book().await;
    assert_eq!(
        (book.open_count, book.pending_usd),
        (open, domain::Usd::ZERO)
    );
    harness.stop().await;
}
