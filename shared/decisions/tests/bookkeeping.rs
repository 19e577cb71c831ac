//! Changes of a book in memory: what a late settlement does to the day, and which fills it takes.

#[cfg(test)]
mod common;

use decisions::bookkeeping::{Proceeds, collect, fill_refusal, note_exit_alert, release};
use domain::{Book, Engine, ExitScope, Position, RejectionReason, Usd};

use common::{date, halt, position, symbol, utc};

fn book() -> Book {
    let mut book = Book::opened_with(Engine::A, Usd::dollars(1_000));
    book.open_count = 1;
    book.count_by_symbol.insert(symbol("SPY"), 1);
    book.exposure_usd = Usd::dollars(200);
    book.pending_usd = Usd::dollars(200);
    book
}

fn costing(dollars: i64) -> Position {
    Position {
        exposure_usd: Usd::dollars(dollars),
        ..position("SPY260213C00451000")
    }
}

#[test]
fn closes_of_a_day_add_up_and_the_day_never_goes_back() {
    let mut book = book();
    for (today, result, day, pnl) in [
        ("2026-06-24", 10, "2026-06-24", 10),
        ("2026-06-24", -30, "2026-06-24", -20),
        ("2026-06-23", 500, "2026-06-24", -20),
        ("2026-06-25", 7, "2026-06-25", 7),
    ] {
        let proceeds = Proceeds {
            cash_usd: Usd::dollars(1),
            exposure_usd: Usd::ZERO,
            day_result_usd: Usd::dollars(result),
            today: date(today),
        };
        collect(&mut book, &symbol("SPY"), &proceeds);
        assert_eq!(
            (book.day, book.day_pnl_usd),
            (Some(date(day)), Usd::dollars(pnl))
        );
    }
    assert_eq!(book.cash_usd, Usd::dollars(1_004));
    assert_eq!((book.open_count, book.count_in(&symbol("SPY"))), (0, 0));
}

#[test]
fn what_was_set_aside_is_given_back() {
    let mut book = book();
    release(&mut book, &symbol("SPY"), Usd::dollars(200));
    assert_eq!(
        (book.exposure_usd, book.pending_usd),
        (Usd::ZERO, Usd::ZERO)
    );
    assert_eq!(book.open_count, 0);
}

#[test]
fn an_earlier_exit_alert_takes_no_later_one_s_place() {
    let mut book = book();
    let scope = ExitScope::of(&symbol("SPY"), None);
    for at in ["2026-06-24T15:00:00Z", "2026-06-24T14:00:00Z"] {
        note_exit_alert(&mut book, scope.clone(), utc(at));
    }
    assert_eq!(book.exit_alerts[&scope], utc("2026-06-24T15:00:00Z"));
}

#[test]
fn a_fill_is_refused_for_a_halt_an_exit_alert_and_a_price_that_rose_too_far() {
    let (reserved, fee, limit) = (Usd::dollars(200), Usd::dollars(1), Usd::dollars(250));
    let refused = |book: &Book, cost| {
        let refusal = fill_refusal(book, &costing(cost), reserved, fee, limit);
        refusal.map(|rejection| rejection.reason)
    };
    assert_eq!(refused(&book(), 200), None);
    assert_eq!(refused(&book(), 250), None);
    assert_eq!(refused(&book(), 251), Some(RejectionReason::ExposureLimit));
    let poor = Book {
        cash_usd: Usd::dollars(220),
        ..book()
    };
    assert_eq!(refused(&poor, 219), None);
    assert_eq!(refused(&poor, 220), Some(RejectionReason::ExposureLimit));
    let halted = Book {
        halt: Some(halt()),
        ..book()
    };
    assert_eq!(refused(&halted, 200), Some(RejectionReason::TradingHalted));
    let mut alerted = book();
    let scope = ExitScope::of(&symbol("SPY"), None);
    note_exit_alert(&mut alerted, scope, costing(200).entry_received_at);
    assert_eq!(
        refused(&alerted, 200),
        Some(RejectionReason::CancelledByExit)
    );
}
