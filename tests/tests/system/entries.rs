//! From an alert to an open position.

use system_tests::Harness;

#[tokio::test]
async fn an_alert_becomes_a_position() {
    let harness = Harness::start().await;
    let position = harness.open("SPY", "long").await;
    assert_eq!(position.symbol.as_str(), "SPY");
    let book = harness.book().await;
    assert_eq!(
        (book.open_count, book.exposure_usd),
        (1, position.exposure_usd)
    );
    harness.stop().await;
}
