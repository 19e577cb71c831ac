//! The end of a contract's life: closed in its last sessions, or settled after the last one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::trading_date;
use domain::expiration::expires_at;
use domain::{Engine, ExitReason, FillBasis, Leg, OptionRight, Position, Price, Timeframe, Usd};
use market_data::{CandleRequest, Market};
use rust_decimal::Decimal;
use serde_json::json;
use system_tests::Harness;
use system_tests::harness::Setup;

use crate::support::{
    NYSE, Prices, assert_empty_book, assert_round_trip, at, by_hand, deliver, failure, gain, idle,
    open, outcome, wide, work,
};

async fn in_session(start: &'static str, own: &[(&'static str, &'static str)]) -> Harness {
    let mut environment = wide(own);
    environment.push(NYSE);
    let start = Some(start);
    Harness::with(Setup {
        environment,
        start,
        ..Setup::default()
    })
    .await
}

/// Closes for its days left at `closes_at`, and not a minute before.
async fn closes_in_the_last_half_hour(
    direction: &str,
    start: &'static str,
    expires: &str,
    closes_at: &str,
) {
    let harness = in_session(start, &[("TIME_STOP_DTE", "1")]).await;
    let position = harness.open("SPY", direction).await;
    assert_eq!(position.contract.expiration().to_string(), expires);
    harness.clock.set(at(closes_at) - TimeDelta::minutes(1));
    harness.minute().await;
    idle(&harness, &["EXITS_QUEUE_URL"]).await;
    assert_eq!(harness.trace(position.signal_id).await.orders.len(), 1);
    harness.clock.set(at(closes_at));
    harness.minute().await;
    let closed = harness.position(position.signal_id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::MinDteExit);
    let mid = Prices::in_session()
        .mid(&closed.contract, harness.now())
        .await;
    assert_round_trip(&harness, &closed, mid, Usd::cents(65)).await;
    harness.stop().await;
}

#[tokio::test]
async fn the_day_before_expiration_closes_from_half_past_three() {
    let thursday = "2026-08-06T19:30:00Z";
    let start = "2026-07-30T14:00:00Z";
    Box::pin(closes_in_the_last_half_hour(
        "long",
        start,
        "2026-08-07",
        thursday,
    ))
    .await;
}

#[tokio::test]
async fn an_early_close_moves_the_last_half_hour() {
    // The day after Thanksgiving ends at 13:00 Eastern time.
    let friday = "2026-11-27T17:30:00Z";
    let start = "2026-11-18T15:00:00Z";
    Box::pin(closes_in_the_last_half_hour(
        "short",
        start,
        "2026-11-27",
        friday,
    ))
    .await;
}

async fn close_of(position: &Position, now: DateTime<Utc>) -> Price {
    let request = CandleRequest {
        symbol: position.symbol.clone(),
        timeframe: Timeframe::DAY,
        count: 15,
    };
    let prices = Prices::in_session();
    let days = prices.market().candles(&request, now.into()).await.unwrap();
    let expiration = position.contract.expiration();
    let day = days
        .candles
        .iter()
        .find(|day| trading_date(day.start) == expiration);
    day.unwrap().close
}

fn intrinsic(position: &Position, close: Price) -> Price {
    let above = close.decimal() - position.contract.strike().decimal();
    let worth = match position.contract.right() {
        OptionRight::Call => above,
        OptionRight::Put => -above,
    };
    Price::new(worth.max(Decimal::ZERO)).unwrap()
}

/// The expiration date's trade, at what the contract was worth.
async fn assert_settled(harness: &Harness, position: &Position) -> Decimal {
    let closed = harness.position(position.signal_id, "closed").await;
    let (ended, close) = (outcome(&closed), close_of(&closed, harness.now()).await);
    assert_eq!(ended.exit_reason, ExitReason::Expired);
    assert_eq!(ended.closed_at, expires_at(closed.contract.expiration()));
    assert_eq!(ended.exit_price, intrinsic(&closed, close));
    assert_eq!(ended.realized.fees_usd, Usd::cents(65));
    let gross = gain(&closed, ended.exit_price);
    assert_eq!(ended.realized.net_usd, Usd(gross) - Usd::cents(65));
    let trade = harness.trace(closed.signal_id).await.trades.pop().unwrap();
    let underlying_close = close;
    assert_eq!(trade.basis, FillBasis::Expiry { underlying_close });
    assert_eq!(
        (trade.filled_at, trade.fee_usd),
        (ended.closed_at, Usd::ZERO)
    );
    gross
}

#[tokio::test]
async fn what_is_held_to_the_end_is_settled_in_the_money_and_worthless() {
    let harness = in_session("2026-07-30T14:00:00Z", &[("MAX_POSITIONS_PER_SYMBOL", "2")]).await;
    let pair = [
        harness.open("IWM", "long").await,
        harness.open("IWM", "short").await,
    ];
    harness
        .clock
        .set(at("2026-08-07T19:59:00Z") + TimeDelta::minutes(2));
    harness.minute().await;
    let mut sum = Decimal::ZERO;
    for position in &pair {
        sum += assert_settled(&harness, position).await;
    }
    let close = close_of(&pair[0], harness.now()).await;
    let mut is_worthless = pair.each_ref().map(|p| intrinsic(p, close).is_zero());
    is_worthless.sort_unstable();
    assert_eq!(is_worthless, [false, true], "one of each");
    let cash = harness.book().await.cash_usd;
    assert_eq!(cash, Usd::dollars(50_000) + Usd(sum) - Usd::cents(130));
    assert_empty_book(&harness).await;
    harness.minute().await;
    assert_eq!(harness.book().await.cash_usd, cash, "settled once");
    harness.stop().await;
}

#[tokio::test]
async fn an_exit_that_never_filled_gives_way_to_the_settlement() {
    let mut environment = wide(&[]);
    environment.push(NYSE);
    let harness = Harness::with(Setup {
        environment,
        template: Some(by_hand(&["FillsQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    harness.exit("SPY").await;
    harness.position(id, "closing").await;
    harness.clock.set(at("2026-08-07T20:01:00Z"));
    harness.run("exit-monitor").await;
    let closed = harness.position(id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::Expired);
    let trace = harness.trace(id).await;
    let late = trace.order(Engine::A, Leg::Exit(1)).unwrap();
    assert_eq!(failure(late).reason, domain::RejectionReason::TooLate);
    assert_eq!(
        trace.order(Engine::A, Leg::Exit(2)).unwrap().state.name(),
        "filled"
    );
    deliver(&harness, "paper-executor", work(id, Leg::Exit(1))).await;
    assert_eq!(harness.trace(id).await.items, trace.items);
    assert_empty_book(&harness).await;
    harness.stop().await;
}

#[tokio::test]
async fn outside_the_session_no_entry_is_made() {
    let harness = in_session("2026-07-30T22:00:00Z", &[]).await;
    let id = harness
        .send(json!({ "ticker": "SPY", "action": "buy" }))
        .await;
    let rejected = crate::support::rejection(&harness, id).await;
    assert_eq!(rejected.reason, domain::RejectionReason::MarketClosed);
    assert!(
        rejected.detail.contains("2026-07-31 09:30:00"),
        "{}",
        rejected.detail
    );
    harness.clock.set(at("2026-07-31T13:30:00Z"));
    open(&harness, json!({ "ticker": "SPY", "action": "buy" })).await;
    harness.stop().await;
}
