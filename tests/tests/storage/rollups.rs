//! Roll-ups against an independent recount: every event once, whoever applies it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{PositionState, Signal};
use futures::future::join_all;
use rust_decimal::Decimal;
use serde_json::json;
use storage::ledger::{AcceptanceRow, ProfitRow};
use system_tests::fault_proxy::FaultProxy;

use super::support::{Tables, at, signal};

/// Positions; each makes two events, its own and its assignment's.
const POSITIONS: i64 = 45;
const REJECTED: i64 = 60;
const NO_NAME: &str = "-";

fn nth(n: i64) -> Signal {
    let pick = |names: [&'static str; 3], n: i64| names[usize::try_from(n % 3).unwrap()];
    let mut fields = json!({ "ticker": pick(["SPY", "QQQ", "IWM"], n) });
    if n % 4 != 0 {
        fields["strategy"] = json!(pick(["orb", "squeeze", "vwap"], n / 3));
        fields["source"] = json!(pick(["desk", "bot", "mail"], n / 2));
    }
    // Over several hours of the morning.
    signal(n * 137, fields)
}

async fn close_nth(tables: &Tables, signal: &Signal, n: i64) {
    tables.open(signal, 200).await;
    // Losses, gains and one that only the fees make a loss; over three dates.
    let cents = u32::try_from(150 + n * 37 % 101).unwrap();
    tables.close(signal, cents, closed_at(n)).await;
}

fn closed_at(n: i64) -> DateTime<Utc> {
    at(0) + TimeDelta::days(n / 15)
}

async fn fill(tables: &Tables) -> Vec<Signal> {
    let signals: Vec<Signal> = (0..POSITIONS + REJECTED).map(nth).collect();
    for (signal, n) in signals.iter().zip(0..) {
        if n < POSITIONS {
            close_nth(tables, signal, n).await;
        } else {
            tables.record(signal).await;
            tables.reject(signal).await;
        }
    }
    signals
}

#[tokio::test]
async fn four_at_once_apply_every_event_once() {
    let tables = Tables::start().await;
    let signals = fill(&tables).await;
    let proxy = FaultProxy::before(tables.aws.dynamodb_url()).await;
    let ledger = tables.ledger_through(&proxy).await;
    let appliers = (0..4).map(async |_| {
        let mut events = 0;
        loop {
            let applied = ledger.apply_rollups().await.unwrap();
            events += applied.events;
            if !applied.more && applied.events == 0 && ledger_is_applied(&tables).await {
                return events;
            }
        }
    });
    let events: usize = join_all(appliers).await.into_iter().sum();
    assert_eq!(events, usize::try_from(2 * POSITIONS + REJECTED).unwrap());
    for batch in proxy.seen("TransactWriteItems") {
        let writes = batch.body["TransactItems"].as_array().unwrap().len();
        assert!(writes <= 100, "{writes}");
    }
    same_profits(&tables, &signals).await;
    same_acceptance(&tables, &signals).await;
    tables.stop().await;
}

/// Whether nothing waits any more; asked of the index itself, so that asking applies nothing.
async fn ledger_is_applied(tables: &Tables) -> bool {
    use aws_sdk_dynamodb::types::AttributeValue::S;
    let waiting = tables.aws.dynamodb_client().query();
    let waiting = waiting
        .table_name(tables.table("LEDGER_TABLE"))
        .index_name("by_state")
        .key_condition_expression("state_key = :state")
        .expression_attribute_values(":state", S("EVENT#unapplied#0".to_owned()));
    waiting.send().await.unwrap().count == 0
}

async fn same_profits(tables: &Tables, signals: &[Signal]) {
    let mut expected: BTreeMap<String, ProfitRow> = BTreeMap::new();
    for (signal, n) in signals.iter().zip(0..POSITIONS) {
        let position = tables.position(signal).await;
        let PositionState::Closed(outcome) = &position.state else {
            panic!("{:?}", position.state);
        };
        let (net, strategy) = (outcome.realized.net_usd.0, signal.strategy.as_deref());
        for scope in [
            "A#total".to_owned(),
            format!("A#symbol#{}", signal.symbol),
            format!("A#strategy#{}", strategy.unwrap_or(NO_NAME)),
            format!("A#date#{}", closed_at(n).date_naive()),
            format!("A#source#{}", signal.source.as_deref().unwrap_or(NO_NAME)),
            format!("A#hour#{}", 10 + n * 137 / 3_600),
            // From 30 July to 21 August.
            "A#dte#15-30".to_owned(),
        ] {
            let row = expected.entry(scope.clone()).or_default();
            row.scope = scope;
            row.positions += 1;
            row.wins += u64::from(net > Decimal::ZERO);
            row.gross_usd += outcome.realized.gross_usd.0;
            row.net_usd += net;
            row.net_squared += net * net;
            row.fees_usd += outcome.realized.fees_usd.0;
            row.at_mid_usd += outcome.realized.at_mid_usd.0;
            row.at_worst_usd += outcome.realized.at_worst_usd.0;
            row.triggered += u64::from(outcome.slippage_usd.is_some());
            row.slippage_usd += outcome.slippage_usd.unwrap_or_default().0;
        }
    }
    let rows = tables.ledger.profit_rows("A#").await.unwrap();
    assert_eq!(rows, expected.into_values().collect::<Vec<_>>());
    let dates = tables.ledger.profit_rows("A#date#").await.unwrap();
    assert_eq!(
        dates.iter().map(|row| row.positions).collect::<Vec<_>>(),
        [15; 3]
    );
    assert_eq!(tables.ledger.profit_rows("B#").await.unwrap(), []);
}

async fn same_acceptance(tables: &Tables, signals: &[Signal]) {
    let mut expected: BTreeMap<String, AcceptanceRow> = BTreeMap::new();
    for (signal, n) in signals.iter().zip(0..) {
        let source = signal.source.as_deref().unwrap_or(NO_NAME);
        for scope in ["A#total".to_owned(), format!("A#source#{source}")] {
            let row = expected.entry(scope.clone()).or_default();
            row.scope = scope;
            row.signals += 1;
            row.ordered += u64::from(n < POSITIONS);
            row.rejected_capacity += u64::from(n >= POSITIONS);
        }
    }
    let rows = tables.ledger.acceptance_rows("A#").await.unwrap();
    assert_eq!(rows, expected.into_values().collect::<Vec<_>>());
}
