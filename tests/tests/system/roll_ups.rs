//! Roll-ups: the sweeper's sums are what adding up every trace gives, and adding twice is once.

use std::collections::BTreeMap;

use chrono::{TimeDelta, Timelike};
use domain::calendar::{eastern, trading_date};
use domain::{AssignmentState, Engine, Position, PositionState, SignalId};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use storage::ledger::{AcceptanceRow, ProfitRow, Trace};
use system_tests::Harness;

use crate::support::{idle, wide};

type Rows<T> = BTreeMap<String, T>;

/// Positions, wins, gross, net, squared net, fees.
type Sums = (u64, u64, [Decimal; 4]);

fn profit(rows: Vec<ProfitRow>) -> Rows<Sums> {
    let sums = |row: &ProfitRow| [row.gross_usd, row.net_usd, row.net_squared, row.fees_usd];
    rows.into_iter()
        .map(|row| (row.scope.clone(), (row.positions, row.wins, sums(&row))))
        .collect()
}

fn acceptance(rows: Vec<AcceptanceRow>) -> Rows<[u64; 4]> {
    rows.into_iter()
        .map(|row| {
            let declined = [row.rejected_judgement, row.rejected_capacity];
            (
                row.scope,
                [row.signals, row.ordered, declined[0], declined[1]],
            )
        })
        .collect()
}

fn dte_at_entry(position: &Position) -> &'static str {
    let expiration = position.contract.expiration();
    match (expiration - trading_date(position.opened_at)).num_days() {
        ..=1 => "0-1",
        2..=7 => "2-7",
        8..=14 => "8-14",
        15..=30 => "15-30",
        _ => "31+",
    }
}

fn count_profit(position: &Position, rows: &mut Rows<Sums>) {
    let PositionState::Closed(outcome) = &position.state else {
        return;
    };
    let strategy = position.strategy.as_deref().unwrap_or("-");
    let (gross, net) = (outcome.realized.gross_usd.0, outcome.realized.net_usd.0);
    let added = [gross, net, net * net, outcome.realized.fees_usd.0];
    for scope in [
        "A#total".to_owned(),
        format!("A#symbol#{}", position.symbol),
        format!("A#strategy#{strategy}"),
        format!("A#date#{}", trading_date(outcome.closed_at)),
        format!("A#source#{}", position.source.as_deref().unwrap_or("-")),
        format!("A#hour#{:02}", eastern(position.opened_at).hour()),
        format!("A#dte#{}", dte_at_entry(position)),
    ] {
        let (positions, wins, sums) = rows.entry(scope).or_default();
        *positions += 1;
        *wins += u64::from(net > Decimal::ZERO);
        for (sum, amount) in sums.iter_mut().zip(added) {
            *sum += amount;
        }
    }
}

fn count_acceptance(trace: &Trace, rows: &mut Rows<[u64; 4]>) {
    let assignment = trace.assignment(Engine::A).unwrap();
    let source = trace.signal.source.as_deref().unwrap_or("-");
    let ordered = assignment.state == AssignmentState::Ordered;
    for scope in ["A#total".to_owned(), format!("A#source#{source}")] {
        let counts = rows.entry(scope).or_default();
        counts[0] += 1;
        counts[1] += u64::from(ordered);
        // Every reason of Engine A so far lies in the circumstances.
        counts[3] += u64::from(!ordered);
    }
}

/// Checks the stored rows against a recount.
async fn assert_recounted(harness: &Harness, ids: &[SignalId]) {
    let (mut profits, mut accepted) = (Rows::new(), Rows::new());
    for id in ids {
        let trace = harness.trace(*id).await;
        for position in &trace.positions {
            count_profit(position, &mut profits);
        }
        count_acceptance(&trace, &mut accepted);
    }
    let rows = harness.ledger.profit_rows("A#").await.unwrap();
    assert_eq!(profit(rows), profits);
    let rows = harness.ledger.acceptance_rows("A#").await.unwrap();
    assert_eq!(acceptance(rows), accepted);
}

fn entry(symbol: &str, strategy: &str, source: &str) -> Value {
    json!({ "ticker": symbol, "action": "buy", "strategy": strategy, "source": source })
}

/// A round trip and an alert that is refused; all their signals.
async fn trade(harness: &Harness, symbol: &str, strategy: &str, source: &str) -> Vec<SignalId> {
    let id = harness.send(entry(symbol, strategy, source)).await;
    harness.position(id, "open").await;
    harness.advance(TimeDelta::seconds(1));
    let refused = harness.send(entry(symbol, strategy, source)).await;
    harness.assignment(refused, "rejected").await;
    harness.advance(TimeDelta::minutes(47));
    let exit = harness.exit(symbol).await;
    harness.position(id, "closed").await;
    harness.assignment(exit, "ordered").await;
    vec![id, refused, exit]
}

#[tokio::test]
async fn rows_are_what_a_recount_gives() {
    let harness = Harness::with_environment(&wide(&[])).await;
    let mut ids = Vec::new();
    for (symbol, strategy, source) in [
        ("SPY", "orb", "tv-1"),
        ("SPY", "squeeze", "tv-2"),
        ("QQQ", "orb", "tv-1"),
        ("IWM", "orb", "tv-2"),
    ] {
        ids.extend(trade(&harness, symbol, strategy, source).await);
        harness.advance(TimeDelta::hours(11));
    }
    idle(&harness, &["FILLS_QUEUE_URL"]).await;
    let events = ids.len() + 4;
    assert_eq!(harness.run("sweeper").await["rolled_up"], events);
    assert_recounted(&harness, &ids).await;
    assert_eq!(harness.run("sweeper").await["rolled_up"], 0);
    assert_recounted(&harness, &ids).await;
    ids.extend(trade(&harness, "SPY", "orb", "tv-1").await);
    harness.run("sweeper").await;
    assert_recounted(&harness, &ids).await;
    harness.stop().await;
}

#[tokio::test]
async fn more_events_than_one_batch_takes_are_each_added_once() {
    let harness = Harness::start().await;
    let mut ids = Vec::new();
    for number in 0..100 {
        let mut fields = entry("ZZTEST", "orb", &format!("source-{}", number % 30));
        fields["timenow"] = json!((harness.now() - TimeDelta::seconds(number)).to_rfc3339());
        ids.push(harness.send(fields).await);
    }
    for id in &ids {
        harness.assignment(*id, "rejected").await;
    }
    let (one, other) = futures::join!(harness.run("sweeper"), harness.run("sweeper"));
    let left = harness.run("sweeper").await;
    let added = [one, other, left]
        .iter()
        .map(|s| s["rolled_up"].as_u64().unwrap())
        .sum::<u64>();
    assert_eq!(added, 100);
    assert_recounted(&harness, &ids).await;
    harness.stop().await;
}
