//! The simulated market as its users see it: through the trait.
#![cfg(test)]

mod candles;
mod hours;
mod listing;
mod options;
mod quotes;

use std::future::Future;

use chrono::{DateTime, NaiveDate, Utc};
use domain::quote::{OptionQuote, StockQuote};
use domain::{OptionContract, OptionRight, Price, Symbol};
use market_data::{ContractFilter, Market, MarketError, SimulatedHours, SimulatedMarket};

const DEFAULT_SYMBOLS: [&str; 10] = [
    "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA",
];

fn answer<F: Future>(question: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(question)
}

fn always_open(seed: u64) -> SimulatedMarket {
    SimulatedMarket::new(seed, SimulatedHours::AlwaysOpen)
}

fn nyse(seed: u64) -> SimulatedMarket {
    SimulatedMarket::new(seed, SimulatedHours::Nyse)
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

fn contract(root: &str, expiration: &str, right: OptionRight, strike_cents: u32) -> OptionContract {
    OptionContract::new(root, date(expiration), right, Price::cents(strike_cents)).unwrap()
}

fn quote(market: &impl Market, name: &str, now: DateTime<Utc>) -> Result<StockQuote, MarketError> {
    let key = symbol(name);
    let mut batch = answer(market.quotes(std::slice::from_ref(&key), now)).unwrap();
    batch
        .found
        .remove(&key)
        .ok_or_else(|| batch.failed.remove(&key).unwrap())
}

fn option_quote(
    market: &impl Market,
    key: &OptionContract,
    now: DateTime<Utc>,
) -> Result<OptionQuote, MarketError> {
    let mut batch = answer(market.option_quotes(std::slice::from_ref(key), now)).unwrap();
    batch
        .found
        .remove(key)
        .ok_or_else(|| batch.failed.remove(key).unwrap())
}

/// All contracts that are listed on a stock.
fn listed(market: &impl Market, name: &str, now: DateTime<Utc>) -> Vec<OptionContract> {
    let filter = ContractFilter {
        underlying: symbol(name),
        expires_from: date("2000-01-01"),
        expires_to: date("2099-12-31"),
        right: None,
    };
    answer(market.contracts(&filter, now)).unwrap()
}

fn mid_usd(quote: &StockQuote) -> f64 {
    quote.sides.mid().to_f64()
}
