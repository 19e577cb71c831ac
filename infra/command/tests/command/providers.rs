//! `doctor --providers` asks each provider to which there is a key, and tells what came of it;
//! and `up` takes real prices only at the real time.

use market_data::provider::ProviderName;
use runtime::clock::system;
use serde_json::Value;
use system_tests::provider_double::{Mode, ProviderDouble};

use crate::program::{Said, run_in};

const KEY: &str = "a-key-that-nobody-shows";

/// Stand-ins for two, and a command that knows them.
struct Two {
    alpaca: ProviderDouble,
    twelve_data: ProviderDouble,
}

impl Two {
    async fn start() -> Self {
        Self {
            alpaca: ProviderDouble::start(ProviderName::Alpaca, system()).await,
            twelve_data: ProviderDouble::start(ProviderName::TwelveData, system()).await,
        }
    }

    async fn doctor(&self, arguments: &'static [&'static str]) -> Said {
        let (alpaca, twelve_data) = (self.alpaca.url(), self.twelve_data.url());
        let asked = tokio::task::spawn_blocking(move || {
            let variables = [
                ("ALPACA_API_KEY", KEY),
                ("ALPACA_SECRET_KEY", KEY),
                ("TWELVE_DATA_API_KEY", KEY),
                ("ALPACA_DATA_URL", &alpaca),
                ("ALPACA_BASE_URL", &alpaca),
                ("TWELVE_DATA_BASE_URL", &twelve_data),
                ("ALLOWED_SYMBOLS", "AAPL"),
            ];
            run_in(
                &[&["doctor", "--providers"], arguments].concat(),
                &variables,
            )
        });
        let said = asked.await.unwrap();
        assert!(!format!("{said:?}").contains(KEY), "{said:?}");
        said
    }
}

/// The row of a provider.
fn row<'a>(said: &'a Said, provider: &str) -> &'a str {
    let mut lines = said.out.lines();
    let found = lines.find(|line| line.starts_with(provider));
    found.unwrap_or_else(|| panic!("no row of {provider}: {said:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_connected_provider_has_a_row() {
    let two = Two::start().await;
    let said = two.doctor(&[]).await;
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.starts_with("provider"), "{said:?}");
    assert_eq!(said.out.lines().count(), 3, "{said:?}");
    let alpaca = row(&said, "alpaca");
    assert!(
        alpaca.contains("yes") && alpaca.contains("AAPL"),
        "{alpaca}"
    );
    assert!(alpaca.contains("contracts"), "{alpaca}");
    assert!(row(&said, "twelvedata").contains("not offered"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_each_is_told() {
    let two = Two::start().await;
    two.alpaca.set(Mode::Locked);
    two.twelve_data.set(Mode::Failing);
    let said = two.doctor(&["--json"]).await;
    assert_eq!(said.code, Some(1), "{said:?}");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let [alpaca, twelve_data] = report["providers"].as_array().unwrap().as_slice() else {
        panic!("two providers: {report}");
    };
    assert_eq!(alpaca["quote"]["says"], "key refused");
    assert_eq!(alpaca["reachable"], true);
    assert_eq!(twelve_data["quote"]["answered"], false);
    assert_eq!(twelve_data["reachable"], false);
}

#[test]
fn without_a_key_there_is_nobody_to_ask() {
    let said = run_in(&["doctor", "--providers"], &[]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("docs/market-data.md"), "{said:?}");
}

#[test]
fn real_prices_need_the_real_time() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().join("data");
    let dir = dir.to_str().unwrap();
    let arguments = ["up", "--data-dir", dir, "--speed", "60"];
    let said = run_in(&arguments, &[("POLYGON_API_KEY", KEY)]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("real time"), "{said:?}");
    let said = run_in(&["up", "--data-dir", dir], &[("MARKET", "providers")]);
    assert!(said.err.contains("no key to any provider"), "{said:?}");
}
