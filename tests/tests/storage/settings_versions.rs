//! Writing versions of settings: numbered without gaps, and none that couldn't be used.

use domain::{Percent, Settings};
use futures::future::join_all;
use serde_json::json;
use storage::{SettingsKind, SettingsTable, StorageError};
use system_tests::fault_proxy::{Fault, FaultProxy};

use super::settings::{put, version};
use super::support::Tables;

const KIND: SettingsKind = SettingsKind::ExitRules;

#[tokio::test]
async fn a_version_that_could_not_be_used_is_not_written() {
    let tables = Tables::start().await;
    let table = tables.settings(Settings::default());
    for (kind, values, expected) in [
        (
            KIND,
            json!({ "stop_loss_percent": "101" }),
            "stop_loss_percent is 101",
        ),
        (
            KIND,
            json!({ "stop_loss": "50" }),
            "unknown field `stop_loss`",
        ),
        (KIND, json!({ "stop_loss_percent": "lots" }), "invalid"),
        (
            SettingsKind::TradingRules,
            json!({ "entry_dte_min": 1 }),
            "must exceed min_dte_exit",
        ),
        (
            SettingsKind::RiskLimits,
            json!({ "max_open_positions": 0 }),
            "max_open_positions is 0",
        ),
        (
            SettingsKind::StrikeSelection,
            json!({ "delta_target": "0.61" }),
            "delta_target is 0.61",
        ),
    ] {
        let refused = table.put_version(&version(kind, &values, true)).await;
        let text = runtime::telemetry::chain(&refused.unwrap_err());
        assert!(text.contains(expected), "{text}");
    }
    assert_eq!(table.current().await.unwrap(), Settings::default());
    tables.stop().await;
}

#[tokio::test]
async fn every_problem_of_a_version_is_named() {
    let tables = Tables::start().await;
    let table = tables.settings(Settings::default());
    let values = json!({ "stop_loss_percent": "0", "max_hold_hours": 0 });
    let refused = table.put_version(&version(KIND, &values, true)).await;
    let Err(StorageError::UnusableSettings { problems }) = refused else {
        panic!("{refused:?}");
    };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["stop_loss_percent", "max_hold_hours"]);
    tables.stop().await;
}

#[tokio::test]
async fn of_writers_at_once_each_has_its_own_number_or_is_told() {
    let tables = Tables::start().await;
    let settings: Vec<SettingsTable> = (0..6)
        .map(|_| tables.settings(Settings::default()))
        .collect();
    let writes = settings.iter().zip(10..).map(async |(table, hours)| {
        let values = json!({ "max_hold_hours": hours });
        table.put_version(&version(KIND, &values, true)).await
    });
    let mut numbers = Vec::new();
    for written in join_all(writes).await {
        match written {
            Ok(number) => numbers.push(number),
            Err(error) => assert!(matches!(error, StorageError::Changed { .. }), "{error}"),
        }
    }
    numbers.sort_unstable();
    let expected: Vec<u32> = (1..).take(numbers.len()).collect();
    assert!(!numbers.is_empty() && numbers == expected, "{numbers:?}");
    let next = put(&settings[0], KIND, json!({ "max_hold_hours": 99 }), true).await;
    assert_eq!(next as usize, numbers.len() + 1);
    tables.stop().await;
}

#[tokio::test]
async fn a_version_whose_answer_was_lost_is_written_once() {
    let tables = Tables::start().await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let clients = tables.patient_clients_through(&proxy);
    let table = SettingsTable::new(&clients, &tables.environment, Settings::default()).unwrap();
    proxy.inject([Fault::LoseAnswer]);
    let values = json!({ "stop_loss_percent": "25.50" });
    assert_eq!(put(&table, KIND, values, true).await, 1);
    assert_eq!(proxy.seen("TransactWriteItems").len(), 2);
    let now = table.current().await.unwrap();
    assert_eq!(
        now.exit_rules.stop_loss_percent,
        Percent("25.5".parse().unwrap())
    );
    assert_eq!(now.versions.exit_rules, 1);
    tables.stop().await;
}
