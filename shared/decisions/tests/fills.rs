//! The price of a fill, what stands behind it, and which quotes support none.

#[cfg(test)]
mod common;

use chrono::TimeDelta;
use common::{RECEIVED_AT, option_quote, sides, utc};
use decisions::fills::{Fill, NoFill, fill, model_for};
use decisions::ticks::TickClass;
use domain::quote::OptionQuote;
use domain::settings::TradingRules;
use domain::{ExitReason, FillBasis, FillModel, Price, Side};
use proptest::prelude::*;
use rust_decimal::Decimal;

const MODELS: [FillModel; 3] = [FillModel::Mid, FillModel::MidPlusFraction, FillModel::Touch];

fn quote(root: &str, bid_cents: u32, ask_cents: u32) -> OptionQuote {
    let name = format!("{root}260702C00600000");
    option_quote(&name, sides(bid_cents, ask_cents), utc(RECEIVED_AT))
}

fn filled(quote: &OptionQuote, side: Side, model: FillModel) -> Result<Fill, NoFill> {
    fill(
        quote,
        side,
        model,
        &TradingRules::default(),
        utc(RECEIVED_AT),
    )
}

/// The price by each model, from the mid to the touch.
fn prices(quote: &OptionQuote, side: Side) -> [Price; 3] {
    MODELS.map(|model| filled(quote, side, model).unwrap().price)
}

#[test]
fn each_model_reads_its_price_from_the_quote() {
    use Side::{Buy, Sell};
    for (root, bid, ask, side, expected) in [
        ("SPY", 100, 120, Buy, ["1.10", "1.15", "1.20"]),
        ("SPY", 100, 120, Sell, ["1.10", "1.05", "1.00"]),
        // A quarter of the spread is 2.5 cents: rounded against the trader.
        ("SPY", 100, 110, Buy, ["1.05", "1.08", "1.10"]),
        ("SPY", 100, 110, Sell, ["1.05", "1.02", "1.00"]),
        // From $3 up the step is wider, but never beyond the touch.
        ("SPY", 400, 421, Buy, ["4.105", "4.16", "4.21"]),
        ("AAPL", 400, 421, Buy, ["4.105", "4.20", "4.21"]),
        ("AAPL", 400, 421, Sell, ["4.105", "4.05", "4.00"]),
        ("ZZZZ", 400, 430, Buy, ["4.15", "4.30", "4.30"]),
        ("ZZZZ", 100, 115, Sell, ["1.075", "1.00", "1.00"]),
        // The step is that of the price itself, not of the mid.
        ("AAPL", 288, 308, Buy, ["2.98", "3.05", "3.08"]),
        ("AAPL", 292, 312, Sell, ["3.02", "2.97", "2.92"]),
        ("SPY", 500, 500, Buy, ["5.00", "5.00", "5.00"]),
    ] {
        let found = prices(&quote(root, bid, ask), side).map(|price| price.to_string());
        assert_eq!(found, expected, "{root} {bid} / {ask} {side:?}");
    }
}

#[test]
fn steps_widen_at_three_dollars_but_for_the_most_traded_classes() {
    for (root, below, from) in [("QQQ", 1, 1), ("MSFT", 1, 5), ("BRKB", 5, 10)] {
        let class = TickClass::of(root);
        let ticks = [299, 300].map(|cents| class.tick(Price::cents(cents)));
        assert_eq!(
            ticks,
            [below, from].map(|cents| Decimal::new(cents, 2)),
            "{root}"
        );
    }
}

#[test]
fn a_fill_holds_the_quote_that_it_was_read_from() {
    let quote = quote("SPY", 100, 120);
    let now = utc(RECEIVED_AT) + TimeDelta::milliseconds(1_250);
    for (side, worst) in [(Side::Buy, 120), (Side::Sell, 100)] {
        let model = FillModel::MidPlusFraction;
        let found = fill(&quote, side, model, &TradingRules::default(), now).unwrap();
        let basis = FillBasis::Quote {
            model,
            quote: quote.clone(),
            quote_age_ms: 1_250,
            mid: Price::cents(110),
            worst: Price::cents(worst),
        };
        assert_eq!(found.basis, basis);
    }
}

#[test]
fn exits_by_the_stop_may_have_their_own_model() {
    let rules = TradingRules {
        fill_model: FillModel::Mid,
        stop_fill_model: FillModel::Touch,
        ..TradingRules::default()
    };
    for (exit, expected) in [
        (None, FillModel::Mid),
        (Some(ExitReason::ProfitTarget), FillModel::Mid),
        (Some(ExitReason::MinDteExit), FillModel::Mid),
        (Some(ExitReason::ExitAlert), FillModel::Mid),
        (Some(ExitReason::StopLoss), FillModel::Touch),
    ] {
        assert_eq!(model_for(&rules, exit), expected, "{exit:?}");
    }
}

#[test]
fn nothing_fills_on_a_quote_that_supports_no_price() {
    for (bid, ask, age_ms, expected) in [
        (100, 120, 60_000, None),
        (
            100,
            120,
            60_001,
            Some("the quote is 60001 ms old; at most 60000 ms are allowed"),
        ),
        (
            120,
            119,
            0,
            Some("the quote is crossed: bid 1.20, ask 1.19"),
        ),
        (
            0,
            5,
            0,
            Some("the quote has one side only: bid 0.00, ask 0.05"),
        ),
        (
            100,
            0,
            0,
            Some("the quote has one side only: bid 1.00, ask 0.00"),
        ),
        (
            0,
            0,
            0,
            Some("the quote has one side only: bid 0.00, ask 0.00"),
        ),
    ] {
        let now = utc(RECEIVED_AT) + TimeDelta::milliseconds(age_ms);
        for (side, model) in [Side::Buy, Side::Sell].into_iter().zip(MODELS) {
            let rules = TradingRules::default();
            let found = fill(&quote("SPY", bid, ask), side, model, &rules, now);
            let refusal = found.err().map(|refusal| refusal.to_string());
            assert_eq!(refusal.as_deref(), expected, "{bid} / {ask}, {age_ms} ms");
        }
    }
}

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
