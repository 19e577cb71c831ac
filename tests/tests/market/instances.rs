//! Sixteen instances at once: the limit holds for all of them together, and one trial is made.

use std::sync::Arc;

use chrono::TimeDelta;
use market_data::MarketError;
use market_data::health::Pass;
use market_data::health::gate::SharedGate;
use market_data::provider::line::{Gate, Intended};
use market_data::provider::{Capability, ProviderName};
use runtime::{Clock, SharedClock};
use system_tests::Harness;

use crate::support::assert_within;
use system_tests::market_instances::{gate, limits};

const INSTANCES: u64 = 16;
const LIMIT: u32 = 40;
const REQUEST: Intended = Intended {
    provider: ProviderName::Alpaca,
    capability: Capability::Quotes,
    cost: 1,
};

fn gates(harness: &Harness) -> Vec<Arc<SharedGate>> {
    let clock: SharedClock = harness.clock.clone();
    let limits = limits([LIMIT; 4]);
    (0..INSTANCES)
        .map(|number| gate(&harness.marks, &clock, number, &limits))
        .collect()
}

/// Everybody asks at the same time, on threads of their own.
async fn all_ask(gates: &[Arc<SharedGate>], times: usize) -> Vec<Result<Pass, MarketError>> {
    let asking = gates.iter().map(|gate| {
        let gate = Arc::clone(gate);
        tokio::spawn(async move {
            let mut passes = Vec::new();
            for _ in 0..times {
                passes.push(gate.pass(&REQUEST).await);
            }
            passes
        })
    });
    let asked = futures::future::join_all(asking.collect::<Vec<_>>()).await;
    asked.into_iter().flat_map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_instances_share_one_limit() {
    let harness = Harness::start().await;
    let gates = gates(&harness);
    let mut granted = Vec::new();
    // Five minutes in uneven steps; at each, far more is asked for than there is.
    for step in 0..60_i64 {
        let now = harness.clock.now();
        let passes = all_ask(&gates, 2).await;
        let passed = passes.iter().filter(|pass| pass.is_ok());
        granted.extend(passed.map(|_| (now, 1)));
        harness.advance(TimeDelta::milliseconds(700 + (step * 1_733) % 9_000));
    }
    assert_within(LIMIT, &granted, "all instances");
    // Nearly everything that the limit allows is given out: 40 for each 64 s.
    assert!(granted.len() >= 4 * 40, "{}", granted.len());
    harness.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixteen_instances_one_makes_the_trial() {
    let harness = Harness::start().await;
    let gates = gates(&harness);
    let error = MarketError::Timeout {
        provider: "alpaca".to_owned(),
    };
    for gate in gates.iter().take(5) {
        let pass = gate.pass(&REQUEST).await.unwrap();
        gate.report(&REQUEST, pass, Err(&error)).await;
    }
    let passes = all_ask(&gates, 1).await;
    let resting =
        |pass: &Result<Pass, MarketError>| matches!(pass, Err(MarketError::Resting { .. }));
    assert!(passes.iter().all(resting), "{passes:?}");
    harness.advance(TimeDelta::seconds(61));
    let passes = all_ask(&gates, 1).await;
    let trials: Vec<&Pass> = passes.iter().flatten().collect();
    let [trial] = trials.as_slice() else {
        panic!("one trial: {passes:?}");
    };
    gates[3].report(&REQUEST, **trial, Ok(())).await;
    assert!(all_ask(&gates, 1).await.iter().all(Result::is_ok));
    harness.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_of_one_instance_at_once_cost_a_write_each() {
    let harness = Harness::start().await;
    let gate = Arc::clone(&gates(&harness)[0]);
    let passes = futures::future::join_all((0..8).map(|_| gate.pass(&REQUEST)));
    assert!(passes.await.iter().all(Result::is_ok));
    let table = &harness.marks;
    let written = table.shared_state::<market_data::health::Health>("PROVIDER#alpaca");
    let written = written.await.unwrap();
    assert_eq!(written.state.bucket.count(harness.now()), 8);
    assert_eq!(written.changes(), 8);
    harness.stop().await;
}
