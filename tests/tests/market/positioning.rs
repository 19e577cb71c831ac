//! How others stand, computed by one instance, is found by the others and by who reads the table.

use chrono::TimeDelta;
use domain::{GammaExposureSnapshot, OptionsFlow, Symbol};
use market_data::{Positioning, SimulatedHours};
use system_tests::Harness;
use system_tests::market::FlakyMarket;

#[tokio::test]
async fn records_are_found_in_the_table_until_they_end() {
    let harness = Harness::start().await;
    let (spy, now) = (Symbol::parse("SPY").unwrap(), harness.now());
    let market = FlakyMarket::new(1, SimulatedHours::AlwaysOpen);
    let [one, other] = [1, 2].map(|_| Positioning::new(market.clone(), Some(&harness.marks)));
    let exposure = one.gamma_exposure(&spy, now.into()).await.unwrap();
    let flow = one.options_flow(&spy, now.into()).await.unwrap();
    market.cut_off(true);
    let later = now + TimeDelta::seconds(299);
    let found = other.gamma_exposure(&spy, later.into()).await.unwrap();
    assert_eq!(found, exposure);
    assert_eq!(other.options_flow(&spy, later.into()).await.unwrap(), flow);
    let names = ["gamma_exposure", "options_flow"].map(|kind| format!("CACHE#{kind}#SPY"));
    let kept = harness.marks.kept(&names, later).await.unwrap();
    let read: GammaExposureSnapshot = serde_json::from_slice(&kept[&names[0]].bytes).unwrap();
    assert_eq!(read, exposure);
    let read: OptionsFlow = serde_json::from_slice(&kept[&names[1]].bytes).unwrap();
    assert_eq!(read, flow);
    let ended = now + TimeDelta::seconds(300);
    assert!(other.gamma_exposure(&spy, ended.into()).await.is_err());
    assert!(other.options_flow(&spy, ended.into()).await.is_err());
    harness.stop().await;
}
