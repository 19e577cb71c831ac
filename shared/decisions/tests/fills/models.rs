//! What each model makes of a quote, and which quotes it refuses.

use chrono::TimeDelta;
use decisions::fills::{fill, model_for};
use decisions::ticks::TickClass;
use domain::settings::TradingRules;
use domain::{ExitReason, FillBasis, FillModel, Price, Side};
use rust_decimal::Decimal;

use crate::common::{RECEIVED_AT, utc};
use crate::quotes::{MODELS, prices, quote};

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
