//! What a decision was made on can be read again, and is what the market said; what it didn't
//! say is named, and only its clock and its quote can keep a signal waiting.

use std::sync::Arc;

use domain::{Engine, Evidence, Part, SignalId};
use market_data::{Market, SimulatedHours, SimulatedMarket, capture};
use storage::EvidenceTable;
use system_tests::Harness;
use system_tests::harness::Setup;
use system_tests::market::FlakyMarket;

use crate::support::SEED;

/// The evidence that the decision on a signal names.
async fn evidence_of(harness: &Harness, id: SignalId) -> Evidence {
    let trace = harness.trace(id).await;
    let pointer = trace.evidence.unwrap();
    assert_eq!(trace.decisions[0].evidence, pointer.sha256);
    let around = harness.stack.surroundings();
    let table = EvidenceTable::new(&around.aws, &around.environment).unwrap();
    let kept = table.kept(&pointer).await.unwrap();
    assert_eq!(kept.sha256, pointer.sha256);
    assert_eq!(kept.evidence.captured_at, pointer.captured_at);
    kept.evidence
}

async fn on(market: Arc<dyn Market>) -> Harness {
    Harness::with(Setup {
        market: Some(market),
        ..Setup::default()
    })
    .await
}

#[tokio::test]
async fn what_was_decided_on_is_what_the_market_said() {
    let market = SimulatedMarket::new(SEED, SimulatedHours::Nyse);
    let harness = on(Arc::new(market)).await;
    let id = harness.enter("SPY", "long").await;
    harness.position(id, "open").await;
    let signal = harness.trace(id).await.signal;
    let said = capture(
        &market,
        &signal.symbol,
        signal.timeframe,
        harness.now().into(),
    )
    .await;
    assert_eq!(said.missing, []);
    assert!(evidence_of(&harness, id).await == said);
    harness.stop().await;
}

#[tokio::test]
async fn without_bars_and_chain_an_entry_is_decided_all_the_same() {
    let market = FlakyMarket::new(SEED, SimulatedHours::AlwaysOpen);
    market.refuse_history(true);
    let harness = on(market).await;
    let id = harness.enter("SPY", "long").await;
    harness.position(id, "open").await;
    let trace = harness.trace(id).await;
    let assignment = trace.assignment(Engine::A).unwrap();
    assert_eq!(assignment.received_at, harness.now(), "nobody waited");
    let evidence = evidence_of(&harness, id).await;
    let missing: Vec<Part> = evidence.missing.iter().map(|it| it.part).collect();
    assert_eq!(missing, Part::ALL[2..], "and what follows from them");
    assert!(evidence.clock.is_some() && evidence.quote.is_some());
    harness.stop().await;
}
