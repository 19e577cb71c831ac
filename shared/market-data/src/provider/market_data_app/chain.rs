//! Chains, and the contracts and contracts' prices that are parts of chains.

use chrono::{DateTime, Utc};
use domain::quote::{BidAsk, OptionQuote};
use domain::{Greeks, ListedOption, OptionChain, OptionContract, Price};
use serde::Deserialize;

use super::super::answer::Answer;
use super::super::malformed;
use super::super::number::Number;
use super::super::times::{from_s, timeliness_by_age};
use super::super::told::{greeks, not_zero, quoted};
use super::cells::{Column, cell, has_bad_number, number, row_count};
use super::refusals::{Content, accept};
use crate::{Batch, ChainRequest, ContractFilter, MarketError, validation};

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Columns<'a> {
    #[serde(borrow, default)]
    option_symbol: Column<'a>,
    #[serde(borrow, default)]
    updated: Column<'a>,
    #[serde(borrow, default)]
    bid: Column<'a>,
    #[serde(borrow, default)]
    bid_size: Column<'a>,
    #[serde(borrow, default)]
    ask: Column<'a>,
    #[serde(borrow, default)]
    ask_size: Column<'a>,
    #[serde(borrow, default)]
    open_interest: Column<'a>,
    #[serde(borrow, default)]
    volume: Column<'a>,
    #[serde(borrow, default)]
    underlying_price: Column<'a>,
    #[serde(borrow, default)]
    iv: Column<'a>,
    #[serde(borrow, default)]
    delta: Column<'a>,
    #[serde(borrow, default)]
    gamma: Column<'a>,
    #[serde(borrow, default)]
    theta: Column<'a>,
    #[serde(borrow, default)]
    vega: Column<'a>,
}

impl<'a> Columns<'a> {
    /// The columns of an answer and how many rows they have; none where there is nothing.
    fn of(answer: &'a Answer) -> Result<(Self, usize), MarketError> {
        if accept(answer)? == Content::Nothing {
            return Ok((Self::default(), 0));
        }
        let columns: Self = answer.json()?;
        let mut all = vec![&columns.option_symbol];
        all.extend(columns.numbers());
        let count = row_count(answer, &all)?;
        Ok((columns, count))
    }

    fn numbers(&self) -> [&Column<'a>; 13] {
        [
            &self.updated,
            &self.bid,
            &self.bid_size,
            &self.ask,
            &self.ask_size,
            &self.open_interest,
            &self.volume,
            &self.underlying_price,
            &self.iv,
            &self.delta,
            &self.gamma,
            &self.theta,
            &self.vega,
        ]
    }

    fn contract(&self, row: usize) -> Option<OptionContract> {
        OptionContract::parse(cell(&self.option_symbol, row)?.text()?).ok()
    }

    fn updated_at(&self, row: usize) -> Option<DateTime<Utc>> {
        from_s(number(&self.updated, row)?.whole()?)
    }

    fn price(column: &Column<'a>, row: usize) -> Option<Price> {
        number(column, row)?.price()
    }

    fn sides(&self, row: usize) -> Option<BidAsk> {
        Some(BidAsk {
            bid: Self::price(&self.bid, row)?,
            ask: Self::price(&self.ask, row)?,
        })
    }

    fn sizes(&self, row: usize) -> (u32, u32) {
        let size = |column| number(column, row).and_then(Number::size).unwrap_or(0);
        (size(&self.bid_size), size(&self.ask_size))
    }

    fn greeks(&self, row: usize) -> Option<Greeks> {
        let columns = [&self.delta, &self.gamma, &self.theta, &self.vega];
        greeks(columns.map(|column| number(column, row)), None)
    }
}

/// The standard contracts that a filter admits, in order.
pub fn contracts(
    answer: &Answer,
    filter: &ContractFilter,
) -> Result<Vec<OptionContract>, MarketError> {
    let (columns, count) = Columns::of(answer)?;
    let read: Vec<OptionContract> = (0..count).filter_map(|row| columns.contract(row)).collect();
    if read.is_empty() && count > 0 {
        return Err(malformed(answer.provider, "no contract of it can be read"));
    }
    let mut admitted: Vec<OptionContract> = read
        .into_iter()
        .filter(|contract| filter.admits(contract))
        .collect();
    admitted.sort_unstable();
    admitted.dedup();
    Ok(admitted)
}

/// The prices of the contracts of a part of a chain.
pub fn option_quotes(answer: &Answer) -> Result<Batch<OptionContract, OptionQuote>, MarketError> {
    let (columns, count) = Columns::of(answer)?;
    let quotes = (0..count).filter_map(|row| {
        let contract = columns.contract(row)?;
        let quote = option_quote(answer, &columns, row, &contract);
        Some((contract, quote))
    });
    Ok(quotes.collect())
}

fn option_quote(
    answer: &Answer,
    columns: &Columns<'_>,
    row: usize,
    contract: &OptionContract,
) -> Result<OptionQuote, MarketError> {
    let read = columns.sides(row).zip(columns.updated_at(row));
    let (sides, at) = read.ok_or_else(|| {
        let detail = format!("a quote without a side or a time ({contract})");
        malformed(answer.provider, detail)
    })?;
    let (bid_size, ask_size) = columns.sizes(row);
    validation::option_quote(OptionQuote {
        contract: contract.clone(),
        sides,
        bid_size,
        ask_size,
        provenance: answer.provenance(at, timeliness_by_age(at, answer.received_at)),
    })
}

/// The chain, in order. One bad row costs itself only, and is counted.
pub fn chain(answer: &Answer, request: &ChainRequest) -> Result<OptionChain, MarketError> {
    let (columns, count) = Columns::of(answer)?;
    let mut options = Vec::with_capacity(count);
    let (mut refused, mut underlying_price) = (0, None);
    for row in 0..count {
        match listed(&columns, row) {
            None => refused += 1,
            Some(option) if request.admits(&option.contract) => {
                let price = Columns::price(&columns.underlying_price, row);
                underlying_price = underlying_price.or(price.filter(|price| !price.is_zero()));
                options.push(option);
            }
            Some(_) => {}
        }
    }
    let newest = options.iter().filter_map(|option| option.quoted_at).max();
    let at = newest.unwrap_or(answer.received_at);
    Ok(validation::chain(OptionChain {
        underlying: request.underlying.clone(),
        underlying_price,
        options,
        refused,
        provenance: answer.provenance(at, timeliness_by_age(at, answer.received_at)),
    }))
}

/// What is known of a row's contract; nothing where something stands in it that is no number.
fn listed(columns: &Columns<'_>, row: usize) -> Option<ListedOption> {
    if has_bad_number(&columns.numbers(), row) {
        return None;
    }
    let contract = columns.contract(row)?;
    let sides = columns.sides(row).and_then(quoted);
    let (bid_size, ask_size) = sides.map_or((0, 0), |_| columns.sizes(row));
    Some(ListedOption {
        contract,
        sides,
        bid_size,
        ask_size,
        quoted_at: sides.and_then(|_| columns.updated_at(row)),
        implied_volatility: number(&columns.iv, row).and_then(not_zero),
        greeks: columns.greeks(row),
        open_interest: number(&columns.open_interest, row).and_then(Number::count),
        volume: number(&columns.volume, row).and_then(Number::count),
    })
}
