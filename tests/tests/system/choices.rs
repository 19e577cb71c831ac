//! Which contract is bought, and what the ledger says of it.

use domain::selection::ScoredSelection;
use domain::{Engine, RejectionReason, SelectionBasis};
use market_data::SimulatedHours;
use serde_json::json;
use storage::settings::{NewVersion, SettingsKind};
use system_tests::Harness;
use system_tests::harness::Setup;
use system_tests::market::FlakyMarket;

use crate::support::{SEED, rejection, wide};

fn scored(basis: &SelectionBasis) -> &ScoredSelection {
    match basis {
        SelectionBasis::Scored(scored) => scored,
        SelectionBasis::NearestStrike { why } => panic!("no chain: {why}"),
    }
}

#[tokio::test]
async fn the_order_s_contract_has_its_reasons_beside_it() {
    let harness = Harness::start().await;
    let position = harness.open("SPY", "short").await;
    let trace = harness.trace(position.signal_id).await;
    let [selection] = trace.selections.as_slice() else {
        panic!("{:?}", trace.selections);
    };
    assert_eq!(
        (selection.engine, selection.settings_version),
        (Engine::A, 0)
    );
    assert_eq!(selection.contract, position.contract);
    let scored = scored(&selection.basis);
    assert!((0.30..=0.60).contains(&-scored.figures.delta));
    assert_eq!(scored.runners_up.len(), 3);
    assert!(scored.runners_up[0].score.total() <= scored.score.total());
    assert!(scored.rejected.values().sum::<u32>() < scored.considered);
    assert_eq!(scored.chain_from, "simulated");
    harness.stop().await;
}

#[tokio::test]
async fn the_choice_follows_the_settings_and_names_their_version() {
    let harness = Harness::start().await;
    let values = json!({ "delta_min": "0.3", "delta_max": "0.35", "delta_target": "0.32" });
    let version = NewVersion {
        kind: SettingsKind::StrikeSelection,
        values: values.as_object().unwrap().clone(),
        enabled: true,
        changed_by: "a test",
        changed_at: harness.now(),
    };
    assert_eq!(harness.settings().put_version(&version).await.unwrap(), 1);
    let position = harness.open("SPY", "long").await;
    let trace = harness.trace(position.signal_id).await;
    let selection = &trace.selections[0];
    assert_eq!(selection.settings_version, 1);
    let delta = scored(&selection.basis).figures.delta;
    assert!((0.30..=0.35).contains(&delta), "{delta}");
    harness.stop().await;
}

#[tokio::test]
async fn without_a_chain_the_nearest_strike_is_bought_and_that_is_told() {
    let market = FlakyMarket::new(SEED, SimulatedHours::AlwaysOpen);
    market.refuse_history(true);
    let harness = Harness::with(Setup {
        market: Some(market),
        ..Setup::default()
    })
    .await;
    let position = harness.open("SPY", "long").await;
    let trace = harness.trace(position.signal_id).await;
    let SelectionBasis::NearestStrike { why } = &trace.selections[0].basis else {
        panic!("{:?}", trace.selections);
    };
    assert_eq!(why, "our plan with flaky doesn't include this");
    harness.stop().await;
}

#[tokio::test]
async fn where_nothing_may_be_bought_the_reason_is_told() {
    for (variable, symbol, reason, words) in [
        (
            ("STRIKE_OPEN_INTEREST_MIN_INDEX_FUND", "1000000"),
            "SPY",
            RejectionReason::NoSuitableContract,
            "open_interest",
        ),
        (
            ("MAX_POSITION_USD", "5"),
            "SPY",
            RejectionReason::Unaffordable,
            "a position may cost $5.00",
        ),
        (
            ("ALLOWED_SYMBOLS", "ZZTOP"),
            "ZZTOP",
            RejectionReason::NotListed,
            "no contract",
        ),
    ] {
        let harness = Harness::with_environment(&wide(&[variable])).await;
        let id = harness.enter(symbol, "long").await;
        let rejected = rejection(&harness, id).await;
        assert_eq!(rejected.reason, reason);
        assert!(rejected.detail.contains(words), "{}", rejected.detail);
        assert!(harness.trace(id).await.selections.is_empty());
        harness.stop().await;
    }
}
