//! Stocks' prices. Rows are matched by symbol, never by place.

use domain::Symbol;
use domain::quote::{BidAsk, QuoteBasis, StockQuote};
use serde::Deserialize;

use super::super::answer::Answer;
use super::super::malformed;
use super::super::times::{from_s, timeliness_by_age};
use super::cells::{Column, cell, number, row_count};
use super::refusals::{Content, accept};
use crate::{Batch, MarketError, validation};

#[derive(Deserialize)]
struct Columns<'a> {
    #[serde(borrow, default)]
    symbol: Column<'a>,
    #[serde(borrow, default)]
    bid: Column<'a>,
    #[serde(borrow, default)]
    ask: Column<'a>,
    #[serde(borrow, default)]
    mid: Column<'a>,
    #[serde(borrow, default)]
    last: Column<'a>,
    #[serde(borrow, default)]
    updated: Column<'a>,
}

/// The stocks' prices.
pub fn stock_quotes(answer: &Answer) -> Result<Batch<Symbol, StockQuote>, MarketError> {
    if accept(answer)? == Content::Nothing {
        return Ok(Batch::default());
    }
    let it: Columns<'_> = answer.json()?;
    let columns = [&it.symbol, &it.bid, &it.ask, &it.mid, &it.last, &it.updated];
    let count = row_count(answer, &columns)?;
    let quotes = (0..count).filter_map(|row| {
        let symbol = Symbol::parse(cell(&it.symbol, row)?.text()?).ok()?;
        let quote = quote(answer, &it, row, &symbol);
        Some((symbol, quote))
    });
    Ok(quotes.collect())
}

fn quote(
    answer: &Answer,
    columns: &Columns<'_>,
    row: usize,
    symbol: &Symbol,
) -> Result<StockQuote, MarketError> {
    let read = || {
        let at = from_s(number(&columns.updated, row)?.whole()?)?;
        Some((sides(columns, row)?, at))
    };
    let ((sides, basis), at) = read().ok_or_else(|| {
        let detail = format!("a quote without a price or a time ({symbol})");
        malformed(answer.provider, detail)
    })?;
    validation::stock_quote(StockQuote {
        symbol: symbol.clone(),
        sides,
        basis,
        provenance: answer.provenance(at, timeliness_by_age(at, answer.received_at)),
    })
}

/// Both sides, or the one price that is told.
fn sides(columns: &Columns<'_>, row: usize) -> Option<(BidAsk, QuoteBasis)> {
    let price = |column| number(column, row)?.price();
    if let (Some(bid), Some(ask)) = (price(&columns.bid), price(&columns.ask)) {
        return Some((BidAsk { bid, ask }, QuoteBasis::Sides));
    }
    let one = price(&columns.last).or_else(|| price(&columns.mid))?;
    let sides = BidAsk { bid: one, ask: one };
    Some((sides, QuoteBasis::OnePrice))
}
