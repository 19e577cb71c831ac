//! Days on which functions go ways that no other test goes: real prices, asked with the keys of
//! their secret by functions that know of each other by the tables alone, and people at the
//! dashboard.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Engine, Leg, SignalId, WorkKey};
use market_data::health::{Breaker, Health};
use market_data::provider::ProviderName;
use runtime::clock::ManualClock;
use serde_json::json;
use system_tests::deliveries::deliver;
use system_tests::harness::{Setup, WIDE};
use system_tests::market::FlakyMarket;
use system_tests::provider_double::ProviderDouble;
use system_tests::{Harness, deliveries};

use crate::people::at_the_dashboard;

const STARTS_AT: &str = "2026-07-30T14:00:00Z";
/// Longer than a trial of a provider lasts.
const A_TRIAL: TimeDelta = TimeDelta::seconds(11);
/// Both engines decide on every signal and trade.
const PAIRED: [(&str, &str); 4] = [
    ("ENABLE_VARIANT_B", "true"),
    ("ENABLE_SHADOW_EXECUTION", "true"),
    ("EXPERIMENT_MODE", "paired"),
    ("ENTER_AT_CONFIDENCE", "0"),
];

/// Both engines trade, nothing is closed by a rule, and these variables.
fn paired(own: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    WIDE.iter().chain(&PAIRED).chain(own).copied().collect()
}

/// An engine's work on a leg of its trade because of a signal.
fn work(signal_id: SignalId, engine: Engine, leg: Leg) -> WorkKey {
    WorkKey {
        signal_id,
        engine,
        leg,
    }
}

/// A stack on a provider's prices, on which no queue delivers by itself.
async fn on_real_prices() -> (Harness, ProviderDouble) {
    let clock = Arc::new(ManualClock::at(STARTS_AT.parse().unwrap()));
    let alpaca = ProviderDouble::start(ProviderName::Alpaca, clock.clone()).await;
    let url: &'static str = alpaca.url().leak();
    let own = [
        ("MARKET", "providers"),
        ("ALPACA_DATA_URL", url),
        ("ALPACA_BASE_URL", url),
        ("PROVIDER_KEYS_SECRET_ID", "provider-keys"),
    ];
    let harness = Harness::with(Setup {
        environment: paired(&own),
        clock: Some(clock),
        template: Some(deliveries::none()),
        ..Setup::default()
    })
    .await;
    let keys =
        json!({ "ALPACA_API_KEY": "a-key-for-tests", "ALPACA_SECRET_KEY": "a-secret-for-tests" });
    let put = harness.stack.aws().secrets_client().put_secret_value();
    let put = put
        .secret_id("provider-keys")
        .secret_string(keys.to_string());
    put.send().await.unwrap();
    (harness, alpaca)
}

/// Somebody else makes the one trial of the provider: until it is over nobody asks.
async fn somebody_tries(harness: &Harness) {
    let until: DateTime<Utc> = harness.now() + A_TRIAL - TimeDelta::seconds(1);
    let name = "PROVIDER#alpaca";
    let seen = harness.marks.shared_state::<Health>(name).await.unwrap();
    let trials = 1;
    let trial = Health {
        breaker: Breaker::HalfOpen { until, trials },
        ..seen.state.clone()
    };
    let forget_at = until + TimeDelta::days(1);
    harness
        .marks
        .swap(name, &seen, trial, forget_at)
        .await
        .unwrap();
}

/// Work that meets a trial at first, waits, makes one itself, and is done when that went well.
async fn in_spite_of_a_trial(harness: &Harness, binary: &str, work: WorkKey) {
    somebody_tries(harness).await;
    for _ in 0..2 {
        deliver(harness, binary, work).await;
        harness.advance(A_TRIAL);
    }
    deliver(harness, binary, work).await;
}

