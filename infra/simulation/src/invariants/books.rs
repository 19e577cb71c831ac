//! The books: each engine's risk item is the sum of what is open and pending, and its cash is
//! what all fills and fees left of the capital.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{OrderState, Position, PositionState, Purpose, Side, Trade};
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::{Facts, Findings, Violation};

/// A book's item, as its attributes say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookItem {
    /// What is left of the capital.
    pub cash_usd: Decimal,
    /// Open and pending positions.
    pub open_count: i64,
    /// Their premium.
    pub exposure_usd: Decimal,
    /// The part of it that isn't paid yet.
    pub pending_usd: Decimal,
    /// Open and pending positions by symbol; none where there are none.
    pub count_by_symbol: BTreeMap<String, i64>,
    /// The date on which entries are stopped.
    pub loss_halt: Option<NaiveDate>,
    /// Since when entries are stopped by hand; one that doesn't say since ever.
    pub halted_at: Option<DateTime<Utc>>,
}

impl BookItem {
    /// Reads an item as `DynamoDB` writes it in JSON.
    pub fn of(item: &Json) -> Self {
        let number = |value: &Json| value["N"].as_str().and_then(|text| text.parse().ok());
        let usd = |name: &str| number(&item[name]).unwrap_or_default();
        let count = |value: &Json| {
            value["N"]
                .as_str()
                .and_then(|text| text.parse::<i64>().ok())
        };
        let counts = item
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| {
                let symbol = name.strip_prefix("count#")?;
                Some((symbol.to_owned(), count(value)?))
            });
        let halt = item["loss_halt"]["S"].as_str();
        let halted_at = item["halt"]["M"]["at"]["S"].as_str();
        let halted_at = halted_at.and_then(|text| text.parse().ok());
        Self {
            cash_usd: usd("cash_usd"),
            open_count: count(&item["open_count"]).unwrap_or_default(),
            exposure_usd: usd("exposure_usd"),
            pending_usd: usd("pending_usd"),
            count_by_symbol: counts.filter(|(_, count)| *count != 0).collect(),
            loss_halt: halt.and_then(|text| text.parse().ok()),
            halted_at: (!item["halt"].is_null()).then(|| halted_at.unwrap_or_default()),
        }
    }
}

pub(super) fn violations(facts: &Facts, capital: Decimal) -> Vec<Violation> {
    let mut findings = Findings::of("books");
    for (engine, book) in &facts.books {
        let counted = BookItem {
            loss_halt: book.loss_halt,
            halted_at: book.halted_at,
            ..recount(facts, engine, capital)
        };
        findings.expect(*book == counted, || {
            format!("engine {engine}: the book says {book:?}, a recount {counted:?}")
        });
        let (equity, expected) = equity(facts, engine, book, capital);
        findings.expect(equity == expected, || {
            format!("engine {engine}: cash and marks are {equity}, capital and results {expected}")
        });
    }
    findings.close()
}

/// The book as the orders, positions and trades make it.
fn recount(facts: &Facts, engine: &str, capital: Decimal) -> BookItem {
    let mut book = BookItem {
        cash_usd: capital,
        ..BookItem::default()
    };
    let of_engine = |position: &Position| position.engine.to_string() == engine;
    let held = facts
        .positions
        .iter()
        .filter(|position| of_engine(position));
    for position in held.filter(|position| !is_closed(position)) {
        book.open_count += 1;
        book.exposure_usd += position.exposure_usd.0;
        *book
            .count_by_symbol
            .entry(position.symbol.to_string())
            .or_default() += 1;
    }
    for order in facts
        .orders
        .iter()
        .filter(|order| order.engine.to_string() == engine)
    {
        if let (OrderState::PendingExecution, Purpose::Entry { reserved_usd, .. }) =
            (&order.state, &order.purpose)
        {
            book.open_count += 1;
            book.exposure_usd += reserved_usd.0;
            book.pending_usd += reserved_usd.0;
            *book
                .count_by_symbol
                .entry(order.symbol.to_string())
                .or_default() += 1;
        }
    }
    let own = facts
        .trades
        .iter()
        .filter(|trade| trade.engine.to_string() == engine);
    book.cash_usd += own.map(cash_of).sum::<Decimal>();
    book
}

fn is_closed(position: &Position) -> bool {
    matches!(position.state, PositionState::Closed(_))
}

/// What a trade brings: its price times a hundred shares a contract, less its fees.
fn cash_of(trade: &Trade) -> Decimal {
    let hundreds = Decimal::from(trade.quantity.count()) * Decimal::ONE_HUNDRED;
    let value = trade.fill_price.decimal() * hundreds;
    let paid = match trade.side {
        Side::Buy => -value,
        Side::Sell => value,
    };
    paid - trade.fee_usd.0
}

/// What the engine is worth, by its cash and by its results, where what is held is taken at its
/// entry price both times.
fn equity(facts: &Facts, engine: &str, book: &BookItem, capital: Decimal) -> (Decimal, Decimal) {
    let mut worth = book.cash_usd;
    let mut results = capital;
    let own = facts.positions.iter();
    for position in own.filter(|position| position.engine.to_string() == engine) {
        if let PositionState::Closed(outcome) = &position.state {
            results += outcome.realized.net_usd.0;
        } else {
            worth += position.exposure_usd.0;
            results -= position.entry_fee_usd.0;
        }
    }
    (worth, results)
}
