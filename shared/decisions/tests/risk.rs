//! The day's result, and why a book has no room.

#[cfg(test)]
mod common;

use common::{RECEIVED_AT, book, date, halt, mark, mark_after, position, sides, symbol, utc};
use decisions::risk::{
    Reservation, ReservedEntry, change_today, day_result, is_loss_limit_reached,
    unrealized_at_last_close,
};
use domain::quote::Mark;
use domain::{Book, ExitScope, Position, RejectionReason, Settings, Usd};

const TODAY: &str = "2026-06-24";
const NOW: &str = "2026-06-24T15:00:00Z";

/// One contract bought at $2.00 on a date, in mid-session.
fn opened_on(day: &str) -> Position {
    Position {
        opened_at: utc(&format!("{day}T15:00:00Z")),
        ..position("SPY260702C00600000")
    }
}

/// A mark of a moment, at a mid in cents, with the last mid of an earlier session if given.
fn marked(position: &Position, at: &str, cents: u32, previous: Option<(&str, u32)>) -> Mark {
    let mark = mark(position, sides(cents, cents), utc(at));
    match previous {
        Some((day, mid_cents)) => mark_after(mark, day, mid_cents),
        None => mark,
    }
}

#[test]
fn an_open_positions_day_begins_at_the_last_close_in_which_it_was_held() {
    for (opened, previous, change, before) in [
        // Opened today: since the entry, whatever the contract did before.
        ("2026-06-24", None, 30, 0),
        ("2026-06-24", Some(("2026-06-23", 150)), 30, 0),
        // Held overnight: since the close.
        ("2026-06-23", Some(("2026-06-23", 220)), 10, 20),
        ("2026-06-18", Some(("2026-06-23", 150)), 80, -50),
        // Over a closed day and a weekend.
        ("2026-06-18", Some(("2026-06-18", 190)), 40, -10),
        // Never marked in a session in which it was held.
        ("2026-06-23", None, 30, 0),
        ("2026-06-23", Some(("2026-06-22", 150)), 30, 0),
    ] {
        let position = opened_on(opened);
        let mark = marked(&position, NOW, 230, previous);
        let before_today = unrealized_at_last_close(&position, Some(&mark), date(TODAY));
        let case = format!("opened {opened}, closed {previous:?}");
        assert_eq!(
            change_today(&position, &mark),
            Usd::dollars(change),
            "{case}"
        );
        assert_eq!(before_today, Usd::dollars(before), "{case}");
        // Both parts together are all that the position has gained.
        assert_eq!(Usd::dollars(change + before), Usd::dollars(30), "{case}");
    }
}

#[test]
fn before_the_days_first_mark_the_last_one_is_the_close() {
    for (opened, marked_at, before) in [
        ("2026-06-22", "2026-06-23T19:59:00Z", 30),
        ("2026-06-22", "2026-06-22T19:59:00Z", 30),
        // The mark of another position that held the contract before.
        ("2026-06-23", "2026-06-22T19:59:00Z", 0),
    ] {
        let position = opened_on(opened);
        let mark = marked(&position, marked_at, 230, None);
        let found = unrealized_at_last_close(&position, Some(&mark), date(TODAY));
        assert_eq!(
            found,
            Usd::dollars(before),
            "opened {opened}, marked {marked_at}"
        );
    }
    let unmarked = unrealized_at_last_close(&opened_on("2026-06-22"), None, date(TODAY));
    assert_eq!(unmarked, Usd::ZERO);
}

fn closed(mut book: Book, day: &str, usd: i64) -> Book {
    book.day = Some(date(day));
    book.day_pnl_usd = Usd::dollars(usd);
    book
}

#[test]
fn the_days_result_is_what_was_closed_and_what_open_positions_changed() {
    let today = opened_on("2026-06-24");
    let before = opened_on("2026-06-23");
    let up_30 = marked(&today, NOW, 230, None);
    let down_70 = marked(&before, NOW, 150, Some(("2026-06-23", 220)));
    let of_yesterday = marked(&before, "2026-06-23T19:00:00Z", 10, None);
    for (book, open, expected) in [
        (book(), vec![], 0),
        (closed(book(), TODAY, -120), vec![], -120),
        (closed(book(), "2026-06-23", -900), vec![], 0),
        (book(), vec![(today.clone(), Some(up_30.clone()))], 30),
        (book(), vec![(today.clone(), None)], 0),
        (book(), vec![(before.clone(), Some(of_yesterday))], 0),
        (
            closed(book(), TODAY, -120),
            vec![(today, Some(up_30)), (before, Some(down_70))],
            -160,
        ),
    ] {
        let found = day_result(&book, &open, date(TODAY));
        assert_eq!(found, Usd::dollars(expected), "{open:?}");
    }
}

#[test]
fn the_loss_limit_is_reached_at_its_amount() {
    for (cents, reached) in [
        (0, false),
        (-99_999, false),
        (-100_000, true),
        (-100_001, true),
    ] {
        let found = is_loss_limit_reached(Usd::cents(cents), &Settings::default());
        assert_eq!(found, reached, "{cents}");
    }
}

/// The bounds for an entry of $500 and 65 cents of fees, computed from a book.
fn bounds(book: &Book, unrealized_today: i64) -> Reservation {
    let spy = symbol("SPY");
    let entry = ReservedEntry {
        symbol: &spy,
        strategy: Some("orb"),
        cost_usd: Usd::dollars(500),
        fee_usd: Usd::cents(65),
        received_at: utc(RECEIVED_AT),
    };
    let unrealized = Usd::dollars(unrealized_today);
    Reservation::new(book, &Settings::default(), &entry, unrealized, utc(NOW))
}

