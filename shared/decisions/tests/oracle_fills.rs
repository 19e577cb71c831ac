//! Reference fills: bid, ask, side, model and class of ticks give one price, or no fill.

#[cfg(test)]
mod common;

use std::collections::HashMap;

use common::{RECEIVED_AT, option_quote, utc};
use decisions::fills::{NoFill, fill, model_for};
use decisions::ticks::TickClass;
use domain::quote::BidAsk;
use domain::settings::TradingRules;
use domain::{FillModel, Price, Side};
use rust_decimal::Decimal;

/// One row of the reference, by column name.
type Row = HashMap<String, String>;

#[test]
fn every_fill_has_the_reference_price() {
    let rows = read_rows("8_fills_fees/fills.csv");
    assert!(!rows.is_empty(), "the file has no rows");
    let failures: Vec<_> = rows.iter().filter_map(difference).collect();
    let (failed, read) = (failures.len(), rows.len());
    assert_eq!(
        failed,
        0,
        "{failed} of {read} rows:\n{}",
        failures.join("\n")
    );
}

/// What is wrong with our answer to a row.
fn difference(row: &Row) -> Option<String> {
    let ours = priced(row).map(|price| price.decimal());
    let theirs = row["fill_price"].parse::<Decimal>();
    let same = match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => ours == theirs,
        // The reference leaves the price of a crossed quote out.
        (Err(NoFill::Crossed { .. }), Err(_)) => row["fill_price"].is_empty(),
        _ => false,
    };
    (!same).then(|| format!("ours is {ours:?} in {row:?}"))
}

/// Our price for a row.
fn priced(row: &Row) -> Result<Price, NoFill> {
    let now = utc(RECEIVED_AT);
    let sides = BidAsk {
        bid: price(row, "bid"),
        ask: price(row, "ask"),
    };
    let name = format!("{}260702C00600000", root_of(&row["tick_class"]));
    let quote = option_quote(&name, sides, now);
    let rules = rules_of(row);
    let filled = fill(&quote, side_of(row), model_for(&rules, None), &rules, now)?;
    Ok(filled.price)
}

fn price(row: &Row, column: &str) -> Price {
    Price::new(row[column].parse().unwrap()).unwrap()
}

fn side_of(row: &Row) -> Side {
    match row["side"].as_str() {
        "buy" => Side::Buy,
        "sell" => Side::Sell,
        other => panic!("no side: {other}"),
    }
}

/// The reference rounds its mid against the trader, which ours does with no share of the spread:
/// the mid that we fill at by default is the exact one, as the requirements have it.
fn rules_of(row: &Row) -> TradingRules {
    let (fill_model, fill_fraction) = match row["model"].as_str() {
        "touch" => (FillModel::Touch, Decimal::ZERO),
        "mid" => (FillModel::MidPlusFraction, Decimal::ZERO),
        "mid_plus_fraction" => (FillModel::MidPlusFraction, row["fraction"].parse().unwrap()),
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

fn read_rows(file: &str) -> Vec<Row> {
    let path = format!("{}/{file}", reference_dir());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut lines = text.lines();
    let columns: Vec<_> = lines.next().unwrap_or_default().split(',').collect();
    lines.map(|line| read_row(&columns, line)).collect()
}

fn read_row(columns: &[&str], line: &str) -> Row {
    let cells: Vec<_> = line.split(',').collect();
    assert_eq!(
        cells.len(),
        columns.len(),
        "a row of another length: {line}"
    );
    let named = columns.iter().zip(cells);
    named
        .map(|(column, cell)| ((*column).to_owned(), cell.to_owned()))
        .collect()
}

/// `ORACLE_DIR`, so that other files of the same shape can be checked; else our own.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is configured by its environment alone"
)]
fn reference_dir() -> String {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/oracle");
    std::env::var("ORACLE_DIR").unwrap_or_else(|_| ours.to_owned())
}
