//! Entry orders at their end: what was set aside becomes what was paid, or is given back.

use decisions::lifecycle;
use domain::{Engine, Leg, Order, OrderState, RejectionReason, Usd, WorkKey};
use futures::future::join_all;
use storage::Versioned;
use storage::ledger::{EntryFilled, Written};

use super::support::{Tables, at, entry, rejected};

const FEE: i64 = 65;

#[tokio::test]
async fn a_fill_trues_the_book_up() {
    for fill_cents in [150, 200, 230] {
        let tables = Tables::start().await;
        let (other, signal) = (entry("QQQ", 0), entry("SPY", 1));
        tables.order_entry(&other, 100).await;
        let order = tables.order_entry(&signal, 200).await;
        let headroom = Usd::dollars(10_000);
        let filled = tables.try_fill(&signal, &order, fill_cents, headroom).await;
        assert_eq!(filled, EntryFilled::Written, "{fill_cents}");
        let (book, paid) = (tables.book().await, i64::from(fill_cents) * 100);
        assert_eq!(book.exposure_usd, Usd::cents(10_000 + paid));
        assert_eq!(book.pending_usd, Usd::dollars(100));
        assert_eq!(book.cash_usd, Usd::cents(5_000_000 - paid - FEE));
        assert_eq!(book.open_count, 2);
        assert_eq!(book.count_in(&signal.symbol), 1);
        let trace = tables.trace(&signal).await;
        assert_eq!(trace.orders[0].state, OrderState::Filled);
        assert_eq!((trace.trades.len(), trace.positions.len()), (1, 1));
        tables.stop().await;
    }
}

#[tokio::test]
async fn a_risen_price_is_refused_beyond_the_limit() {
    // $200 are set aside; the fill costs $230.
    for (headroom, written) in [(Usd::cents(19_999), false), (Usd::dollars(200), true)] {
        let tables = Tables::start().await;
        let signal = entry("SPY", 0);
        let order = tables.order_entry(&signal, 200).await;
        let before = tables.book().await;
        let filled = tables.try_fill(&signal, &order, 230, headroom).await;
        if written {
            assert_eq!(filled, EntryFilled::Written);
        } else {
            let EntryFilled::Refused(rejection) = filled else {
                panic!("{filled:?}");
            };
            assert_eq!(rejection.reason, RejectionReason::ExposureLimit);
            assert_eq!(tables.book().await, before);
        }
        tables.stop().await;
    }
}

#[tokio::test]
async fn a_risen_price_is_refused_beyond_the_cash() {
    let tables = Tables::start().await;
    let capital = Usd::dollars(220);
    tables
        .ledger
        .book(domain::Engine::A, capital)
        .await
        .unwrap();
    let signal = entry("SPY", 0);
    let order = tables.order_entry(&signal, 200).await;
    let room = Usd::dollars(10_000);
    let filled = tables.try_fill(&signal, &order, 230, room).await;
    assert!(matches!(filled, EntryFilled::Refused(_)), "{filled:?}");
    let filled = tables.try_fill(&signal, &order, 219, room).await;
    assert_eq!(filled, EntryFilled::Written);
    assert_eq!(
        tables.book().await.cash_usd,
        Usd::cents(22_000 - 21_900 - FEE)
    );
    tables.stop().await;
}

fn ended(order: &Versioned<Order>) -> Versioned<Order> {
    order.changed(lifecycle::failed(order, rejected()))
}

#[tokio::test]
async fn a_failure_gives_back_exactly_once() {
    let tables = Tables::start().await;
    let (other, signal) = (entry("SPY", 0), entry("SPY", 1));
    tables.order_entry(&other, 100).await;
    let before = tables.book().await;
    let failed = ended(&tables.order_entry(&signal, 200).await);
    let all = join_all((0..8).map(|_| tables.ledger.fail_entry(&failed))).await;
    let written = all
        .into_iter()
        .filter(|w| *w.as_ref().unwrap() == Written::Yes);
    assert_eq!(written.count(), 1);
    assert_eq!(tables.book().await, before);
    let state = tables.order(&signal, Leg::Entry).await.record.state;
    assert_eq!(state.name(), "failed");
    tables.stop().await;
}

#[tokio::test]
async fn an_order_fails_or_fills_but_not_both() {
    let tables = Tables::start().await;
    for seconds in 0..6 {
        let signal = entry("SPY", seconds);
        let order = tables.order_entry(&signal, 200).await;
        let before = tables.book().await;
        let failed = ended(&order);
        let (filled, failed) = futures::join!(
            tables.try_fill(&signal, &order, 200, Usd::dollars(10_000)),
            tables.ledger.fail_entry(&failed),
        );
        let (filled, failed) = (filled == EntryFilled::Written, failed.unwrap());
        assert_ne!(filled, failed == Written::Yes);
        let book = tables.book().await;
        let given_back = before.exposure_usd - book.exposure_usd;
        let expected = if filled { Usd::ZERO } else { Usd::dollars(200) };
        assert_eq!((given_back, book.pending_usd), (expected, Usd::ZERO));
    }
    tables.stop().await;
}

/// A filled entry and a failed order wait until somebody has told of them; a filled exit doesn't,
/// since its position tells.
#[tokio::test]
async fn orders_that_are_over_wait_to_be_told_once() {
    let tables = Tables::start().await;
    let (filled, failed) = (entry("SPY", 0), entry("QQQ", 1));
    tables.open(&filled, 200).await;
    let order = tables.order_entry(&failed, 200).await;
    let order = order.changed(lifecycle::failed(&order, rejected()));
    assert_eq!(
        tables.ledger.fail_entry(&order).await.unwrap(),
        Written::Yes
    );
    tables.close(&filled, 250, at(60)).await;
    let untold = tables.ledger.untold_orders(10).await.unwrap();
    let keys: Vec<_> = untold.iter().map(Order::work_key).collect();
    let expected = [filled.signal_id, failed.signal_id];
    assert_eq!(keys, expected.map(|id| WorkKey::entry(id, Engine::A)));
    for order in &untold {
        // The second time it is noted already.
        tables.ledger.note_told(order).await.unwrap();
        tables.ledger.note_told(order).await.unwrap();
    }
    assert_eq!(tables.ledger.untold_orders(10).await.unwrap(), []);
    let trace = tables.trace(&filled).await;
    assert_eq!(trace.trades.len(), 2, "the fill stays with its order");
    tables.stop().await;
}
