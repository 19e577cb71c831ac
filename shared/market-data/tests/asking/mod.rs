//! Asks a market for one thing at a time, and waits for the answer.

use std::future::Future;

use chrono::{DateTime, Utc};
use domain::quote::{OptionQuote, StockQuote};
use domain::{OptionContract, Symbol};
use market_data::{ContractFilter, Market, MarketError};

pub(crate) fn answer<F: Future>(question: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(question)
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

pub(crate) fn quote(
    market: &impl Market,
    name: &str,
    now: DateTime<Utc>,
) -> Result<StockQuote, MarketError> {
    let key = symbol(name);
    let mut batch = answer(market.quotes(std::slice::from_ref(&key), now.into())).unwrap();
    batch
        .found
        .remove(&key)
        .ok_or_else(|| batch.failed.remove(&key).unwrap())
}

pub(crate) fn option_quote(
    market: &impl Market,
    key: &OptionContract,
    now: DateTime<Utc>,
) -> Result<OptionQuote, MarketError> {
    let mut batch = answer(market.option_quotes(std::slice::from_ref(key), now.into())).unwrap();
    batch
        .found
        .remove(key)
        .ok_or_else(|| batch.failed.remove(key).unwrap())
}

/// All contracts that are listed on a stock.
pub(crate) fn listed(market: &impl Market, name: &str, now: DateTime<Utc>) -> Vec<OptionContract> {
    let filter = ContractFilter {
        underlying: symbol(name),
        expires_from: "2000-01-01".parse().unwrap(),
        expires_to: "2099-12-31".parse().unwrap(),
        right: None,
    };
    answer(market.contracts(&filter, now.into())).unwrap()
}
