//! Contracts held to their end: when that is, and what they are worth then.

#[cfg(test)]
mod common;

use common::{position, utc};
use decisions::settlement::{is_expired, settle};
use domain::{FillBasis, Price};

#[test]
fn a_contract_has_expired_from_the_close_of_its_last_day() {
    for (contract, now, expired) in [
        ("SPY260702C00600000", "2026-07-02T19:59:59.999Z", false),
        ("SPY260702C00600000", "2026-07-02T20:00:00Z", true),
        ("SPY260702C00600000", "2026-07-06T13:30:00Z", true),
        ("SPY261127C00600000", "2026-11-27T17:59:59Z", false),
        ("SPY261127C00600000", "2026-11-27T18:00:00Z", true),
        // Winter: the close is an hour later in UTC.
        ("SPY270115P00600000", "2027-01-15T20:00:00Z", false),
        ("SPY270115P00600000", "2027-01-15T21:00:00Z", true),
    ] {
        let found = is_expired(&position(contract), utc(now));
        assert_eq!(found, expired, "{contract} at {now}");
    }
}

#[test]
fn it_is_worth_its_intrinsic_value_at_the_underlyings_close() {
    for (contract, close_cents, worth_cents) in [
        ("SPY260702C00600000", 61_234, 1_234),
        ("SPY260702C00600000", 60_001, 1),
        ("SPY260702C00600000", 60_000, 0),
        ("SPY260702C00600000", 59_000, 0),
        ("SPY260702P00600000", 61_234, 0),
        ("SPY260702P00600000", 60_000, 0),
        ("SPY260702P00600000", 59_999, 1),
        ("SPY260702P00600000", 0, 60_000),
        ("AAPL260702C00202500", 20_300, 50),
    ] {
        let underlying_close = Price::cents(close_cents);
        let settled = settle(&position(contract), underlying_close);
        assert_eq!(
            settled.price,
            Price::cents(worth_cents),
            "{contract} at {close_cents}"
        );
        assert_eq!(settled.basis, FillBasis::Expiry { underlying_close });
    }
}
