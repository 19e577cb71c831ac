//! Versions of settings by pages, and the newest changes of all kinds.

use chrono::TimeDelta;
use domain::Settings;
use serde_json::json;
use storage::{NewVersion, PageLimit, SettingsKind, SettingsTable};

use super::super::support::{Tables, at};
use super::{LIMITS, forged, refuses, walked};

const KIND: SettingsKind = SettingsKind::ExitRules;

/// A disabled version, written so many minutes after the start.
async fn put(table: &SettingsTable, kind: SettingsKind, minutes: i64) {
    let version = NewVersion {
        kind,
        values: json!({}).as_object().unwrap().clone(),
        enabled: false,
        changed_by: "ann",
        changed_at: at(0) + TimeDelta::minutes(minutes),
    };
    table.put_version(&version).await.unwrap();
}

#[tokio::test]
async fn every_version_comes_once_and_newest_first() {
    let tables = Tables::start().await;
    let table = tables.settings(Settings::default());
    assert_eq!(
        walked(1, async |it| table.history(KIND, it).await).await,
        []
    );
    for minutes in 0..12 {
        put(&table, KIND, minutes).await;
    }
    for limit in LIMITS {
        let found = walked(limit, async |it| table.history(KIND, it).await).await;
        let numbers: Vec<_> = found.iter().map(|it| it.number).collect();
        assert_eq!(numbers, (1..=12).rev().collect::<Vec<_>>());
    }
    let later = std::sync::atomic::AtomicI64::new(12);
    let found = walked(5, async |request| {
        let page = table.history(KIND, request).await;
        let minutes = later.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        put(&table, KIND, minutes).await;
        page
    });
    assert_eq!(found.await.len(), 12);
    tables.stop().await;
}

#[tokio::test]
async fn a_cursor_of_another_kind_and_a_forged_one_are_refused() {
    let tables = Tables::start().await;
    let table = tables.settings(Settings::default());
    put(&table, KIND, 0).await;
    let texts = [
        "risk_limits|1",
        "exit_rules|01",
        "exit_rules|-1",
        "exit_rules|1|2",
    ];
    let forged = texts.map(forged);
    refuses(forged, async |it| table.history(KIND, it).await).await;
    tables.stop().await;
}

#[tokio::test]
async fn the_newest_changes_of_all_kinds_come_together() {
    use SettingsKind::{ExitRules, FeatureFlags, RiskLimits};
    let tables = Tables::start().await;
    let table = tables.settings(Settings::default());
    let written = [ExitRules, RiskLimits, ExitRules, FeatureFlags, RiskLimits];
    for (kind, minutes) in written.into_iter().zip(0..) {
        put(&table, kind, minutes).await;
    }
    for (most, expected) in [
        (
            200,
            vec![
                (RiskLimits, 2),
                (FeatureFlags, 1),
                (ExitRules, 2),
                (RiskLimits, 1),
                (ExitRules, 1),
            ],
        ),
        (2, vec![(RiskLimits, 2), (FeatureFlags, 1)]),
    ] {
        let changes = table.changes(PageLimit::near(most)).await.unwrap();
        assert!(changes.iter().all(|it| it.version.changed_by == "ann"));
        let found = changes.iter().map(|it| (it.kind, it.version.number));
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
    tables.stop().await;
}
