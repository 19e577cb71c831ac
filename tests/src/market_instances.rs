//! Instances of the real market over one table: the adapters to stand-ins, through the gate that
//! all instances share. They know of each other by the table only.

use std::sync::Arc;
use std::time::Duration;

use market_data::health::gate::{Limits, SharedGate};
use market_data::provider::alpaca::{Alpaca, AlpacaSettings};
use market_data::provider::line::{Gate, http_client};
use market_data::provider::market_data_app::{MarketDataApp, MarketDataAppSettings};
use market_data::provider::massive::{Massive, MassiveSettings};
use market_data::provider::twelve_data::{TwelveData, TwelveDataSettings};
use market_data::provider::{Provider, ProviderName};
use market_data::{MarketRules, ProviderMarket};
use runtime::{Entropy, SharedClock};
use secrecy::SecretString;
use storage::MarketTable;

use crate::provider_double::ProviderDouble;

/// Requests a minute, in the order in which providers are asked.
pub fn limits(requests_per_minute: [u32; 4]) -> Limits {
    ProviderName::ALL
        .into_iter()
        .zip(requests_per_minute)
        .collect()
}

/// The gate of one instance, which its number tells from others.
pub fn gate(
    table: &MarketTable,
    clock: &SharedClock,
    number: u64,
    limits: &Limits,
) -> Arc<SharedGate> {
    let entropy = Entropy::seeded(number);
    let gate = SharedGate::new(table.clone(), clock.clone(), entropy, limits.clone());
    Arc::new(gate)
}

/// The stand-ins for all four.
pub async fn doubles(clock: &SharedClock) -> Vec<ProviderDouble> {
    let mut doubles = Vec::new();
    for name in ProviderName::ALL {
        doubles.push(ProviderDouble::start(name, clock.clone()).await);
    }
    doubles
}

/// The adapters to these stand-ins, through a gate, with a limit on the time of a request.
pub fn providers(
    doubles: &[ProviderDouble],
    gate: &Arc<dyn Gate>,
    request_timeout: Duration,
) -> Vec<Arc<dyn Provider>> {
    let http = http_client().expect("a client");
    let adapter = |double| adapter(double, &http, gate, request_timeout);
    doubles.iter().map(adapter).collect()
}

fn adapter(
    double: &ProviderDouble,
    http: &reqwest::Client,
    gate: &Arc<dyn Gate>,
    request_timeout: Duration,
) -> Arc<dyn Provider> {
    let base_url: reqwest::Url = double.url().parse().expect("an address");
    let key = || SecretString::from("a-key-for-tests");
    match double.provider() {
        ProviderName::Alpaca => {
            let settings = AlpacaSettings {
                data_url: base_url.clone(),
                trading_url: base_url,
                request_timeout,
                ..AlpacaSettings::default()
            };
            Arc::new(Alpaca::new(key(), key(), settings, http, gate).expect("a key"))
        }
        ProviderName::Massive => {
            let settings = MassiveSettings {
                base_url,
                request_timeout,
            };
            Arc::new(Massive::new(key(), settings, http, gate).expect("a key"))
        }
        ProviderName::MarketData => {
            let settings = MarketDataAppSettings {
                base_url,
                request_timeout,
            };
            Arc::new(MarketDataApp::new(key(), settings, http, gate).expect("a key"))
        }
        ProviderName::TwelveData => {
            let settings = TwelveDataSettings {
                base_url,
                request_timeout,
                ..TwelveDataSettings::default()
            };
            Arc::new(TwelveData::new(key(), settings, http, gate).expect("a key"))
        }
    }
}

/// An instance of the market, with waits that suit stand-ins and a limit on the time of a
/// request.
pub fn instance(
    doubles: &[ProviderDouble],
    gate: &Arc<dyn Gate>,
    clock: &SharedClock,
    table: &MarketTable,
    request_timeout: Duration,
) -> ProviderMarket {
    let rules = MarketRules {
        waits: vec![Duration::from_millis(5), Duration::from_millis(10)],
        ..MarketRules::default()
    };
    let providers = providers(doubles, gate, request_timeout);
    ProviderMarket::new(providers, clock.clone(), rules, Some(table))
}
