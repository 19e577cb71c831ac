//! Chains survive their columns exactly, and columns that don't fit together are no chain.

use chrono::{DateTime, NaiveDate, TimeDelta};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::*;
use crate::contract::OptionRight;
use crate::quote::Timeliness;

const COLUMNS: [&str; 14] = [
    "contract",
    "bid",
    "ask",
    "bid_size",
    "ask_size",
    "quoted_before_ms",
    "implied_volatility",
    "delta",
    "gamma",
    "theta",
    "vega",
    "rho",
    "open_interest",
    "volume",
];

fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::milliseconds(1_785_420_000_123)
}

prop_compose! {
    fn price()(mantissa in 0_i64..10_000_000_000, scale in 0_u32..=4) -> Price {
        Price::new(Decimal::new(mantissa, scale)).unwrap()
    }
}

prop_compose! {
    fn contract()(
        days in 0_i64..36_000,
        is_call: bool,
        thousandths in 1_i64..100_000_000,
    ) -> OptionContract {
        let expiration = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + TimeDelta::days(days);
        let right = if is_call { OptionRight::Call } else { OptionRight::Put };
        let strike = Price::new(Decimal::new(thousandths, 3)).unwrap();
        OptionContract::new("SPY", expiration, right, strike).unwrap()
    }
}

fn number() -> impl Strategy<Value = f64> {
    prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL
}

prop_compose! {
    fn greeks()(
        [delta, gamma, theta, vega] in [number(), number(), number(), number()],
        rho in prop::option::of(number()),
    ) -> Greeks {
        Greeks { delta, gamma, theta, vega, rho }
    }
}

prop_compose! {
    fn option()(
        contract in contract(),
        sides in prop::option::of((price(), price())),
        sizes: (u32, u32),
        quoted_before_ms in prop::option::of(-1_000_000_i64..100_000_000_000),
        implied_volatility in prop::option::of(number()),
        greeks in prop::option::of(greeks()),
        open_interest: Option<u64>,
        volume: Option<u64>,
    ) -> ListedOption {
        ListedOption {
            contract,
            sides: sides.map(|(bid, ask)| BidAsk { bid, ask }),
            bid_size: sizes.0,
            ask_size: sizes.1,
            quoted_at: quoted_before_ms.map(|before| at() - TimeDelta::milliseconds(before)),
            implied_volatility,
            greeks,
            open_interest,
            volume,
        }
    }
}

fn chain_of(options: Vec<ListedOption>) -> OptionChain {
    OptionChain {
        underlying: Symbol::parse("SPY").unwrap(),
        underlying_price: Some(Price::cents(65_001)),
        options,
        refused: 3,
        provenance: Provenance {
            provider: "somebody".to_owned(),
            timeliness: Timeliness::RealTime,
            at: at(),
            received_at: at() + TimeDelta::nanoseconds(1),
        },
    }
}

proptest! {
    #[test]
    fn a_chain_survives_its_columns(options in prop::collection::vec(option(), 0..12)) {
        let chain = chain_of(options);
        let text = serde_json::to_string(&chain).unwrap();
        let read: OptionChain = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &chain);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
}

fn bare(strike_usd: u32) -> ListedOption {
    let name = format!("SPY260213C{:08}", strike_usd * 1_000);
    ListedOption {
        contract: OptionContract::parse(&name).unwrap(),
        sides: None,
        bid_size: 0,
        ask_size: 0,
        quoted_at: None,
        implied_volatility: None,
        greeks: None,
        open_interest: None,
        volume: None,
    }
}

#[test]
fn columns_that_do_not_fit_together_are_refused() {
    let good = serde_json::to_value(chain_of(vec![bare(450), bare(451)])).unwrap();
    assert!(serde_json::from_value::<OptionChain>(good.clone()).is_ok());
    for column in COLUMNS {
        for length in [0, 1, 3] {
            let mut uneven = good.clone();
            let row = good[column][0].clone();
            uneven[column] = std::iter::repeat_n(row, length).collect();
            let read = serde_json::from_value::<OptionChain>(uneven);
            assert!(read.is_err(), "{length} rows of {column}");
        }
    }
    let mut no_time = good.clone();
    no_time["quoted_before_ms"] = json!([0, i64::MIN]);
    let mut stranger = good;
    stranger["rating"] = Json::Null;
    for broken in [no_time, stranger] {
        assert!(serde_json::from_value::<OptionChain>(broken).is_err());
    }
}
