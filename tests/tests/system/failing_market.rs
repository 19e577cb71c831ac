//! A market that gives no answers: entries wait as long as they are valid, exits never give up.

use std::sync::Arc;

use chrono::TimeDelta;
use decisions::lifecycle::FORGOTTEN_AFTER;
use domain::{Engine, Leg, PositionState, RejectionReason, SignalId};
use market_data::SimulatedHours;
use system_tests::Harness;
use system_tests::harness::Setup;
use system_tests::market::FlakyMarket;

use crate::support::{
    NYSE, SEED, assert_empty_book, at, by_hand, deliver, failure, outcome, rejection, wide, work,
};

async fn on_flaky_market(by_hands: &[&str]) -> (Harness, Arc<FlakyMarket>) {
    let market = FlakyMarket::new(SEED, SimulatedHours::AlwaysOpen);
    let harness = Harness::with(Setup {
        environment: wide(&[]),
        market: Some(market.clone()),
        template: Some(by_hand(by_hands)),
        ..Setup::default()
    })
    .await;
    (harness, market)
}

#[tokio::test]
async fn an_entry_waits_until_prices_come_back() {
    let (harness, market) = on_flaky_market(&["EngineAQueue"]).await;
    market.cut_off(true);
    let id = harness.enter("SPY", "long").await;
    deliver(&harness, "engine-a", work(id, Leg::Entry)).await;
    let trace = harness.assignment(id, "pending").await;
    assert!(trace.evidence.is_none() && trace.decisions.is_empty());
    market.cut_off(false);
    harness.advance(TimeDelta::seconds(60));
    deliver(&harness, "engine-a", work(id, Leg::Entry)).await;
    harness.position(id, "open").await;
    harness.stop().await;
}

#[tokio::test]
async fn the_wait_ends_by_itself() {
    let (harness, market) = on_flaky_market(&[]).await;
    market.cut_off(true);
    let id = harness.enter("SPY", "long").await;
    let waits = || async {
        let trace = harness.trace(id).await;
        let assignment = trace.assignment(Engine::A)?;
        let written = assignment.received_at + FORGOTTEN_AFTER;
        (assignment.due > Some(written)).then_some(())
    };
    harness.until("the first look", waits).await;
    market.cut_off(false);
    harness.position(id, "open").await;
    harness.stop().await;
}

#[tokio::test]
async fn without_option_quotes_an_entry_is_given_up_when_it_is_too_late() {
    let (harness, market) = on_flaky_market(&["OrdersQueue"]).await;
    market.refuse_option_quotes(true);
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "approved").await;
    deliver(&harness, "order-creator", work(id, Leg::Entry)).await;
    harness.assignment(id, "approved").await;
    harness.advance(TimeDelta::seconds(298));
    deliver(&harness, "order-creator", work(id, Leg::Entry)).await;
    let rejected = rejection(&harness, id).await;
    assert_eq!(rejected.reason, RejectionReason::NoMarketData);
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn a_market_that_is_cut_off_for_good_counts_as_closed() {
    let (harness, market) = on_flaky_market(&["EngineAQueue"]).await;
    market.cut_off(true);
    let id = harness.enter("SPY", "long").await;
    deliver(&harness, "engine-a", work(id, Leg::Entry)).await;
    harness.advance(TimeDelta::seconds(298));
    deliver(&harness, "engine-a", work(id, Leg::Entry)).await;
    let rejected = rejection(&harness, id).await;
    assert_eq!(rejected.reason, RejectionReason::MarketClosed);
    assert!(rejected.detail.contains("unknown"), "{}", rejected.detail);
    let readings = &harness.trace(id).await.decisions[0].eligibility;
    let quote = readings.iter().find(|r| r.rule == "quote_usable").unwrap();
    assert_eq!(quote.rejects_with, Some(RejectionReason::NoMarketData));
    harness.stop().await;
}

async fn three_times(harness: &Harness, id: SignalId, leg: Leg) {
    for _ in 0..3 {
        deliver(harness, "paper-executor", work(id, leg)).await;
    }
}

