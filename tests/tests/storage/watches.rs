//! Pages of positions and of what the monitor remembers of them, and the points of equity.

use domain::{Engine, EquityPoint, Position, PositionKey, Price, SignalId, Usd, Watch};
use futures::future::join_all;
use storage::ledger::Written;

use super::support::{Tables, at, entry};

fn watch(position: &Position, peak_cents: u32) -> Watch {
    Watch {
        signal_id: position.signal_id,
        engine: position.engine,
        peak: Price::cents(peak_cents),
        trough: Price::cents(100),
        confirmations: std::collections::BTreeMap::new(),
        seen_at: at(60),
    }
}

#[tokio::test]
async fn of_passes_at_once_one_is_remembered_and_none_is_lost() {
    let tables = Tables::start().await;
    let position = tables.open(&entry("SPY", 0), 200).await;
    let ledger = &tables.ledger;
    let first = watch(&position, 200);
    let written = join_all((0..8).map(|_| ledger.remember(None, &first))).await;
    let written = written.into_iter().map(Result::unwrap);
    assert_eq!(written.filter(|it| *it == Written::Yes).count(), 1);
    let key = position.key();
    let seen = ledger
        .watches_of(&[key])
        .await
        .unwrap()
        .remove(&key)
        .unwrap();
    assert_eq!(seen.record, first);
    let higher = watch(&position, 250);
    assert_eq!(
        ledger.remember(Some(&seen), &higher).await.unwrap(),
        Written::Yes
    );
    let older = ledger.remember(Some(&seen), &first).await.unwrap();
    assert_eq!(older, Written::Changed);
    let trace = tables.trace(&entry("SPY", 0)).await;
    assert_eq!(trace.watches, [higher]);
    tables.stop().await;
}

#[tokio::test]
async fn a_page_holds_the_positions_that_there_are() {
    let tables = Tables::start().await;
    let mut keys = Vec::new();
    for number in 0..120 {
        let signal = entry(
            ["SPY", "QQQ", "IWM"][number % 3],
            i64::try_from(number).unwrap(),
        );
        if number % 4 == 0 {
            keys.push(tables.open(&signal, 200).await.key());
        } else {
            keys.push(PositionKey {
                signal_id: SignalId::of(&format!("nobody {number}")),
                engine: Engine::A,
            });
        }
    }
    let found = tables.ledger.positions_of(&keys).await.unwrap();
    let mut found: Vec<_> = found.iter().map(|it| it.key()).collect();
    let mut expected: Vec<_> = keys.iter().step_by(4).copied().collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert!(tables.ledger.watches_of(&keys).await.unwrap().is_empty());
    tables.stop().await;
}

#[tokio::test]
async fn a_minute_has_one_point_of_equity() {
    let tables = Tables::start().await;
    let point = |minute: i64, cents: i64| EquityPoint {
        engine: Engine::A,
        at: at(60 * minute),
        equity_usd: Usd::cents(5_000_000 + cents),
        cash_usd: Usd::dollars(50_000),
        realized_usd: Usd::ZERO,
        unrealized_usd: Usd::cents(cents),
        positions: 1,
        unmarked: 0,
        oldest_mark_age_ms: 1_000,
    };
    for (minute, cents) in [(2, 20), (1, 10), (2, 25)] {
        tables
            .ledger
            .put_equity(&point(minute, cents))
            .await
            .unwrap();
    }
    let date = domain::calendar::trading_date(at(60));
    let points = tables.ledger.equity_of(Engine::A, date).await.unwrap();
    assert_eq!(points, [point(1, 10), point(2, 25)]);
    let others = tables.ledger.equity_of(Engine::B, date).await.unwrap();
    assert_eq!(others, []);
    tables.stop().await;
}
