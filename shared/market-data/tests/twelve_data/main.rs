//! Twelve Data's adapter against servers on this machine that answer as Twelve Data does.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod candles;
mod clock;
mod faults;
mod mutations;
mod quotes;
mod refusals;
#[path = "../wire/mod.rs"]
mod wire;

use std::sync::Arc;
use std::time::Duration;

use market_data::provider::twelve_data::{TwelveData, TwelveDataSettings};
use reqwest::Url;
use wire::{Notes, base, http, key, notes};
use wiremock::MockServer;

fn with(base_url: Url, request_timeout: Duration, notes: &Arc<Notes>) -> TwelveData {
    let settings = TwelveDataSettings {
        base_url,
        request_timeout,
        ..TwelveDataSettings::default()
    };
    TwelveData::new(key(), settings, &http(), &notes.gate()).unwrap()
}

/// Twelve Data as this server plays it.
fn twelve_data(server: &MockServer) -> TwelveData {
    with(base(server), Duration::from_secs(3), &notes())
}
