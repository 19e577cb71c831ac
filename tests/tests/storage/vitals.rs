//! What functions counted of themselves: added up by hour, and read for the last hours.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, TimeDelta, Utc};
use runtime::vitals::{Counted, Tally, names};
use storage::vitals::{HOURS_MAX, HourOfVitals, VitalsSummary};

use super::support::{Tables, utc};

const NOW: &str = "2026-07-30T14:59:59Z";

fn counted(counts: &[(&str, u64)], passed: bool) -> Counted {
    let tally = Tally::default();
    for (name, count) in counts {
        tally.add(*name, *count);
    }
    if passed {
        tally.pass();
    }
    tally.take()
}

async fn add(tables: &Tables, function: &str, counts: &[(&str, u64)], now: DateTime<Utc>) {
    let said = counted(counts, false);
    let added = tables.marks.add_vitals(function, &said, now).await;
    added.unwrap();
}

async fn read(tables: &Tables, now: DateTime<Utc>, hours: u32) -> Vec<HourOfVitals> {
    tables.marks.vitals(now, hours).await.unwrap()
}

#[tokio::test]
async fn what_instances_say_within_an_hour_adds_up() {
    let tables = Tables::start().await;
    let now = utc(NOW);
    add(&tables, "engine-a", &[("error.panicked", 1)], now).await;
    let both = [("error.panicked", 2), (names::RETRIED, 1)];
    add(&tables, "engine-a", &both, now - TimeDelta::minutes(59)).await;
    add(&tables, "engine-a", &both, now + TimeDelta::seconds(1)).await;
    let hours = read(&tables, now, 1).await;
    assert_eq!(hours.len(), 1);
    assert_eq!(hours[0].function, "engine-a");
    assert_eq!(hours[0].hour, utc("2026-07-30T14:00:00Z"));
    let counts = [
        ("error.panicked".to_owned(), 3),
        (names::RETRIED.to_owned(), 1),
    ];
    assert_eq!(hours[0].counts, counts.into());
    assert_eq!(hours[0].last_pass_at, None);
    tables.stop().await;
}

#[tokio::test]
async fn the_last_hours_are_read_across_days_and_no_further_back() {
    let tables = Tables::start().await;
    let now = utc("2026-07-30T01:30:00Z");
    for hours_ago in [0, 1, 2, 3, 30] {
        let at = now - TimeDelta::hours(hours_ago);
        add(&tables, "sweeper", &[(names::ROLLED_UP, 1)], at).await;
    }
    for (hours, found) in [(1, 1), (3, 3), (4, 4), (31, 5), (0, 1), (u32::MAX, 5)] {
        assert_eq!(read(&tables, now, hours).await.len(), found, "{hours}");
    }
    let far = now + TimeDelta::hours(i64::from(HOURS_MAX) - 1);
    assert_eq!(read(&tables, far, HOURS_MAX + 1).await.len(), 1);
    let in_order: Vec<_> = read(&tables, now, 4).await;
    assert!(in_order.is_sorted_by_key(|hour| hour.hour));
    tables.stop().await;
}

#[tokio::test]
async fn a_pass_is_noted_with_its_time() {
    let tables = Tables::start().await;
    let (market, now) = (&tables.marks, utc(NOW));
    for at in [now - TimeDelta::minutes(1), now] {
        let said = counted(&[], true);
        market.add_vitals("sweeper", &said, at).await.unwrap();
    }
    let summary = VitalsSummary::of(&read(&tables, now, 24).await);
    assert_eq!(summary.functions["sweeper"].last_pass_at, Some(now));
    tables.stop().await;
}

#[tokio::test]
async fn vitals_of_another_schema_are_refused() {
    let tables = Tables::start().await;
    let now = utc(NOW);
    add(&tables, "sweeper", &[(names::FAILED, 1)], now).await;
    let key = ("VITALS#2026-07-30", "14#sweeper");
    let version = AttributeValue::N("2".to_owned());
    let overwritten = tables.overwrite("MARKET_TABLE", key, "version", version);
    overwritten.await;
    assert!(tables.marks.vitals(now, 1).await.is_err());
    tables.stop().await;
}

#[tokio::test]
async fn everything_that_is_counted_has_its_place_in_the_summary() {
    let tables = Tables::start().await;
    let now = utc(NOW);
    let own = [
        ("error.out_of_time", 2),
        ("error.market_timeout", 1),
        (names::FAILED, 2),
        (names::SLOW, 1),
        (names::SLOW_MS, 9_000),
        ("order_failed.B.entry", 3),
        ("sweeper.sent.order_pending", 4),
        ("sweeper.ended.assignment_pending.gave_up", 5),
        (names::ROLLED_UP, 6),
        ("of.tomorrow", 7),
    ];
    add(&tables, "paper-executor", &own, now).await;
    let market = [
        ("cache.quotes.in_memory", 1),
        ("cache.quotes.in_table", 2),
        ("cache.quotes.joined", 3),
        ("cache.quotes.missed", 4),
        ("provider.alpaca.calls", 5),
        ("provider.alpaca.latency_ms", 600),
        ("provider.alpaca.failure.timeout", 1),
        ("provider.alpaca.refused.resting", 2),
    ];
    add(&tables, "market", &market, now - TimeDelta::hours(2)).await;
    let summary = VitalsSummary::of(&read(&tables, now, 24).await);
    let seen = serde_json::to_value(&summary).unwrap();
    let expected = serde_json::json!({
        "functions": { "paper-executor": {
            "errors": { "out_of_time": 2, "market_timeout": 1 },
            "failed_invocations": 2, "slow_invocations": 1, "slow_ms": 9_000,
            "retried_messages": 0, "last_pass_at": null,
        } },
        "caches": { "quotes": { "in_memory": 1, "in_table": 2, "joined": 3, "missed": 4 } },
        "providers": { "alpaca": {
            "calls": 5, "latency_ms": 600,
            "failures": { "timeout": 1 }, "refused": { "resting": 2 },
        } },
        "sweeper": {
            "sent": { "order_pending": 4 },
            "ended": { "assignment_pending.gave_up": 5 },
            "rolled_up": 6,
        },
        "failed_orders": { "B.entry": 3 },
    });
    assert_eq!(seen, expected);
    tables.stop().await;
}
