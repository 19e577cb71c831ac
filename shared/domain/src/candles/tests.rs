//! Bars survive their columns exactly, and columns that don't fit together are no bars.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::*;
use crate::quote::Timeliness;

prop_compose! {
    /// A price of up to four decimals, whatever its trailing zeros.
    fn price()(mantissa in 0_i64..10_000_000_000, scale in 0_u32..=4) -> Price {
        Price::new(Decimal::new(mantissa, scale)).unwrap()
    }
}

prop_compose! {
    fn candle()(
        start_s in -4_000_000_000_i64..8_000_000_000,
        [open, high, low, close] in [price(), price(), price(), price()],
        volume in prop::num::f64::POSITIVE | prop::num::f64::ZERO,
    ) -> Candle {
        let start = DateTime::UNIX_EPOCH + TimeDelta::seconds(start_s);
        Candle { start, open, high, low, close, volume }
    }
}

fn set_of(candles: Vec<Candle>) -> CandleSet {
    CandleSet {
        symbol: Symbol::parse("SPY").unwrap(),
        timeframe: Timeframe::MINUTE,
        candles,
        provenance: Provenance {
            provider: "somebody".to_owned(),
            timeliness: Timeliness::Delayed,
            at: DateTime::UNIX_EPOCH,
            received_at: DateTime::UNIX_EPOCH + TimeDelta::nanoseconds(123_456_789),
        },
    }
}

proptest! {
    #[test]
    fn bars_survive_their_columns(candles in prop::collection::vec(candle(), 0..20)) {
        let set = set_of(candles);
        let text = serde_json::to_string(&set).unwrap();
        let read: CandleSet = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &set);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
}

#[test]
fn columns_that_do_not_fit_together_are_refused() {
    let candle = Candle {
        start: DateTime::UNIX_EPOCH,
        open: Price::cents(1),
        high: Price::cents(2),
        low: Price::cents(1),
        close: Price::cents(2),
        volume: 3.0,
    };
    let good = serde_json::to_value(set_of(vec![candle.clone(), candle])).unwrap();
    assert!(serde_json::from_value::<CandleSet>(good.clone()).is_ok());
    let columns = ["start_s", "open", "high", "low", "close", "volume"];
    for (column, broken) in columns.map(|column| (column, json!([1]))) {
        let mut uneven = good.clone();
        uneven[column] = match column {
            "start_s" | "volume" => broken,
            _ => json!(["1"]),
        };
        assert!(
            serde_json::from_value::<CandleSet>(uneven).is_err(),
            "{column}"
        );
    }
    let mut no_time = good.clone();
    no_time["start_s"] = json!([0, i64::MAX]);
    let mut stranger = good;
    stranger["vwap"] = Json::Null;
    for broken in [no_time, stranger] {
        assert!(serde_json::from_value::<CandleSet>(broken).is_err());
    }
}
