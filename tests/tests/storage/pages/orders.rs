//! Orders with their fills, and the fills alone.

use domain::{Leg, Order, OrderState, Signal};
use storage::PageRequest;
use storage::ledger::Written;

use super::super::support::{Tables, at, entry, rejected};
use super::{LIMITS, refuses, walked};

/// Entries, of which every `filled`th is filled.
async fn order(tables: &Tables, numbers: std::ops::Range<i64>, filled: i64) {
    for n in numbers {
        let signal = entry("SPY", n);
        if n % filled == 0 {
            tables.open(&signal, 20).await;
        } else {
            tables.order_entry(&signal, 20).await;
        }
    }
}

fn seconds(order: &Order) -> i64 {
    (order.created_at - at(0)).num_seconds()
}

#[tokio::test]
async fn orders_come_newest_first_with_their_fills() {
    let tables = Tables::start().await;
    order(&tables, 0..8, 2).await;
    tables.close(&entry("SPY", 4), 30, at(60)).await;
    for limit in LIMITS {
        let found = walked(limit, async |it| tables.ledger.newest_orders(it).await).await;
        let ages: Vec<_> = found.iter().map(|it| seconds(&it.order)).collect();
        assert_eq!(ages, [60, 7, 6, 5, 4, 3, 2, 1, 0]);
        assert_eq!(found[0].order.leg, Leg::Exit(1));
        for it in found {
            let fill = it.trade.map(|trade| trade.order_id);
            let filled = it.order.state == OrderState::Filled;
            assert_eq!(fill, filled.then_some(it.order.order_id));
        }
    }
    tables.stop().await;
}

#[tokio::test]
async fn a_failed_order_stays_in_the_list_without_a_fill() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let seen = tables.order_entry(&signal, 20).await;
    let failed = seen.changed(decisions::lifecycle::failed(&seen, rejected()));
    let written = tables.ledger.fail_entry(&failed).await.unwrap();
    assert_eq!(written, Written::Yes);
    let request = PageRequest::default();
    let orders = tables.ledger.newest_orders(&request).await.unwrap();
    assert_eq!(orders.items[0].order, failed.record);
    assert_eq!(orders.items[0].trade, None);
    let trades = tables.ledger.newest_trades(&request).await.unwrap();
    assert_eq!((trades.items.len(), trades.next), (0, None));
    tables.stop().await;
}

/// The fills, by the number of their signal, of a walk at this limit.
async fn fills(tables: &Tables, signals: &[Signal], limit: u32) -> Vec<usize> {
    let trades = walked(limit, async |it| tables.ledger.newest_trades(it).await).await;
    let number = |id| signals.iter().position(|it| it.signal_id == id).unwrap();
    let numbers = trades.iter().map(|trade| number(trade.signal_id));
    numbers.collect()
}

#[tokio::test]
async fn fills_come_without_what_was_never_filled() {
    let tables = Tables::start().await;
    order(&tables, 0..40, 9).await;
    let signals: Vec<_> = (0..40).map(|n| entry("SPY", n)).collect();
    for limit in LIMITS {
        assert_eq!(
            fills(&tables, &signals, limit).await,
            [36, 27, 18, 9, 0],
            "{limit}"
        );
    }
    tables.stop().await;
}

#[tokio::test]
async fn a_page_of_fills_looks_at_so_many_orders_and_no_more() {
    let tables = Tables::start().await;
    // One fill, below more unfilled orders than the shortest page looks at.
    order(&tables, 0..131, 1_000).await;
    let small = PageRequest::first(storage::PageLimit::near(1));
    let page = tables.ledger.newest_trades(&small).await.unwrap();
    assert!(page.items.is_empty() && page.next.is_some());
    let found = walked(1, async |it| tables.ledger.newest_trades(it).await).await;
    assert_eq!(found.len(), 1);
    tables.stop().await;
}

#[tokio::test]
async fn each_list_takes_its_own_cursors_alone() {
    let tables = Tables::start().await;
    order(&tables, 0..3, 1).await;
    let one = PageRequest::first(storage::PageLimit::near(1));
    let of_orders = tables.ledger.newest_orders(&one).await.unwrap().next;
    let of_trades = tables.ledger.newest_trades(&one).await.unwrap().next;
    let of_signals = tables.ledger.newest_signals(&one).await.unwrap().next;
    refuses([of_trades, of_signals].into_iter().flatten(), async |it| {
        tables.ledger.newest_orders(it).await
    })
    .await;
    refuses(of_orders, async |it| tables.ledger.newest_trades(it).await).await;
    tables.stop().await;
}
