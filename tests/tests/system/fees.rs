//! Fees by the whole schedule: both legs pay per contract, a sale also on its proceeds.

use domain::{FeeSchedule, Side, Usd};
use rust_decimal::Decimal;
use system_tests::Harness;

use crate::support::{outcome, wide};

/// Rates that differ, the last one far too high, so that no other sum makes the same cents.
const RATES: [(&str, &str); 6] = [
    ("FEE_PER_CONTRACT", "0.65"),
    ("OPTIONS_REGULATORY_FEE", "0.02"),
    ("CLEARING_FEE", "0.025"),
    ("AUDIT_TRAIL_FEE", "0.0003"),
    ("TRADING_ACTIVITY_FEE", "0.5"),
    ("SEC_FEE_RATE", "0.01"),
];

#[tokio::test]
async fn a_sale_pays_on_its_proceeds_and_an_entry_doesn_t() {
    let harness = Harness::with_environment(&wide(&RATES)).await;
    let position = harness.open("SPY", "long").await;
    assert_eq!(position.quantity.count(), 1);
    // 0.65 + 0.02 + 0.025 + 0.0003 is 0.6953.
    assert_eq!(position.entry_fee_usd, Usd::cents(70));
    harness.exit("SPY").await;
    let closed = harness.position(position.signal_id, "closed").await;
    let trace = harness.trace(position.signal_id).await;
    let sold = trace.trades.iter().find(|trade| trade.leg.is_exit());
    let sold = sold.unwrap();
    let proceeds = sold.fill_price.value(sold.quantity);
    let expected = Decimal::new(11_953, 4) + proceeds.0 / Decimal::ONE_HUNDRED;
    assert_eq!(sold.fee_usd, Usd(expected).rounded_to_cent());
    assert!(
        sold.fee_usd > FeeSchedule::default().of_order(Side::Sell, sold.quantity, sold.fill_price)
    );
    let result = outcome(&closed).realized;
    assert_eq!(result.fees_usd, position.entry_fee_usd + sold.fee_usd);
    let cash = Usd::dollars(50_000) + result.gross_usd - result.fees_usd;
    assert_eq!(harness.book().await.cash_usd, cash);
    harness.stop().await;
}
