//! The limits of an entry: each just inside and at its bound.

#[cfg(test)]
mod common;

use common::{book, long_entry, signal, symbol};
use decisions::entry_limits::{entry_limits, first_failure};
use domain::{Book, Engine, RejectionReason, Settings, Signal, Usd};

fn rejects_with(signal: &Signal, book: &Book, settings: &Settings) -> Option<RejectionReason> {
    let limits = entry_limits(signal, book, settings);
    first_failure(&limits).map(|rejection| rejection.reason)
}

/// What a case does to an empty book.
type Change = fn(&mut Book);

#[test]
fn each_limit_leaves_room_up_to_its_bound() {
    use RejectionReason as Reason;
    let cases: [(Change, Option<Reason>); 10] = [
        (|_| (), None),
        (|book| book.open_count = 9, None),
        (|book| book.open_count = 10, Some(Reason::OpenPositionLimit)),
        (|book| hold(book, "SPY", 0), None),
        (
            |book| hold(book, "SPY", 1),
            Some(Reason::SymbolPositionLimit),
        ),
        (|book| hold(book, "QQQ", 1), None),
        (|book| book.exposure_usd = Usd::cents(999_999), None),
        (
            |book| book.exposure_usd = Usd::dollars(10_000),
            Some(Reason::ExposureLimit),
        ),
        (
            |book| book.pending_usd = Usd::dollars(50_000),
            Some(Reason::NotEnoughCash),
        ),
        (
            |book| book.cash_usd = Usd::ZERO,
            Some(Reason::NotEnoughCash),
        ),
    ];
    for (row, (change, expected)) in cases.into_iter().enumerate() {
        let mut book = book();
        change(&mut book);
        let found = rejects_with(&long_entry(), &book, &Settings::default());
        assert_eq!(found, expected, "case {row}");
    }
}

fn hold(book: &mut Book, underlying: &str, count: u32) {
    book.count_by_symbol.insert(symbol(underlying), count);
}

#[test]
fn engine_b_may_hold_more_in_a_symbol() {
    for (count, expected) in [(2, None), (3, Some(RejectionReason::SymbolPositionLimit))] {
        let mut book = Book::opened_with(Engine::B, Usd::dollars(50_000));
        hold(&mut book, "SPY", count);
        let found = rejects_with(&long_entry(), &book, &Settings::default());
        assert_eq!(found, expected, "{count} held");
    }
}

#[test]
fn an_alert_without_a_direction_is_never_entered() {
    let exit = signal(r#""action":"exit""#);
    let found = rejects_with(&exit, &book(), &Settings::default());
    assert_eq!(found, Some(RejectionReason::PyramidingOff));
}

#[test]
fn every_rule_is_read_after_the_first_has_failed() {
    let mut full = book();
    full.open_count = 10;
    full.exposure_usd = Usd::dollars(10_000);
    hold(&mut full, "SPY", 1);
    let readings = entry_limits(&long_entry(), &full, &Settings::default());
    let failed: Vec<_> = readings.iter().filter(|r| !r.passed).collect();
    let shown: Vec<_> = failed
        .iter()
        .map(|r| (r.rule.as_str(), r.reading.as_str(), r.limit.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("open_positions", "10 open or pending", "fewer than 10"),
            (
                "positions_in_symbol",
                "1 open or pending in SPY",
                "fewer than 1"
            ),
            (
                "exposure",
                "$10000.00 of premium at risk",
                "below $10000.00"
            ),
        ]
    );
}
