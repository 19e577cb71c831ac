//! Instances of the market over one table.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
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
use system_tests::provider_double::ProviderDouble;

/// How long a request may take: stand-ins are near.
const REQUEST_TIMEOUT: Duration = Duration::from_millis(400);

pub(crate) fn limits(requests_per_minute: [u32; 4]) -> Limits {
    ProviderName::ALL.into_iter().zip(requests_per_minute).collect()
}

pub(crate) fn gate(
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
pub(crate) async fn doubles(clock: &SharedClock) -> Vec<ProviderDouble> {
    let mut doubles = Vec::new();
    for name in ProviderName::ALL {
        doubles.push(ProviderDouble::start(name, clock.clone()).await);
    }
    doubles
}

/// The adapters to these stand-ins, through a gate.
pub(crate) fn providers(doubles: &[ProviderDouble], gate: &Arc<dyn Gate>) -> Vec<Arc<dyn Provider>> {
    let http = http_client().unwrap();
    let key = || SecretString::from("a-key-for-tests");
    let adapter = |double: &ProviderDouble| -> Arc<dyn Provider> {
        let base_url: reqwest::Url = double.url().parse().unwrap();
        let request_timeout = REQUEST_TIMEOUT;
        match double.provider() {
            ProviderName::Alpaca => {
                let settings = AlpacaSettings {
                    data_url: base_url.clone(),
                    trading_url: base_url,
                    request_timeout,
                    ..AlpacaSettings::default()
                };
                Arc::new(Alpaca::new(key(), key(), settings, &http, gate).unwrap())
            }
            ProviderName::Massive => {
                let settings = MassiveSettings {
                    base_url,
                    request_timeout,
                };
                Arc::new(Massive::new(key(), settings, &http, gate).unwrap())
            }
            ProviderName::MarketData => {
                let settings = MarketDataAppSettings {
                    base_url,
                    request_timeout,
                };
                Arc::new(MarketDataApp::new(key(), settings, &http, gate).unwrap())
            }
            ProviderName::TwelveData => {
                let settings = TwelveDataSettings {
                    base_url,
                    request_timeout,
                };
                Arc::new(TwelveData::new(key(), settings, &http, gate).unwrap())
            }
        }
    };
    doubles.iter().map(adapter).collect()
}

/// An instance of the market, with waits that suit stand-ins.
pub(crate) fn instance(
    doubles: &[ProviderDouble],
    gate: &Arc<dyn Gate>,
    clock: &SharedClock,
    table: &MarketTable,
) -> ProviderMarket {
    let rules = MarketRules {
        waits: vec![Duration::from_millis(5), Duration::from_millis(10)],
        ..MarketRules::default()
    };
    let providers = providers(doubles, gate);
    ProviderMarket::new(providers, clock.clone(), rules, Some(table))
}

/// Fails if any minute held more than the limit.
pub(crate) fn assert_within(limit: u32, arrivals: &[(DateTime<Utc>, u32)], whose: &str) {
    let mut by_time: BTreeMap<DateTime<Utc>, u32> = BTreeMap::new();
    for (at, cost) in arrivals {
        *by_time.entry(*at).or_default() += cost;
    }
    for from in by_time.keys() {
        let minute = by_time.range(*from..*from + TimeDelta::minutes(1));
        let count: u32 = minute.map(|(_, cost)| cost).sum();
        assert!(count <= limit, "{whose}: {count} of {limit} from {from}");
    }
}
