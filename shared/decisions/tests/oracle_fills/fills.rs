//! Our answer to each row, and the reference's.

use decisions::fills::{NoFill, fill, model_for};
use decisions::ticks::TickClass;
use domain::quote::BidAsk;
use domain::settings::TradingRules;
use domain::{FillModel, Price, Side};
use reference_answers::{Row, check_every_row};
use rust_decimal::Decimal;

use crate::common::{RECEIVED_AT, option_quote, utc};

#[test]
fn every_fill_has_the_reference_price() {
    check_every_row("8_fills_fees/fills.csv", |row| {
        difference(row).into_iter().collect()
    });
}

/// What is wrong with our answer to a row.
fn difference(row: &Row) -> Option<String> {
    let ours = priced(row).map(Price::decimal);
    let theirs: Option<Decimal> = row.maybe("fill_price");
    let same = match (&ours, theirs) {
        (Ok(ours), Some(theirs)) => *ours == theirs,
        // The reference leaves the price of a crossed quote out.
        (Err(NoFill::Crossed { .. }), None) => true,
        _ => false,
    };
    (!same).then(|| format!("ours is {ours:?}"))
}

/// Our price for a row.
fn priced(row: &Row) -> Result<Price, NoFill> {
    let now = utc(RECEIVED_AT);
    let sides = BidAsk {
        bid: price(row, "bid"),
        ask: price(row, "ask"),
    };
    let name = format!("{}260702C00600000", root_of(row.text("tick_class")));
    let quote = option_quote(&name, sides, now);
    let rules = rules_of(row);
    let filled = fill(&quote, side_of(row), model_for(&rules, None), &rules, now)?;
    Ok(filled.price)
}

fn price(row: &Row, column: &str) -> Price {
    Price::new(row.value(column)).unwrap()
}

fn side_of(row: &Row) -> Side {
    match row.text("side") {
        "buy" => Side::Buy,
        "sell" => Side::Sell,
        other => panic!("no side: {other}"),
    }
}

/// The reference rounds its mid against the trader, which ours does with no share of the spread:
/// the mid that we fill at by default is the exact one, as the requirements have it.
fn rules_of(row: &Row) -> TradingRules {
    let (fill_model, fill_fraction) = match row.text("model") {
        "touch" => (FillModel::Touch, Decimal::ZERO),
        "mid" => (FillModel::MidPlusFraction, Decimal::ZERO),
        "mid_plus_fraction" => (FillModel::MidPlusFraction, row.value("fraction")),
        other => panic!("no model: {other}"),
    };
    TradingRules {
        fill_model,
        fill_fraction,
        ..TradingRules::default()
    }
}

/// A class of options that trades in these steps.
fn root_of(tick_class: &str) -> &'static str {
    let (root, class) = match tick_class {
        "penny_all" => ("SPY", TickClass::PennyAll),
        "penny" => ("AAPL", TickClass::Penny),
        "nickel" => ("ZZZZ", TickClass::Nickel),
        other => panic!("no class of ticks: {other}"),
    };
    assert_eq!(TickClass::of(root), class);
    root
}
