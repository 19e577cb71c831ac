//! The way out: one exit at a time, and each close counted on its day.

use decisions::lifecycle;
use decisions::settlement;
use domain::{Engine, ExitReason, Leg, PositionState, Price, Signal, Usd};
use futures::future::join_all;
use storage::ledger::{Close, ExitBegun, ExitOrder, Trace, Written};

use super::support::{Tables, at, entry, proceeds, rejected, stop, utc};

async fn try_begin(tables: &Tables, signal: &Signal) -> ExitBegun {
    let position = tables.position(signal).await;
    let start = lifecycle::begin_exit(&position, stop(&position, at(60)));
    tables.ledger.begin_exit(&position, &start).await.unwrap()
}

async fn try_fail(tables: &Tables, signal: &Signal) -> Written {
    let position = tables.position(signal).await;
    let order = tables.order(signal, Leg::Exit(1)).await;
    let failed = order.changed(lifecycle::failed(&order, rejected()));
    let open = position.changed(lifecycle::exit_failed(&position));
    tables.ledger.fail_exit(&failed, &open).await.unwrap()
}

#[tokio::test]
async fn of_eight_exits_one_begins_and_one_closes() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    let position = tables.open(&signal, 200).await;
    let start = lifecycle::begin_exit(&position, stop(&position, at(60)));
    let begun = join_all((0..8).map(|_| tables.ledger.begin_exit(&position, &start))).await;
    let written = begun
        .into_iter()
        .filter(|b| *b.as_ref().unwrap() == ExitBegun::Written);
    assert_eq!(written.count(), 1);
    let closed = join_all((0..8).map(|_| tables.try_close(&signal, 250, at(61)))).await;
    let written = closed.iter().filter(|c| **c == Written::Yes).count();
    assert_eq!(written, 1, "{closed:?}");
    let book = tables.book().await;
    assert_eq!((book.open_count, book.exposure_usd), (0, Usd::ZERO));
    assert_eq!(book.cash_usd, Usd::cents(5_000_000 + 5_000 - 2 * 65));
    assert_eq!(book.day_pnl_usd, Usd::cents(5_000 - 2 * 65));
    let trace = tables.trace(&signal).await;
    assert_eq!(trace.trades.len(), 2);
    assert_eq!(trace.exit_decisions, [start.decision]);
    tables.stop().await;
}

#[tokio::test]
async fn of_eight_failures_one_opens_the_position_again() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    tables.open(&signal, 200).await;
    let before = tables.book().await;
    tables.begin_exit(&signal, at(60)).await;
    let position = tables.position(&signal).await;
    let order = tables.order(&signal, Leg::Exit(1)).await;
    let failed = order.changed(lifecycle::failed(&order, rejected()));
    let open = position.changed(lifecycle::exit_failed(&position));
    let all = join_all((0..8).map(|_| tables.ledger.fail_exit(&failed, &open))).await;
    let written = all
        .into_iter()
        .filter(|w| *w.as_ref().unwrap() == Written::Yes);
    assert_eq!(written.count(), 1);
    let position = tables.position(&signal).await;
    assert_eq!(
        (&position.state, position.exit_failures_in_row),
        (&PositionState::Open, 1)
    );
    assert_eq!(tables.book().await, before);
    tables.begin_exit(&signal, at(120)).await;
    assert_eq!(tables.try_close(&signal, 250, at(121)).await, Written::Yes);
    let legs: Vec<_> = tables
        .trace(&signal)
        .await
        .orders
        .iter()
        .map(|o| o.leg)
        .collect();
    assert_eq!(legs, [Leg::Entry, Leg::Exit(1), Leg::Exit(2)]);
    tables.stop().await;
}

#[tokio::test]
async fn an_exit_order_fails_or_fills_but_not_both() {
    let tables = Tables::start().await;
    for seconds in 0..4 {
        let signal = entry("SPY", seconds);
        tables.open(&signal, 200).await;
        assert_eq!(try_begin(&tables, &signal).await, ExitBegun::Written);
        let (closed, failed) = futures::join!(
            tables.try_close(&signal, 250, at(61)),
            try_fail(&tables, &signal),
        );
        assert_ne!(closed == Written::Yes, failed == Written::Yes);
        let state = tables.position(&signal).await.state.name();
        assert_eq!(state == "closed", closed == Written::Yes);
    }
    tables.stop().await;
}