/// Expects an engine's task in this state, and tells in which it is.
async fn expect(harness: &Harness, engine: Engine, id: SignalId, state: &str) {
    let trace = harness.trace(id).await;
    let found = &trace.assignment(engine).unwrap().state;
    assert_eq!(found.name(), state, "{found:?}");
}

/// A signal goes from function to function, each of which meets a trial; then people look at it.
#[tokio::test]
async fn a_trade_on_real_prices_waits_out_every_trial() {
    let (harness, _alpaca) = on_real_prices().await;
    let id = harness.enter("SPY", "long").await;
    for (engine, binary) in [(Engine::A, "engine-a"), (Engine::B, "engine-b")] {
        let entry = WorkKey::entry(id, engine);
        in_spite_of_a_trial(&harness, binary, entry).await;
        expect(&harness, engine, id, "approved").await;
        in_spite_of_a_trial(&harness, "order-creator", entry).await;
        expect(&harness, engine, id, "ordered").await;
        in_spite_of_a_trial(&harness, "paper-executor", entry).await;
        harness.position_of(engine, id, "open").await;
    }
    // This time Engine B comes first, and captures the evidence.
    let other = harness.enter("QQQ", "short").await;
    in_spite_of_a_trial(&harness, "engine-b", WorkKey::entry(other, Engine::B)).await;
    expect(&harness, Engine::B, other, "approved").await;
    for binary in ["position-refresher", "exit-monitor"] {
        harness.advance(TimeDelta::minutes(1));
        somebody_tries(&harness).await;
        harness.run(binary).await;
        harness.advance(A_TRIAL);
        harness.run(binary).await;
    }
    harness.run("sweeper").await;
    somebody_tries(&harness).await;
    at_the_dashboard(&harness, id).await;
    let exit = work(id, Engine::A, Leg::Exit(1));
    harness.advance(A_TRIAL);
    deliver(&harness, "paper-executor", exit).await;
    harness.position(id, "closed").await;
    harness.stop().await;
}

/// Engine B is cut off from the market, its message gets lost, and an alert turns its position
/// around: it is told again each time.
#[tokio::test]
async fn engine_b_is_told_again() {
    let market = FlakyMarket::new(1, market_data::SimulatedHours::AlwaysOpen);
    let harness = Harness::with(Setup {
        environment: paired(&[]),
        market: Some(market.clone()),
        template: Some(deliveries::by_hand(&[
            "EngineAQueue",
            "EngineBQueue",
            "FillsQueue",
        ])),
        ..Setup::default()
    })
    .await;
    let id = harness.enter("SPY", "long").await;
    let entry = WorkKey::entry(id, Engine::B);
    market.cut_off(true);
    deliver(&harness, "engine-b", entry).await;
    market.cut_off(false);
    harness.advance(TimeDelta::minutes(2));
    harness.run("sweeper").await;
    deliver(&harness, "engine-a", WorkKey::entry(id, Engine::A)).await;
    // On the evidence that Engine A has captured.
    deliver(&harness, "engine-b", entry).await;
    harness.assignment_of(Engine::B, id, "ordered").await;
    deliver(&harness, "paper-executor", entry).await;
    harness.position_of(Engine::B, id, "open").await;
    harness.advance(TimeDelta::minutes(6));
    let reversal = json!({
        "ticker": "SPY", "action": "sell",
        "market_position": "short", "prev_market_position": "long",
    });
    let reversal = harness.send(reversal).await;
    deliver(&harness, "engine-b", WorkKey::entry(reversal, Engine::B)).await;
    harness.position_of(Engine::B, id, "closing").await;
    deliver(
        &harness,
        "paper-executor",
        work(id, Engine::B, Leg::Exit(1)),
    )
    .await;
    harness.position_of(Engine::B, id, "closed").await;
    deliver(&harness, "engine-b", WorkKey::entry(reversal, Engine::B)).await;
    harness.assignment_of(Engine::B, reversal, "ordered").await;
    harness.stop().await;
}
