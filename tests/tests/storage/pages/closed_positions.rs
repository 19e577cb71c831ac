//! What was held: the last closed first, whenever it was opened.

use storage::PageRequest;
use storage::holdings::all_held;

use super::super::support::{Tables, at, entry};
use super::{LIMITS, forged, refuses, walked};

/// When the n-th of them is closed: in another order than they were opened.
const CLOSED_AFTER: [i64; 6] = [300, 100, 200, 600, 500, 400];

#[tokio::test]
async fn closed_positions_come_by_their_close_and_none_that_is_held() {
    let tables = Tables::start().await;
    for n in 0..8 {
        tables.open(&entry("SPY", n), 20).await;
    }
    tables.begin_exit(&entry("SPY", 7), at(50)).await;
    for (n, seconds) in (0..).zip(CLOSED_AFTER) {
        tables.close(&entry("SPY", n), 30, at(seconds)).await;
    }
    let expected = [3, 4, 5, 0, 2, 1].map(|n| entry("SPY", n).signal_id);
    for limit in LIMITS {
        let found = walked(limit, async |it| tables.ledger.closed_positions(it).await).await;
        let ids: Vec<_> = found.iter().map(|it| it.signal_id).collect();
        assert_eq!(ids, expected);
    }
    let mut held = [6, 7].map(|n| entry("SPY", n).signal_id);
    held.sort_unstable();
    let found = all_held(&tables.ledger).await.unwrap();
    let ids: Vec<_> = found.iter().map(|it| it.signal_id).collect();
    assert_eq!(ids, held);
    tables.stop().await;
}

#[tokio::test]
async fn a_position_stays_in_its_list_when_it_is_counted() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    tables.open(&signal, 20).await;
    tables.close(&signal, 30, at(60)).await;
    let request = PageRequest::default();
    let before = tables.ledger.closed_positions(&request).await.unwrap();
    assert_eq!(tables.ledger.apply_rollups().await.unwrap().events, 2);
    let after = tables.ledger.closed_positions(&request).await.unwrap();
    assert_eq!((before.items.len(), &before), (1, &after));
    let id = signal.signal_id;
    let forged = [
        forged(&format!("positions|1785420060000|{id}|POSITION#A")),
        forged(&format!(
            "closed_positions|1785420060000|{id}|ORDER#A#entry"
        )),
        forged(&format!("closed_positions|1785420060000|{id}|POSITION#C")),
    ];
    refuses(forged, async |it| tables.ledger.closed_positions(it).await).await;
    tables.stop().await;
}
