//! The kill switch: while an engine is halted nothing is reserved and nothing filled, whoever
//! read its book before; what it holds goes out as ever.

use aws_sdk_dynamodb::types::AttributeValue;
use decisions::lifecycle;
use domain::{Engine, Halt, RejectionReason, Usd};
use futures::future::join_all;
use storage::ledger::{EntryFilled, EntryOrdered, Halted, Written};

use super::support::{Tables, at, bounds, entry, entry_order, rejected, roomy, selection};

const CAPITAL: Usd = Usd(rust_decimal::Decimal::from_parts(50_000, 0, 0, false, 0));
const ROOM: Usd = Usd(rust_decimal::Decimal::from_parts(10_000, 0, 0, false, 0));

fn halt(by: &str) -> Halt {
    Halt {
        by: by.to_owned(),
        at: at(0),
        why: "the feed lies".to_owned(),
    }
}

async fn stop(tables: &Tables, engine: Engine, by: &str) -> Halted {
    tables.ledger.book(engine, CAPITAL).await.unwrap();
    let halted = tables.ledger.halt_entries(engine, &halt(by)).await;
    halted.unwrap().unwrap()
}

async fn resume(tables: &Tables, engine: Engine) -> Option<Halt> {
    let by_at = ("ben", at(5));
    tables.ledger.resume_entries(engine, by_at).await.unwrap()
}

fn is_halted(reason: Option<&domain::Rejection>) -> bool {
    reason
        .is_some_and(|it| it.reason == RejectionReason::TradingHalted && it.detail.contains("ann"))
}

#[tokio::test]
async fn a_halt_refuses_a_reservation_whose_bounds_are_older() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let approved = tables.approve(&signal).await;
    let seen = bounds(&tables.book().await, &signal, 200, &roomy());
    assert_eq!(stop(&tables, Engine::A, "ann").await, Halted::Now);
    let before = tables.book().await;
    let moved = lifecycle::moved(&approved, domain::AssignmentState::Ordered, at(1));
    let moved = approved.changed(moved);
    let order = entry_order(&signal, 200, &roomy());
    let ordered = tables
        .ledger
        .order_entry(&moved, &order, &selection(&order), &seen)
        .await;
    let EntryOrdered::NoRoom(refused) = ordered.unwrap() else {
        panic!("it was reserved");
    };
    assert!(is_halted(Some(&refused)), "{refused}");
    assert_eq!(tables.book().await, before);
    assert!(tables.trace(&signal).await.orders.is_empty());
    assert_eq!(resume(&tables, Engine::A).await, Some(halt("ann")));
    let ordered = tables
        .ledger
        .order_entry(&moved, &order, &selection(&order), &seen)
        .await;
    assert_eq!(ordered.unwrap(), EntryOrdered::Written);
    tables.stop().await;
}

#[tokio::test]
async fn a_halt_refuses_a_fill_and_the_reservation_is_given_back() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let order = tables.order_entry(&signal, 200).await;
    assert_eq!(stop(&tables, Engine::A, "ann").await, Halted::Now);
    // Cheaper, as dear, and dearer than what was set aside.
    for cents in [150, 200, 230] {
        let filled = tables.try_fill(&signal, &order, cents, ROOM).await;
        let EntryFilled::Refused(refused) = filled else {
            panic!("{filled:?}");
        };
        assert!(is_halted(Some(&refused)), "{refused}");
    }
    let failed = order.changed(lifecycle::failed(&order, rejected()));
    let failed = tables.ledger.fail_entry(&failed).await;
    assert_eq!(failed.unwrap(), Written::Yes);
    let book = tables.book().await;
    assert_eq!((book.open_count, book.pending_usd), (0, Usd::ZERO));
    assert!(book.halt.is_some());
    tables.stop().await;
}

#[tokio::test]
async fn what_is_held_goes_out_while_entries_are_stopped() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    tables.open(&signal, 200).await;
    assert_eq!(stop(&tables, Engine::A, "ann").await, Halted::Now);
    tables.close(&signal, 250, at(60)).await;
    assert_eq!(tables.book().await.open_count, 0);
    tables.stop().await;
}

