//! Settings in the table: which version holds, who names it, and when it is felt.

use std::time::Duration;

use domain::{Engine, ExitReason, Leg, RejectionReason};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use storage::settings::{NewVersion, SettingsKind};
use system_tests::Harness;
use system_tests::harness::Setup;

use crate::support::{
    Prices, assert_empty_book, by_hand, deliver, failure, gain, outcome, percent_of_premium,
    rejection, wide, with_fills_by_hand, work,
};

/// A change is seen within ten seconds of real time.
const SEEN_AFTER: Duration = Duration::from_millis(10_100);

async fn put(harness: &Harness, kind: SettingsKind, values: Value, enabled: bool) -> u32 {
    let new = NewVersion {
        kind,
        values: values.as_object().unwrap().clone(),
        enabled,
        changed_by: "trader",
        changed_at: harness.now(),
    };
    harness.settings().put_version(&new).await.unwrap()
}

#[tokio::test]
async fn the_newest_enabled_version_holds_and_the_decision_names_it() {
    let harness = Harness::start().await;
    let limits = |symbols: u32| json!({ "max_positions_per_symbol_a": symbols });
    let kind = SettingsKind::RiskLimits;
    assert_eq!(put(&harness, kind, limits(5), true).await, 1);
    assert_eq!(put(&harness, kind, limits(2), true).await, 2);
    assert_eq!(put(&harness, kind, limits(1), false).await, 3);
    harness.open("SPY", "long").await;
    let second = harness.open("SPY", "short").await;
    let decision = &harness.trace(second.signal_id).await.decisions[0];
    let versions = decision.settings;
    assert_eq!(
        (
            versions.risk_limits,
            versions.exit_rules,
            versions.trading_rules
        ),
        (2, 0, 0)
    );
    let third = harness
        .send(json!({ "ticker": "SPY", "action": "buy", "strategy": "orb" }))
        .await;
    let rejected = rejection(&harness, third).await;
    assert_eq!(rejected.reason, RejectionReason::SymbolPositionLimit);
    harness.stop().await;
}

#[tokio::test]
async fn the_table_goes_before_the_environment() {
    let harness = Harness::with_environment(&[("MAX_OPEN_POSITIONS", "1")]).await;
    put(
        &harness,
        SettingsKind::RiskLimits,
        json!({ "max_open_positions": 2 }),
        true,
    )
    .await;
    for symbol in ["SPY", "QQQ"] {
        harness.open(symbol, "long").await;
    }
    let third = harness.enter("IWM", "long").await;
    let rejected = rejection(&harness, third).await;
    assert_eq!(rejected.reason, RejectionReason::OpenPositionLimit);
    harness.stop().await;
}

#[tokio::test]
async fn the_kill_switch_stops_entries_and_a_changed_stop_closes_what_is_open() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let position = harness.open("SPY", "long").await;
    harness.minute().await;
    let step = percent_of_premium(&position, 5);
    let lost = Prices::around_the_clock()
        .first_minute(&position, harness.now(), |gained| gained <= -step)
        .await;
    harness.clock.set(lost);
    harness.minute().await;
    harness.position(position.signal_id, "open").await;
    let halted = json!({ "entries_enabled": false });
    put(&harness, SettingsKind::TradingRules, halted, true).await;
    let tight = json!({ "stop_loss_percent": "5" });
    put(&harness, SettingsKind::ExitRules, tight, true).await;
    tokio::time::sleep(SEEN_AFTER).await;
    let refused = harness.enter("QQQ", "long").await;
    let rejected = rejection(&harness, refused).await;
    assert_eq!(rejected.reason, RejectionReason::TradingHalted);
    harness.minute().await;
    let closed = harness.position(position.signal_id, "closed").await;
    assert_eq!(outcome(&closed).exit_reason, ExitReason::StopLoss);
    assert!(gain(&closed, outcome(&closed).exit_price) < Decimal::ZERO);
    let refused = harness.trace(refused).await;
    let decision = refused.decisions.iter().find(|d| d.engine == Engine::A);
    assert_eq!(decision.unwrap().settings.trading_rules, 1);
    harness.stop().await;
}

async fn switch_off(harness: &Harness) {
    let halted = json!({ "entries_enabled": false });
    put(harness, SettingsKind::TradingRules, halted, true).await;
}

#[tokio::test]
async fn the_kill_switch_stops_what_is_approved() {
    let harness = Harness::with(Setup {
        template: Some(by_hand(&["OrdersQueue"])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "approved").await;
    switch_off(&harness).await;
    deliver(&harness, "order-creator", work(id, Leg::Entry)).await;
    let rejected = rejection(&harness, id).await;
    assert_eq!(rejected.reason, RejectionReason::TradingHalted);
    harness.stop().await;
}

#[tokio::test]
async fn the_kill_switch_stops_what_is_ordered() {
    let harness = with_fills_by_hand(&[]).await;
    let id = harness.enter("SPY", "long").await;
    harness.assignment(id, "ordered").await;
    switch_off(&harness).await;
    deliver(&harness, "paper-executor", work(id, Leg::Entry)).await;
    let trace = harness.trace(id).await;
    let order = trace.order(Engine::A, Leg::Entry).unwrap();
    assert_eq!(failure(order).reason, RejectionReason::TradingHalted);
    assert_empty_book(&harness).await;
    harness.stop().await;
}
