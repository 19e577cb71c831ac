//! What an engine holds, with its marks.

use decisions::marking::following;
use domain::Engine;
use storage::holdings::holdings;

use super::support::{Tables, at, entry, quote, sides};

#[tokio::test]
async fn what_is_not_closed_comes_with_the_marks_that_there_are() {
    let tables = Tables::start().await;
    let [marked, unmarked, closing, closed] =
        [("SPY", 0), ("QQQ", 1), ("IWM", 2), ("AAPL", 3)].map(|(s, n)| entry(s, n));
    let first = tables.open(&marked, 200).await;
    let second = tables.open(&unmarked, 200).await;
    for signal in [&closing, &closed] {
        tables.open(signal, 200).await;
    }
    tables.begin_exit(&closing, at(60)).await;
    tables.close(&closed, 250, at(60)).await;
    let quote = quote(first.contract.clone(), sides(200, 210), at(60));
    let mark = following(quote, None, None);
    let mark = tables.marks.put_mark(&mark).await.unwrap();
    let of = async |engine| {
        let found = holdings(&tables.ledger, &tables.marks, engine, at(61)).await;
        found.unwrap()
    };
    let leaving = tables.ledger.trace(closing.signal_id).await.unwrap();
    let leaving = leaving.positions[0].record.clone();
    let mut expected = [
        (first.record, Some(mark)),
        (second.record, None),
        (leaving, None),
    ];
    expected.sort_by_key(|(position, _)| position.signal_id);
    assert_eq!(of(Engine::A).await, expected);
    assert_eq!(of(Engine::B).await, []);
    tables.stop().await;
}