#[tokio::test]
async fn each_close_counts_on_its_new_york_date() {
    let tables = Tables::start().await;
    // 50 cents a share less two fees; the date in New York, not in Greenwich.
    let one = 5_000 - 2 * 65;
    for (seconds, now, day, day_cents) in [
        (0, "2026-07-30T19:59:00Z", "2026-07-30", one),
        (1, "2026-07-31T03:59:00Z", "2026-07-30", 2 * one),
        (2, "2026-07-31T04:01:00Z", "2026-07-31", one),
        (3, "2026-07-30T20:00:00Z", "2026-07-31", one),
        (4, "2026-07-31T19:00:00Z", "2026-07-31", 2 * one),
        (5, "2026-08-03T14:00:00Z", "2026-08-03", one),
    ] {
        let signal = entry("SPY", seconds);
        tables.open(&signal, 200).await;
        tables.close(&signal, 250, utc(now)).await;
        let book = tables.book().await;
        assert_eq!(book.day, Some(day.parse().unwrap()), "{now}");
        assert_eq!(book.day_pnl_usd, Usd::cents(day_cents), "{now}");
        let closed = i64::from(book.open_count == 0) * (seconds + 1);
        assert_eq!(book.cash_usd, Usd::cents(5_000_000 + closed * one), "{now}");
    }
    tables.stop().await;
}

#[tokio::test]
async fn a_close_on_an_outdated_day_is_decided_again() {
    let tables = Tables::start().await;
    let (first, second) = (entry("SPY", 0), entry("QQQ", 1));
    for signal in [&first, &second] {
        tables.open(signal, 200).await;
        tables.begin_exit(signal, at(60)).await;
    }
    // Both read a book in which nothing was closed yet.
    let (one, other) = futures::join!(
        tables.try_close(&first, 250, at(61)),
        tables.try_close(&second, 250, at(61)),
    );
    let late = if one == Written::Yes { &second } else { &first };
    assert!(one == Written::Yes || other == Written::Yes);
    if one != other {
        assert_eq!(tables.try_close(late, 250, at(61)).await, Written::Yes);
    }
    let both = Usd::cents(2 * (5_000 - 2 * 65));
    assert_eq!(tables.book().await.day_pnl_usd, both);
    tables.stop().await;
}

#[tokio::test]
async fn a_settlement_ends_an_open_position_or_one_whose_exit_came_too_late() {
    for closing in [false, true] {
        let tables = Tables::start().await;
        let signal = entry("SPY", 0);
        tables.open(&signal, 200).await;
        if closing {
            tables.begin_exit(&signal, at(60)).await;
        }
        let trace = tables.trace(&signal).await;
        let all = join_all((0..4).map(|_| settle(&tables, &trace))).await;
        let written = all.iter().filter(|s| **s == Written::Yes).count();
        assert_eq!(written, 1, "{all:?}");
        let trace = tables.trace(&signal).await;
        let states: Vec<_> = trace.orders.iter().map(|o| o.state.name()).collect();
        let expected: &[_] = if closing {
            &["filled", "failed", "filled"]
        } else {
            &["filled"; 2]
        };
        assert_eq!(states, expected);
        assert_eq!(trace.position(Engine::A).unwrap().state.name(), "closed");
        assert_eq!(
            tables.book().await.cash_usd,
            Usd::cents(5_000_000 + 30_000 - 65)
        );
        tables.stop().await;
    }
}

/// Settles at $5 a share, without a fee, what this trace shows.
async fn settle(tables: &Tables, seen: &Trace) -> Written {
    let position = seen.position(Engine::A).unwrap();
    let now = utc("2026-08-21T20:15:00Z");
    let order = lifecycle::settlement_order(position, now);
    let fill = settlement::settle(position, Price::cents(60_500));
    let trade = lifecycle::trade(&order, &fill, Usd::ZERO, now);
    let closed = lifecycle::closed(position, ExitReason::Expired, None, &trade);
    let late = seen.order(Engine::A, Leg::Exit(1));
    let late = late.map(|order| order.changed(lifecycle::failed(order, rejected())));
    let order = match &late {
        Some(failed) => ExitOrder::Instead {
            order: &order,
            failed,
        },
        None => ExitOrder::New(&order),
    };
    let close = Close {
        position: &position.changed(closed),
        order,
        trade: &trade,
        book: &tables.book().await,
        proceeds: &proceeds(position, &trade, now),
    };
    tables.ledger.close(&close).await.unwrap()
}
