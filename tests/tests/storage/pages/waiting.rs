//! What waits: signals for a decision and orders for a fill, up to a bound.

use domain::SignalId;
use storage::PageLimit;

use super::super::support::{Tables, entry};

#[tokio::test]
async fn what_waits_comes_longest_waiting_first_and_tells_whether_there_is_more() {
    let tables = Tables::start().await;
    let ids: Vec<SignalId> = (0..8).map(|n| entry("SPY", n).signal_id).collect();
    for n in (0..8).rev() {
        let signal = entry("SPY", n);
        if n < 4 {
            tables.record(&signal).await;
        } else {
            tables.order_entry(&signal, 20).await;
        }
    }
    for (most, expected, more) in [(3, 3, true), (4, 4, false), (200, 4, false)] {
        let most = PageLimit::new(most).unwrap();
        let signals = tables.ledger.pending_assignments(most).await.unwrap();
        let found: Vec<_> = signals.items.iter().map(|it| it.signal_id).collect();
        assert_eq!((&found[..], signals.more), (&ids[..expected], more));
        let orders = tables.ledger.pending_orders(most).await.unwrap();
        let found: Vec<_> = orders.items.iter().map(|it| it.signal_id).collect();
        assert_eq!((&found[..], orders.more), (&ids[4..4 + expected], more));
    }
    tables.stop().await;
}
