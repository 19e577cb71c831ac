//! Profits as pages read them: rows by range, with the closes that no roll-up has counted yet.

use chrono::{NaiveDate, TimeDelta};
use domain::{Engine, Signal};
use futures::future::join;
use storage::ledger::{Dimension, ProfitRange, ProfitRow};

use super::support::{Tables, at, entry};

/// Positions, three on each date.
const POSITIONS: i64 = 30;

fn nth(n: i64) -> Signal {
    let symbol = ["SPY", "QQQ"][usize::try_from(n % 2).unwrap()];
    entry(symbol, n)
}

async fn close_all(tables: &Tables) {
    for n in 0..POSITIONS {
        tables.open(&nth(n), 20).await;
        let cents = u32::try_from(15 + n % 11).unwrap();
        let now = at(0) + TimeDelta::days(n / 3);
        tables.close(&nth(n), cents, now).await;
    }
}

fn ranges() -> Vec<ProfitRange> {
    let of = |engine| Dimension::ALL.map(|dimension| ProfitRange::of(dimension, engine));
    [Engine::A, Engine::B].into_iter().flat_map(of).collect()
}

/// All rows of both engines, with what isn't counted yet.
async fn shown(tables: &Tables) -> Vec<ProfitRow> {
    let now = tables.ledger.profit_now(&ranges()).await.unwrap();
    assert!(!now.lacks);
    let mut rows: Vec<_> = now.ranges.into_iter().flat_map(|it| it.items).collect();
    rows.sort_by(|one, other| one.scope.cmp(&other.scope));
    rows
}

#[tokio::test]
async fn a_close_shows_before_it_is_counted_and_the_same_afterwards() {
    let tables = Tables::start().await;
    close_all(&tables).await;
    assert_eq!(tables.ledger.profit_rows("A#").await.unwrap(), []);
    let expected = shown(&tables).await;
    let waiting = tables.ledger.unapplied_outcomes().await.unwrap();
    assert_eq!((waiting.items.len(), waiting.more), (30, false));
    while tables.ledger.apply_rollups().await.unwrap().events > 0 {
        assert_eq!(shown(&tables).await, expected);
    }
    assert_eq!(tables.ledger.profit_rows("A#").await.unwrap(), expected);
    let total = expected.iter().find(|row| row.scope == "A#total").unwrap();
    assert_eq!((total.positions, total.value()), (30, None));
    assert!(0 < total.wins && total.wins < 30);
    let waiting = tables.ledger.unapplied_outcomes().await.unwrap();
    assert_eq!((waiting.items.len(), waiting.more), (0, false));
    tables.stop().await;
}

#[tokio::test]
async fn what_is_counted_while_somebody_looks_is_shown_once() {
    let tables = Tables::start().await;
    close_all(&tables).await;
    let expected = shown(&tables).await;
    let counting = async { while tables.ledger.apply_rollups().await.unwrap().more {} };
    let looking = async {
        for _ in 0..8 {
            assert_eq!(shown(&tables).await, expected);
        }
    };
    join(counting, looking).await;
    tables.stop().await;
}

#[tokio::test]
async fn rows_come_by_date_and_by_dimension() {
    let tables = Tables::start().await;
    close_all(&tables).await;
    while tables.ledger.apply_rollups().await.unwrap().events > 0 {}
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    for (engine, from, to, expected) in [
        (Engine::A, day(7, 30), day(8, 8), 10),
        (Engine::A, day(1, 1), day(12, 31), 10),
        (Engine::A, day(7, 31), day(8, 2), 3),
        (Engine::A, day(8, 8), day(8, 8), 1),
        (Engine::A, day(8, 9), day(9, 9), 0),
        (Engine::A, day(8, 8), day(8, 1), 0),
        (Engine::B, day(1, 1), day(12, 31), 0),
    ] {
        let rows = tables
            .ledger
            .profit_by_date(engine, from, to)
            .await
            .unwrap();
        assert_eq!(rows.len(), expected, "{from} to {to}");
        assert!(rows.iter().all(|row| row.positions == 3));
    }
    for (dimension, expected) in [
        (Dimension::Total, vec![(None, 30)]),
        (
            Dimension::Symbol,
            vec![(Some("QQQ"), 15), (Some("SPY"), 15)],
        ),
        (Dimension::Strategy, vec![(Some("-"), 30)]),
        (Dimension::Source, vec![(Some("-"), 30)]),
        (Dimension::Hour, vec![(Some("10"), 30)]),
        (Dimension::Dte, vec![(Some("15-30"), 30)]),
    ] {
        let rows = tables.ledger.profit_rows_of(dimension, Engine::A).await;
        let rows = rows.unwrap();
        let found = rows.items.iter().map(|row| (row.value(), row.positions));
        assert_eq!((found.collect::<Vec<_>>(), rows.more), (expected, false));
    }
    tables.stop().await;
}
