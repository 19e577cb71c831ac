//! Alpaca's adapter against servers on this machine that answer as Alpaca does.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod candles;
mod chain;
mod clock;
mod contracts;
mod faults;
mod mutations;
mod quotes;
mod refusals;
#[path = "../wire/mod.rs"]
mod wire;

use std::sync::Arc;
use std::time::Duration;

use market_data::ContractFilter;
use market_data::provider::alpaca::{Alpaca, AlpacaSettings, OptionFeed, StockFeed};
use reqwest::Url;
use secrecy::SecretString;
use wire::{Notes, http, key, notes, symbol};
use wiremock::MockServer;

const KEY_ID: &str = "PK-OUR-KEY-ID";

/// Settings under which both hosts are this server.
fn settings(base: &Url) -> AlpacaSettings {
    AlpacaSettings {
        data_url: base.clone(),
        trading_url: base.clone(),
        ..AlpacaSettings::default()
    }
}

fn with(settings: AlpacaSettings, notes: &Arc<Notes>) -> Alpaca {
    let key_id = SecretString::from(KEY_ID);
    Alpaca::new(key_id, key(), settings, &http(), &notes.gate()).unwrap()
}

/// Alpaca as this server plays it.
fn alpaca(server: &MockServer) -> Alpaca {
    alpaca_at(&wire::base(server))
}

fn alpaca_at(base: &Url) -> Alpaca {
    with(settings(base), &notes())
}

fn alpaca_of_feeds(server: &MockServer, stocks: StockFeed, options: OptionFeed) -> Alpaca {
    let settings = AlpacaSettings {
        stock_feed: stocks,
        option_feed: options,
        ..settings(&wire::base(server))
    };
    with(settings, &notes())
}

fn impatient(base: &Url) -> Alpaca {
    let settings = AlpacaSettings {
        request_timeout: Duration::from_millis(80),
        ..settings(base)
    };
    with(settings, &notes())
}

/// Contracts on Apple of a summer.
fn filter() -> ContractFilter {
    ContractFilter {
        underlying: symbol("AAPL"),
        expires_from: "2026-06-24".parse().unwrap(),
        expires_to: "2026-08-31".parse().unwrap(),
        right: None,
    }
}

/// So many names of contracts, in order.
fn contract_names(count: u32) -> Vec<String> {
    (0..count)
        .map(|number| format!("AAPL260717C{:08}", 100_000 + number * 500))
        .collect()
}
