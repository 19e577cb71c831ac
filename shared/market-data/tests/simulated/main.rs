//! The simulated market as its users see it: through the trait.
#![cfg(test)]

#[path = "../asking/mod.rs"]
mod asking;
mod candles;
mod hours;
mod listing;
mod options;
mod quotes;

use asking::{answer, at, listed, option_quote, quote, symbol};
use chrono::NaiveDate;
use domain::quote::StockQuote;
use domain::{OptionContract, OptionRight, Price};
use market_data::{SimulatedHours, SimulatedMarket};

const DEFAULT_SYMBOLS: [&str; 10] = [
    "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "AMZN", "META", "GOOGL", "TSLA",
];

fn always_open(seed: u64) -> SimulatedMarket {
    SimulatedMarket::new(seed, SimulatedHours::AlwaysOpen)
}

fn nyse(seed: u64) -> SimulatedMarket {
    SimulatedMarket::new(seed, SimulatedHours::Nyse)
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn contract(root: &str, expiration: &str, right: OptionRight, strike_cents: u32) -> OptionContract {
    OptionContract::new(root, date(expiration), right, Price::cents(strike_cents)).unwrap()
}

fn mid_usd(quote: &StockQuote) -> f64 {
    quote.sides.mid().to_f64()
}
