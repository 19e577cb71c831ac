//! What is kept, for how long, and that one question at a time is asked. The market table's part
//! is tested with the other tables.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod ends;
mod flights;

use chrono::{DateTime, TimeDelta, Utc};
use domain::quote::{BidAsk, Provenance, QuoteBasis, StockQuote, Timeliness};
use domain::{Price, Symbol};
use market_data::Batch;
use market_data::cache::{Cache, Kind};

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

pub(crate) fn provenance(at: DateTime<Utc>) -> Provenance {
    Provenance {
        provider: "somebody".to_owned(),
        timeliness: Timeliness::RealTime,
        at,
        received_at: at,
    }
}

pub(crate) fn quote(symbol: &Symbol, cents: u32) -> StockQuote {
    StockQuote {
        symbol: symbol.clone(),
        sides: BidAsk {
            bid: Price::cents(cents),
            ask: Price::cents(cents + 1),
        },
        basis: QuoteBasis::Sides,
        provenance: provenance(at("2026-06-24T14:00:00Z")),
    }
}

/// Every symbol's quote, at a price.
pub(crate) fn quotes(symbols: Vec<Symbol>, cents: u32) -> Batch<Symbol, StockQuote> {
    symbols
        .into_iter()
        .map(|symbol| (symbol.clone(), Ok(quote(&symbol, cents))))
        .collect()
}

pub(crate) fn quote_cache(kept_s: i64) -> Cache<Symbol> {
    Cache::new(Kind::Quotes(TimeDelta::seconds(kept_s)), None)
}
