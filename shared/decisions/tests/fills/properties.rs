//! What holds for every quote.

use chrono::TimeDelta;
use decisions::fills::{NoFill, fill};
use decisions::ticks::TickClass;
use domain::Side;
use domain::settings::TradingRules;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::{RECEIVED_AT, utc};
use crate::quotes::{MODELS, filled, prices, quote};

fn root() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["SPY", "AAPL", "ZZZZ"])
}

fn side() -> impl Strategy<Value = Side> {
    prop::sample::select(vec![Side::Buy, Side::Sell])
}

proptest! {
    #[test]
    fn a_price_lies_between_the_sides_and_a_worse_model_is_never_better(
        root in root(), side in side(), bid in 1_u32..2_000, spread in 0_u32..500,
        fraction in 0_i64..=50,
    ) {
        let quote = quote(root, bid, bid + spread);
        let rules = TradingRules {
            fill_fraction: Decimal::new(fraction, 2),
            ..TradingRules::default()
        };
        let now = utc(RECEIVED_AT);
        let [mid, beyond, touch] =
            MODELS.map(|model| fill(&quote, side, model, &rules, now).unwrap().price);
        for price in [mid, beyond, touch] {
            prop_assert!(quote.sides.bid <= price && price <= quote.sides.ask);
        }
        prop_assert_eq!(mid, quote.sides.mid());
        match side {
            Side::Buy => prop_assert!(mid <= beyond && beyond <= touch),
            Side::Sell => prop_assert!(mid >= beyond && beyond >= touch),
        }
    }

    #[test]
    fn a_price_beyond_the_mid_is_on_a_tick_or_at_the_touch(
        root in root(), side in side(), bid in 1_u32..2_000, spread in 0_u32..500,
    ) {
        let quote = quote(root, bid, bid + spread);
        let [_, price, touch] = prices(&quote, side);
        let on_tick = (price.decimal() % TickClass::of(root).tick(price)).is_zero();
        prop_assert!(on_tick || price == touch, "{} of {:?}", price, quote.sides);
    }

    #[test]
    fn stale_crossed_and_one_sided_quotes_are_refused(
        side in side(), bid in 1_u32..2_000, below in 1_u32..2_000, late_ms in 1_i64..1_000_000,
    ) {
        let crossed = bid.saturating_sub(below);
        for model in MODELS {
            prop_assert!(filled(&quote("SPY", bid, crossed), side, model).is_err());
            prop_assert!(filled(&quote("SPY", 0, bid), side, model).is_err());
            let now = utc(RECEIVED_AT) + TimeDelta::milliseconds(60_000 + late_ms);
            let late = fill(&quote("SPY", bid, bid), side, model, &TradingRules::default(), now);
            prop_assert_eq!(
                late.err(),
                Some(NoFill::Stale { age_ms: 60_000 + late_ms, age_ms_max: 60_000 })
            );
        }
    }
}
