//! Our answer to each row, and the reference's: price, fees, and what an order moves in cash.

use decisions::fills::{NoFill, fill, model_for};
use decisions::ticks::TickClass;
use domain::quote::BidAsk;
use domain::settings::TradingRules;
use domain::{Contracts, FillModel, Price, Side, Usd};
use reference_answers::{Row, check_every_row};
use rust_decimal::Decimal;

use crate::common::{RECEIVED_AT, option_quote, utc};

const FILLS: &str = "8_fills_fees/fills.csv";

#[test]
fn every_fill_has_the_reference_price() {
    check_every_row(FILLS, |row| {
        let ours = priced(row).map(Price::decimal);
        difference(row, "fill_price", &ours)
    });
}

#[test]
fn every_order_has_the_reference_fees() {
    let fees = schedule();
    check_every_row(FILLS, |row| {
        let ours = priced(row).map(|price| fee(&fees, row, price).0);
        difference(row, "total_fee", &ours)
    });
}

#[test]
fn every_order_moves_the_reference_cash() {
    let fees = schedule();
    check_every_row(FILLS, |row| {
        let moved = |price: Price| {
            let premium = price.value(contracts(row));
            let paid = match side_of(row) {
                Side::Buy => -premium,
                Side::Sell => premium,
            };
            (paid - fee(&fees, row, price)).0
        };
        difference(row, "cash_flow", &priced(row).map(moved))
    });
}

/// What is wrong with our answer to a row, to the last digit.
fn difference(row: &Row, column: &str, ours: &Result<Decimal, NoFill>) -> Vec<String> {
    let theirs: Option<Decimal> = row.maybe(column);
    let same = match (ours, theirs) {
        (Ok(ours), Some(theirs)) => *ours == theirs,
        // The reference leaves out what a crossed quote has no answer for.
        (Err(NoFill::Crossed { .. }), None) => true,
        _ => false,
    };
    let wrong = (!same).then(|| format!("ours is {ours:?}"));
    wrong.into_iter().collect()
}

/// The rates that the reference's fees are by.
fn schedule() -> TradingRules {
    let rates = reference_answers::json("8_fills_fees/fee_schedule.json");
    let rate = |name: &str| rates[name].as_str().unwrap().parse().unwrap();
    TradingRules {
        fee_per_contract_usd: Usd(rate("commission")),
        options_regulatory_fee_usd: Usd(rate("orf")),
        clearing_fee_usd: Usd(rate("occ")),
        audit_trail_fee_usd: Usd(rate("cat")),
        trading_activity_fee_usd: Usd(rate("taf_sell")),
        sec_fee_rate: rate("sec_sell_rate"),
        ..TradingRules::default()
    }
}

fn fee(rules: &TradingRules, row: &Row, price: Price) -> Usd {
    rules.fee(side_of(row), contracts(row), price)
}

fn contracts(row: &Row) -> Contracts {
    Contracts::try_from(row.value::<u32>("contracts")).unwrap()
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
