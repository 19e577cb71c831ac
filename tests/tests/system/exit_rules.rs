//! The rules on price and time held: each closes at the first minute that reaches it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{ExitReason, Leg, Position, Usd};
use rust_decimal::Decimal;
use system_tests::Harness;

use crate::support::{
    Prices, assert_round_trip, gain, idle, outcome, percent_of_premium, trigger_price, wide,
};

/// What a rule of 5 % stands for.
const PERCENT: i64 = 5;

/// A minute's pass that closes nothing, while equity is cash and marks.
async fn stays_open(harness: &Harness, position: &Position, at: DateTime<Utc>) {
    harness.clock.set(at);
    harness.minute().await;
    idle(harness, &["EXITS_QUEUE_URL", "FILLS_QUEUE_URL"]).await;
    let trace = harness.trace(position.signal_id).await;
    assert_eq!(trace.positions[0].state.name(), "open");
    assert_eq!(trace.orders.len(), 1);
    let mark = harness
        .marks
        .marks(std::slice::from_ref(&position.contract), at)
        .await;
    let mid = mark.unwrap()[&position.contract].quote.sides.mid();
    let equity = harness.book().await.cash_usd + mid.value(position.quantity);
    let gained = Usd(gain(position, mid)) - position.entry_fee_usd;
    assert_eq!(equity, Usd::dollars(50_000) + gained);
}

/// Closes at `at`, not a minute before, at the mid, which is trigger and fill.
async fn closes_at(harness: &Harness, position: &Position, at: DateTime<Utc>, reason: ExitReason) {
    stays_open(harness, position, at - TimeDelta::minutes(1)).await;
    harness.clock.set(at);
    harness.minute().await;
    let closed = harness.position(position.signal_id, "closed").await;
    let mid = Prices::around_the_clock().mid(&position.contract, at).await;
    let ended = outcome(&closed);
    assert_eq!((ended.exit_reason, ended.closed_at), (reason, at));
    let trace = harness.trace(position.signal_id).await;
    let order = trace.order(position.engine, Leg::Exit(1)).unwrap();
    assert_eq!(trigger_price(order), Some(mid));
    assert_round_trip(harness, &closed, mid, Usd::cents(65)).await;
}

async fn closes_when(
    rule: (&'static str, &'static str),
    reason: ExitReason,
    reached: fn(Decimal, Decimal) -> bool,
) {
    let harness = Harness::with_environment(&wide(&[rule])).await;
    let position = harness.open("SPY", "long").await;
    let prices = Prices::around_the_clock();
    let bought = prices.mid(&position.contract, position.opened_at).await;
    assert_eq!(position.entry_price, bought);
    let step = percent_of_premium(&position, PERCENT);
    let at = prices
        .first_minute(&position, position.opened_at, |gained| {
            reached(gained, step)
        })
        .await;
    closes_at(&harness, &position, at, reason).await;
    harness.stop().await;
}

#[tokio::test]
async fn the_stop_closes_at_a_loss() {
    closes_when(
        ("STOP_LOSS_PCT", "5"),
        ExitReason::StopLoss,
        |gained, step| gained <= -step,
    )
    .await;
}

#[tokio::test]
async fn the_target_closes_at_a_gain() {
    closes_when(
        ("PROFIT_TARGET_PCT", "5"),
        ExitReason::ProfitTarget,
        |gained, step| gained >= step,
    )
    .await;
}

#[tokio::test]
async fn time_held_closes_to_the_minute() {
    let harness = Harness::with_environment(&wide(&[("MAX_HOLD_DAYS", "1")])).await;
    let position = harness.open("QQQ", "short").await;
    let at = position.opened_at + TimeDelta::hours(24);
    closes_at(&harness, &position, at, ExitReason::MaxHoldTime).await;
    harness.stop().await;
}

#[tokio::test]
async fn an_exit_alert_closes_at_once() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let position = harness.open("IWM", "long").await;
    stays_open(
        &harness,
        &position,
        position.opened_at + TimeDelta::minutes(1),
    )
    .await;
    harness.exit("IWM").await;
    let closed = harness.position(position.signal_id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::ExitAlert);
    let mid = Prices::around_the_clock()
        .mid(&position.contract, harness.now())
        .await;
    assert_round_trip(&harness, &closed, mid, Usd::cents(65)).await;
    harness.stop().await;
}
