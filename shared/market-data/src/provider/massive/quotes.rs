//! Prices of stocks and contracts, from Massive's snapshots of many names. Rows are matched by
//! name, never by place.

use chrono::{DateTime, Utc};
use domain::calendar::last_session;
use domain::quote::{BidAsk, OptionQuote, QuoteBasis, StockQuote, Timeliness};
use domain::{OptionContract, Price, Symbol};
use serde_json::value::RawValue;

use super::super::answer::Answer;
use super::super::{malformed, unknown};
use super::Paged;
use super::bars::LATENESS;
use super::contracts::contract;
use super::refusals::page;
use super::wire::{LastQuote, Named, RowFault, RowMarket, Snapshot, timeliness};
use crate::{Batch, MarketError, validation};

type BatchPage<K, V> = Result<Paged<Batch<K, V>>, MarketError>;

/// The stocks' prices on a page.
pub fn stock_quotes_page(answer: &Answer) -> BatchPage<Symbol, StockQuote> {
    // A colon marks what is no stock, and a symbol's parser would drop what stands before it.
    let key = |ticker: &str| Symbol::parse(ticker).ok().filter(|_| !ticker.contains(':'));
    batch_page(answer, key, |symbol, row| stock_quote(answer, symbol, row))
}

/// The contracts' prices on a page.
pub fn option_quotes_page(answer: &Answer) -> BatchPage<OptionContract, OptionQuote> {
    batch_page(answer, contract, |contract, row| {
        option_quote(answer, contract, row)
    })
}

/// All pages as one batch.
pub(super) fn together<K: Ord, V>(pages: Vec<Batch<K, V>>) -> Batch<K, V> {
    let mut all = Batch::default();
    for mut page in pages {
        all.found.append(&mut page.found);
        all.failed.append(&mut page.failed);
    }
    all
}

fn batch_page<K: Ord + ToString, V>(
    answer: &Answer,
    key_of: impl Fn(&str) -> Option<K>,
    value_of: impl Fn(&K, &Snapshot) -> Result<V, MarketError>,
) -> BatchPage<K, V> {
    let page = page(answer, "what was asked for")?;
    let keyed = page.rows().iter().filter_map(|row| {
        let named: Named<'_> = serde_json::from_str(row.get()).ok()?;
        let key = key_of(&named.ticker)?;
        let value = snapshot(answer, &key, row).and_then(|row| value_of(&key, &row));
        Some((key, value))
    });
    Ok(Paged {
        content: keyed.collect(),
        next_url: page.next_url,
    })
}

/// A row, unless it is one that tells what is wrong with its name.
fn snapshot(answer: &Answer, key: &impl ToString, row: &RawValue) -> Result<Snapshot, MarketError> {
    let fault =
        |detail: &str| malformed(answer.provider, format!("{detail} ({})", key.to_string()));
    let snapshot: Snapshot =
        serde_json::from_str(row.get()).map_err(|_| fault("a snapshot of another shape"))?;
    match snapshot.error {
        None => Ok(snapshot),
        Some(RowFault::NotFound) => Err(unknown(answer.provider, key.to_string())),
        Some(RowFault::NotEntitled) => Err(answer.not_entitled()),
        Some(RowFault::Other) => Err(fault("a snapshot with an error")),
    }
}

/// A price that stands for both sides, where the plan has no better one.
struct OnePrice {
    price: Price,
    at: DateTime<Utc>,
    timeliness: Timeliness,
}

fn stock_quote(
    answer: &Answer,
    symbol: &Symbol,
    row: &Snapshot,
) -> Result<StockQuote, MarketError> {
    let of_sides = row.last_quote.as_ref().and_then(|quote| {
        let (sides, at) = (quote.sides()?, quote.at()?);
        let timeliness = quote.timeliness(at, answer.received_at);
        Some((sides, QuoteBasis::Sides, at, timeliness))
    });
    let of_one = || {
        let one = traded(answer, row).or_else(|| of_session(answer, row))?;
        let sides = BidAsk {
            bid: one.price,
            ask: one.price,
        };
        Some((sides, QuoteBasis::OnePrice, one.at, one.timeliness))
    };
    // Without any price the plan has none for this stock.
    let (sides, basis, at, timeliness) = of_sides
        .or_else(of_one)
        .ok_or_else(|| answer.not_entitled())?;
    validation::stock_quote(StockQuote {
        symbol: symbol.clone(),
        sides,
        basis,
        provenance: answer.provenance(at, timeliness),
    })
}

/// The last trade's price.
fn traded(answer: &Answer, row: &Snapshot) -> Option<OnePrice> {
    let trade = row.last_trade.as_ref()?;
    let at = trade.at()?;
    Some(OnePrice {
        price: trade.price?.price()?,
        at,
        timeliness: timeliness(trade.timeframe, at, answer.received_at),
    })
}

/// The session's price, of which no time is told. No plan without trades is in real time, so it
/// is as old as those plans' prices are, and no newer than the last close where trading is over.
fn of_session(answer: &Answer, row: &Snapshot) -> Option<OnePrice> {
    let price = row.session.as_ref()?.last_price()?.price()?;
    let newest = answer.received_at - LATENESS;
    let at = if row.market_status == Some(RowMarket::Closed) {
        last_session(newest).close
    } else {
        newest
    };
    Some(OnePrice {
        price,
        at,
        timeliness: Timeliness::Delayed,
    })
}

fn option_quote(
    answer: &Answer,
    contract: &OptionContract,
    row: &Snapshot,
) -> Result<OptionQuote, MarketError> {
    let quote: &LastQuote = row
        .last_quote
        .as_ref()
        .ok_or_else(|| answer.not_entitled())?;
    let (sides, at) = quote.sides().zip(quote.at()).ok_or_else(|| {
        malformed(
            answer.provider,
            format!("a quote without a side or a time ({contract})"),
        )
    })?;
    let (bid_size, ask_size) = quote.sizes();
    validation::option_quote(OptionQuote {
        contract: contract.clone(),
        sides,
        bid_size,
        ask_size,
        provenance: answer.provenance(at, quote.timeliness(at, answer.received_at)),
    })
}