#[tokio::test]
async fn of_many_halts_at_once_the_first_stands_and_one_resumption_lifts_it() {
    let tables = Tables::start().await;
    let names = ["ann", "ben", "cleo", "dan", "eve", "finn"];
    let all = join_all(names.map(|by| stop(&tables, Engine::A, by))).await;
    let standing = tables.book().await.halt.unwrap();
    let firsts = all.iter().filter(|it| **it == Halted::Now).count();
    let told = Halted::Already(standing.clone());
    let others = all.iter().filter(|it| **it == told).count();
    assert_eq!((firsts, others), (1, names.len() - 1), "{all:?}");
    let lifted = join_all(names.map(|_| resume(&tables, Engine::A))).await;
    let lifted: Vec<_> = lifted.into_iter().flatten().collect();
    assert_eq!(lifted, [standing]);
    assert_eq!(resume(&tables, Engine::A).await, None);
    assert_eq!(stop(&tables, Engine::A, "gil").await, Halted::Now);
    tables.stop().await;
}

#[tokio::test]
async fn a_book_has_to_be_opened_first_and_the_other_engine_goes_on() {
    let tables = Tables::start().await;
    let early = tables.ledger.halt_entries(Engine::B, &halt("ann")).await;
    assert_eq!(early.unwrap(), None);
    assert_eq!(tables.ledger.book_if_any(Engine::B).await.unwrap(), None);
    let in_force = tables.ledger.halt_in_force(Engine::B).await.unwrap();
    assert_eq!(in_force, None);
    assert_eq!(resume(&tables, Engine::B).await, None);
    assert_eq!(stop(&tables, Engine::B, "ann").await, Halted::Now);
    let in_force = tables.ledger.halt_in_force(Engine::B).await.unwrap();
    assert_eq!(in_force, Some(halt("ann")));
    let other = tables
        .ledger
        .book(Engine::B, Usd::dollars(1))
        .await
        .unwrap();
    assert_eq!((other.cash_usd, other.halt), (CAPITAL, Some(halt("ann"))));
    let own = entry("SPY", 0);
    tables.open(&own, 200).await;
    tables.stop().await;
}

/// Whoever is first: a fill that was written was written before the halt.
#[tokio::test]
async fn a_halt_that_stands_was_not_overtaken() {
    let tables = Tables::start().await;
    let signals: Vec<_> = (0..8).map(|n| entry("SPY", n)).collect();
    let mut orders = Vec::new();
    for signal in &signals {
        orders.push(tables.order_entry(signal, 200).await);
    }
    let fills = signals.iter().zip(&orders);
    let fills = fills.map(|(signal, order)| tables.try_fill(signal, order, 200, ROOM));
    let (halted, fills) = futures::join!(stop(&tables, Engine::A, "ann"), join_all(fills));
    assert_eq!(halted, Halted::Now);
    let open = tables.ledger.open_positions().await.unwrap().len();
    let written = fills.iter().filter(|it| **it == EntryFilled::Written);
    assert_eq!(written.count(), open);
    for (signal, order) in signals.iter().zip(&orders) {
        let again = tables.try_fill(signal, order, 200, ROOM).await;
        assert_ne!(again, EntryFilled::Written);
    }
    assert_eq!(tables.ledger.open_positions().await.unwrap().len(), open);
    tables.stop().await;
}

#[tokio::test]
async fn a_halt_that_cannot_be_read_is_not_taken_for_none() {
    let tables = Tables::start().await;
    tables.book().await;
    let scribble = AttributeValue::S("stopped".to_owned());
    tables
        .overwrite("LEDGER_TABLE", ("RISK#A", "BOOK"), "halt", scribble)
        .await;
    let read = tables.ledger.halt_in_force(Engine::A).await;
    assert!(read.is_err(), "{read:?}");
    assert!(tables.ledger.book(Engine::A, CAPITAL).await.is_err());
    tables.stop().await;
}

#[tokio::test]
async fn who_stopped_entries_and_who_let_them_go_on_stays_on_record() {
    let tables = Tables::start().await;
    assert_eq!(stop(&tables, Engine::B, "ann").await, Halted::Now);
    // What changes nothing leaves no record.
    assert!(matches!(
        stop(&tables, Engine::B, "eve").await,
        Halted::Already(_)
    ));
    resume(&tables, Engine::B).await.unwrap();
    assert_eq!(resume(&tables, Engine::B).await, None);
    let switches = tables.ledger.switches(Engine::B, 10).await.unwrap();
    let told: Vec<_> = switches
        .iter()
        .map(|it| (it.halted, it.by.as_str(), it.at, it.why.as_str()))
        .collect();
    let why = "the feed lies";
    assert_eq!(
        told,
        [(false, "ben", at(5), why), (true, "ann", at(0), why)]
    );
    assert_eq!(tables.ledger.switches(Engine::B, 1).await.unwrap().len(), 1);
    assert!(
        tables
            .ledger
            .switches(Engine::A, 10)
            .await
            .unwrap()
            .is_empty()
    );
    tables.stop().await;
}
