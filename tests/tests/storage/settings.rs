//! Which settings hold: the table's newest enabled version over the environment's values over
//! the defaults.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Percent, Settings, Usd};
use serde_json::{Value, json};
use storage::{NewVersion, SettingsKind, SettingsTable, StorageError};

use super::support::{Tables, at};

pub(crate) fn version(kind: SettingsKind, values: &Value, enabled: bool) -> NewVersion<'static> {
    NewVersion {
        kind,
        values: values.as_object().unwrap().clone(),
        enabled,
        changed_by: "trader",
        changed_at: at(0),
    }
}

pub(crate) async fn put(
    table: &SettingsTable,
    kind: SettingsKind,
    values: Value,
    enabled: bool,
) -> u32 {
    let version = version(kind, &values, enabled);
    table.put_version(&version).await.unwrap()
}

#[tokio::test]
async fn the_table_outranks_the_environment_and_that_the_defaults() {
    let tables = Tables::start().await;
    // The environment set two values; the third is the default.
    let mut base = Settings::default();
    base.exit_rules.max_hold_hours = 48;
    base.exit_rules.stop_loss_percent = Percent::whole(40);
    let table = tables.settings(base.clone());
    assert_eq!(table.current().await.unwrap(), base);
    let values = json!({ "stop_loss_percent": "30" });
    assert_eq!(put(&table, SettingsKind::ExitRules, values, true).await, 1);
    let now = table.current().await.unwrap();
    assert_eq!(now.exit_rules.stop_loss_percent, Percent::whole(30));
    assert_eq!(now.exit_rules.max_hold_hours, 48);
    assert_eq!(now.exit_rules.profit_target_percent, Percent::whole(50));
    assert_eq!((now.versions.exit_rules, now.versions.risk_limits), (1, 0));
    assert_eq!(now.risk_limits, base.risk_limits);
    tables.stop().await;
}

#[tokio::test]
async fn the_newest_enabled_version_holds() {
    let tables = Tables::start().await;
    let table = tables.settings(Settings::default());
    let kind = SettingsKind::RiskLimits;
    let disabled = json!({ "max_open_positions": 9 });
    put(&table, kind, disabled.clone(), false).await;
    assert_eq!(table.current().await.unwrap(), Settings::default());
    put(&table, kind, json!({ "max_open_positions": 3 }), true).await;
    put(&table, kind, json!({ "max_daily_loss_usd": "500" }), true).await;
    for number in 4..30 {
        assert_eq!(put(&table, kind, disabled.clone(), false).await, number);
    }
    let now = table.current().await.unwrap();
    assert_eq!(now.versions.risk_limits, 3);
    assert_eq!(now.risk_limits.max_daily_loss_usd, Usd::dollars(500));
    // A version says what differs from the values below the table, not from the one before.
    assert_eq!(now.risk_limits.max_open_positions, 10);
    tables.stop().await;
}

#[tokio::test]
async fn a_change_elsewhere_is_seen_by_a_fresh_reader() {
    let tables = Tables::start().await;
    let (here, there) = (
        tables.settings(Settings::default()),
        tables.settings(Settings::default()),
    );
    here.current().await.unwrap();
    let off = json!({ "entries_enabled": false });
    put(&there, SettingsKind::TradingRules, off, true).await;
    let kept = here.current().await.unwrap();
    assert!(kept.trading_rules.entries_enabled, "kept for ten seconds");
    let fresh = tables
        .settings(Settings::default())
        .current()
        .await
        .unwrap();
    assert!(!fresh.trading_rules.entries_enabled);
    assert!(!there.current().await.unwrap().trading_rules.entries_enabled);
    tables.stop().await;
}

/// Values that somebody else wrote, beside this program.
async fn forge(tables: &Tables, attribute: &str, value: AttributeValue) -> StorageError {
    let table = tables.settings(Settings::default());
    put(
        &table,
        SettingsKind::ExitRules,
        json!({ "max_hold_hours": 24 }),
        true,
    )
    .await;
    let key = ("SETTINGS#IN_FORCE", "exit_rules");
    tables
        .overwrite("SETTINGS_TABLE", key, attribute, value)
        .await;
    let fresh = tables.settings(Settings::default());
    fresh.current().await.unwrap_err()
}

#[tokio::test]
async fn a_stored_version_that_makes_no_sense_stops_everything_and_says_why() {
    let one =
        |name: &str, value: AttributeValue| AttributeValue::M([(name.to_owned(), value)].into());
    let n = |number: &str| AttributeValue::N(number.to_owned());
    for (attribute, value, expected) in [
        (
            "values",
            one("max_hold_hours", n("2401")),
            "max_hold_hours is 2401",
        ),
        (
            "values",
            one("min_dte_exit", n("7")),
            "entry_dte_min must exceed",
        ),
        (
            "values",
            one("hold_hours", n("24")),
            "unknown field `hold_hours`",
        ),
        ("values", one("max_hold_hours", n("-1")), "invalid value"),
        ("version", n("2"), "schema version 2"),
    ] {
        let tables = Tables::start().await;
        let error = forge(&tables, attribute, value).await;
        let text = runtime::telemetry::chain(&error);
        assert!(text.contains(expected), "{text}");
        tables.stop().await;
    }
}
