//! The contract with MarketData.app: what is asked, how answers of its shape are read, and what
//! comes of every way in which it can fail. The servers are on this machine.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod bars;
mod chain;
mod failures;
mod properties;
mod quotes;
#[path = "../wire/mod.rs"]
mod wire;

use std::sync::Arc;
use std::time::Duration;

use market_data::provider::line::Gate;
use market_data::provider::market_data_app::{MarketDataApp, MarketDataAppSettings};
use reqwest::Url;
use wiremock::MockServer;

use wire::{base, chain_request, http, key, notes};

/// Long enough for a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);

fn at_address(base_url: Url, gate: &Arc<dyn Gate>) -> MarketDataApp {
    patient(base_url, gate, PATIENCE)
}

fn patient(base_url: Url, gate: &Arc<dyn Gate>, request_timeout: Duration) -> MarketDataApp {
    let settings = MarketDataAppSettings {
        base_url,
        request_timeout,
    };
    MarketDataApp::new(key(), settings, &http(), gate).unwrap()
}

fn app(server: &MockServer) -> MarketDataApp {
    at_address(base(server), &notes().gate())
}