#[tokio::test]
async fn an_entry_without_a_fill_in_three_tries_fails_and_releases() {
    let (harness, market) = on_flaky_market(&["FillsQueue"]).await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    assert_eq!(harness.book().await.open_count, 1);
    market.refuse_option_quotes(true);
    three_times(&harness, id, Leg::Entry).await;
    let trace = harness.trace(id).await;
    let order = trace.order(Engine::A, Leg::Entry).unwrap();
    assert_eq!(failure(order).reason, RejectionReason::NoFill);
    assert_eq!(order.attempts, 2);
    assert_empty_book(&harness).await;
    assert_eq!(harness.book().await.cash_usd, domain::Usd::dollars(50_000));
    harness.stop().await;
}

#[tokio::test]
async fn an_exit_without_a_fill_opens_again_and_the_next_one_closes() {
    let (harness, market) = on_flaky_market(&["FillsQueue"]).await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    harness.advance(TimeDelta::seconds(1));
    harness.exit("SPY").await;
    harness.position(id, "closing").await;
    market.refuse_option_quotes(true);
    three_times(&harness, id, Leg::Exit(1)).await;
    let open = harness.position(id, "open").await;
    assert_eq!((open.exits_ordered, open.exit_failures_in_row), (1, 1));
    market.refuse_option_quotes(false);
    harness.minute().await;
    harness.position(id, "closing").await;
    deliver(&harness, "paper-executor", work(id, Leg::Exit(2))).await;
    let closed = harness.position(id, "closed").await;
    assert_eq!((closed.exits_ordered, closed.exit_failures_in_row), (2, 0));
    let trace = harness.trace(id).await;
    let states: Vec<_> = trace
        .orders
        .iter()
        .map(|o| (o.leg, o.state.name()))
        .collect();
    let expected = [
        (Leg::Entry, "filled"),
        (Leg::Exit(1), "failed"),
        (Leg::Exit(2), "filled"),
    ];
    assert_eq!(states, expected);
    assert_empty_book(&harness).await;
    harness.stop().await;
}

/// A stack that keeps the exchange's hours, with fills by hand, and an entry that is ordered.
async fn ordered_at(
    start: &'static str,
    own: &[(&'static str, &'static str)],
) -> (Harness, SignalId) {
    let mut environment = wide(own);
    environment.push(NYSE);
    let harness = Harness::with(Setup {
        environment,
        start: Some(start),
        template: Some(by_hand(&["FillsQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    (harness, id)
}

#[tokio::test]
async fn an_exit_that_meets_the_close_fills_at_the_next_open() {
    let (harness, id) = ordered_at("2026-07-30T19:50:00Z", &[]).await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    harness.clock.set(at("2026-07-30T19:59:59Z"));
    harness.exit("SPY").await;
    harness.position(id, "closing").await;
    harness.clock.set(at("2026-07-30T20:00:00Z"));
    deliver(&harness, "paper-executor", work(id, Leg::Exit(1))).await;
    assert_eq!(
        harness.position(id, "open").await.state,
        PositionState::Open
    );
    harness.clock.set(at("2026-07-31T13:30:00Z"));
    harness.run("exit-monitor").await;
    deliver(&harness, "paper-executor", work(id, Leg::Exit(2))).await;
    let closed = harness.position(id, "closed").await;
    assert_eq!(outcome(&closed).closed_at, harness.now());
    harness.stop().await;
}

#[tokio::test]
async fn an_entry_that_meets_the_close_is_not_filled() {
    let (harness, id) = ordered_at("2026-07-30T19:54:59Z", &[("ENTRY_VALID_S", "3600")]).await;
    harness.clock.set(at("2026-07-30T20:00:30Z"));
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    let trace = harness.trace(id).await;
    assert!(trace.positions.is_empty());
    let order = trace.order(Engine::A, Leg::Entry).unwrap();
    assert_eq!(failure(order).reason, RejectionReason::MarketClosed);
    assert_empty_book(&harness).await;
    harness.stop().await;
}