fn exited(mut book: Book, strategy: Option<&str>, at: &str) -> Book {
    let scope = ExitScope::of(&symbol("SPY"), strategy);
    book.exit_alerts.insert(scope, utc(at));
    book
}

fn held(mut book: Book, count: u32) -> Book {
    book.count_by_symbol.insert(symbol("SPY"), count);
    book
}

#[test]
fn each_bound_refuses_beyond_its_limit() {
    use RejectionReason as Reason;
    let (before, after) = ("2026-06-24T14:15:03Z", "2026-06-24T14:15:05Z");
    let changed = |change: fn(&mut Book)| {
        let mut book = book();
        change(&mut book);
        book
    };
    for (case, book, expected) in [
        ("empty", book(), None),
        ("exit before", exited(book(), None, before), None),
        (
            "exit at once",
            exited(book(), None, RECEIVED_AT),
            Some(Reason::CancelledByExit),
        ),
        (
            "exit after",
            exited(book(), Some("orb"), after),
            Some(Reason::CancelledByExit),
        ),
        (
            "exit of others",
            exited(book(), Some("squeeze"), after),
            None,
        ),
        (
            "halted",
            changed(|book| book.loss_halt = Some(date(TODAY))),
            Some(Reason::DailyLossLimit),
        ),
        (
            "halted yesterday",
            changed(|book| book.loss_halt = Some(date("2026-06-23"))),
            None,
        ),
        (
            "halted by hand",
            changed(|book| book.halt = Some(halt())),
            Some(Reason::TradingHalted),
        ),
        ("lost nearly all", closed(book(), TODAY, -999), None),
        (
            "lost all",
            closed(book(), TODAY, -1_000),
            Some(Reason::DailyLossLimit),
        ),
        ("lost yesterday", closed(book(), "2026-06-23", -1_000), None),
        ("nine open", changed(|book| book.open_count = 9), None),
        (
            "ten open",
            changed(|book| book.open_count = 10),
            Some(Reason::OpenPositionLimit),
        ),
        (
            "one in it",
            held(book(), 1),
            Some(Reason::SymbolPositionLimit),
        ),
        (
            "exposed to the bound",
            changed(|book| book.exposure_usd = Usd::dollars(9_500)),
            None,
        ),
        (
            "exposed beyond it",
            changed(|book| book.exposure_usd = Usd::cents(950_001)),
            Some(Reason::ExposureLimit),
        ),
        (
            "cash for it and the fee",
            changed(|book| book.cash_usd = Usd::cents(50_065)),
            None,
        ),
        (
            "a cent short",
            changed(|book| book.cash_usd = Usd::cents(50_064)),
            Some(Reason::NotEnoughCash),
        ),
        (
            "cash spoken for",
            changed(|book| book.pending_usd = Usd::dollars(49_500)),
            Some(Reason::NotEnoughCash),
        ),
    ] {
        let refusal = bounds(&book, 0).refusal(&book);
        assert_eq!(refusal.map(|refusal| refusal.reason), expected, "{case}");
    }
}

#[test]
fn what_open_positions_lost_today_counts_against_the_days_limit() {
    for (closed_today, unrealized, refused) in [
        (-400, -599, false),
        (-400, -600, true),
        (0, -1_000, true),
        // Gains of today outweigh what open positions lost, and the other way round.
        (300, -1_200, false),
        (200, -1_200, true),
        (-1_100, 200, false),
    ] {
        let book = closed(book(), TODAY, closed_today);
        let refusal = bounds(&book, unrealized).refusal(&book);
        let expected = refused.then_some(RejectionReason::DailyLossLimit);
        let case = format!("{closed_today} closed, {unrealized} open");
        assert_eq!(refusal.map(|refusal| refusal.reason), expected, "{case}");
    }
}

#[test]
fn cash_that_has_grown_since_it_was_read_is_worth_another_look() {
    let with_cash = |dollars| Book {
        cash_usd: Usd::dollars(dollars),
        pending_usd: Usd::dollars(400),
        ..book()
    };
    for (seen, now, expected) in [
        (800, 800, Some(RejectionReason::NotEnoughCash)),
        (800, 700, Some(RejectionReason::NotEnoughCash)),
        (800, 2_000, None),
    ] {
        let refusal = bounds(&with_cash(seen), 0).refusal(&with_cash(now));
        assert_eq!(refusal.map(|refusal| refusal.reason), expected, "{now}");
    }
}

#[test]
fn others_may_reserve_and_pay_while_there_is_cash_enough() {
    let seen = book();
    let bounds = bounds(&seen, 0);
    let slack = seen.cash_usd - seen.pending_usd - bounds.needed_usd;
    let room = bounds.cash_least_usd - bounds.pending_most_usd;
    assert_eq!(room, bounds.needed_usd, "never more than there is");
    for (moved, what) in [
        (seen.cash_usd - bounds.cash_least_usd, "payments"),
        (bounds.pending_most_usd - seen.pending_usd, "reservations"),
    ] {
        assert_eq!(moved, Usd(slack.0 / rust_decimal::Decimal::TWO), "{what}");
    }
}

#[test]
fn a_refusal_tells_the_figures() {
    let full = Book {
        exposure_usd: Usd::dollars(9_800),
        ..book()
    };
    let refusal = bounds(&full, 0).refusal(&full).map(|r| r.to_string());
    let expected = "exposure_limit: $9800.00 at risk, $500.00 more wanted";
    assert_eq!(refusal.as_deref(), Some(expected));
}
