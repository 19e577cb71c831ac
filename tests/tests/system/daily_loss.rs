//! The day's loss: at its limit entries stop until the next session, whatever happens then.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::trading_date;
use domain::{Leg, Position, RejectionReason};
use rust_decimal::Decimal;
use system_tests::Harness;

use crate::support::{Prices, deliver, idle, rejection, wide, with_fills_by_hand, work};

const LIMIT: (&str, &str) = ("MAX_DAILY_LOSS", "10");

/// The first minute of the entry's day after `from` at which the position's gain is as wanted.
async fn on_the_same_day(
    position: &Position,
    from: DateTime<Utc>,
    wanted: impl Fn(Decimal) -> bool,
) -> DateTime<Utc> {
    let prices = Prices::around_the_clock();
    let at = prices.first_minute(position, from, wanted).await;
    assert_eq!(trading_date(at), trading_date(position.opened_at));
    at
}

async fn is_refused(harness: &Harness, symbol: &str) {
    let id = harness.enter(symbol, "long").await;
    let rejected = rejection(harness, id).await;
    assert_eq!(rejected.reason, RejectionReason::DailyLossLimit);
}

#[tokio::test]
async fn entries_stop_for_the_day_even_if_it_recovers() {
    let harness = Harness::with_environment(&wide(&[LIMIT])).await;
    let position = harness.open("SPY", "long").await;
    let limit = Decimal::from(10);
    let lost = on_the_same_day(&position, position.opened_at, |gained| gained <= -limit).await;
    harness.clock.set(lost);
    harness.minute().await;
    assert_eq!(harness.book().await.loss_halt, Some(trading_date(lost)));
    is_refused(&harness, "QQQ").await;
    let back = on_the_same_day(&position, lost, |gained| gained > -limit / Decimal::TWO).await;
    harness.clock.set(back);
    harness.minute().await;
    is_refused(&harness, "IWM").await;
    // New York's next day begins before the position has lost as much again.
    let closed = harness.exit("SPY").await;
    harness.assignment(closed, "ordered").await;
    harness.position(position.signal_id, "closed").await;
    harness.clock.set(back + TimeDelta::days(1));
    harness.open("QQQ", "long").await;
    harness.stop().await;
}

#[tokio::test]
async fn what_was_lost_by_closing_counts() {
    let harness = Harness::with_environment(&wide(&[LIMIT])).await;
    let position = harness.open("SPY", "long").await;
    let lost = on_the_same_day(&position, position.opened_at, |gained| {
        gained <= Decimal::from(-10)
    })
    .await;
    harness.clock.set(lost);
    harness.exit("SPY").await;
    harness.position(position.signal_id, "closed").await;
    is_refused(&harness, "QQQ").await;
    harness.clock.set(lost + TimeDelta::days(1));
    harness.open("QQQ", "long").await;
    harness.stop().await;
}

#[tokio::test]
async fn a_position_on_its_way_out_still_counts() {
    let harness = with_fills_by_hand(&[LIMIT]).await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    let position = harness.position(id, "open").await;
    harness.advance(TimeDelta::seconds(1));
    harness.exit("SPY").await;
    harness.position(id, "closing").await;
    let lost = on_the_same_day(&position, harness.now(), |gained| {
        gained <= Decimal::from(-10)
    })
    .await;
    harness.clock.set(lost);
    harness.minute().await;
    idle(&harness, &["EXITS_QUEUE_URL"]).await;
    is_refused(&harness, "QQQ").await;
    harness.stop().await;
}
