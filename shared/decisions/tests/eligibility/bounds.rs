//! Validity, bars, exit alerts, the day's loss, quotes and intents, each at its bound.

use chrono::TimeDelta;
use decisions::eligibility::valid_until;
use domain::{ExitScope, RejectionReason, Settings, Usd};

use crate::common::{self, date, long_entry, sides, signal_at, stock_quote, utc};
use crate::world::World;

#[test]
fn an_entry_is_valid_for_three_hundred_seconds_from_its_receipt() {
    let settings = Settings::default();
    let end = valid_until(&long_entry(), &settings);
    assert_eq!(end, utc("2026-06-24T14:20:04Z"));
    for (now, valid, expected) in [
        (end, true, "300 s"),
        (end + TimeDelta::milliseconds(1), false, "300.001 s"),
        (end - TimeDelta::seconds(300), true, "0 s"),
    ] {
        let world = World {
            now,
            ..World::eligible()
        };
        let reading = world.reading("within_validity");
        assert_eq!(
            (reading.passed, reading.reading.as_str()),
            (valid, expected)
        );
    }
}

#[test]
fn a_bar_is_taken_by_any_entry_but_the_signals_own() {
    let mut world = World::eligible();
    world.bar_taken_by = Some(world.signal.signal_id);
    assert_eq!(world.failed(), []);
}

#[test]
fn an_exit_alert_cancels_the_entries_of_its_scope_that_came_before() {
    let received_at = common::RECEIVED_AT;
    for (scope_strategy, signal_strategy, exit_at, cancelled) in [
        (None, None, "2026-06-24T14:15:03.999Z", false),
        (None, None, received_at, true),
        (None, Some("orb"), "2026-06-24T14:15:05Z", true),
        (Some("orb"), Some("orb"), "2026-06-24T14:15:05Z", true),
        (Some("orb"), Some("squeeze"), "2026-06-24T14:15:05Z", false),
        (Some("orb"), None, "2026-06-24T14:15:05Z", false),
    ] {
        let mut world = World::eligible();
        world.signal.strategy = signal_strategy.map(str::to_owned);
        let scope = ExitScope::of(&world.signal.symbol, scope_strategy);
        world.book.exit_alerts.insert(scope, utc(exit_at));
        let passed = world.reading("no_later_exit_alert").passed;
        assert_eq!(
            passed, !cancelled,
            "exit of {scope_strategy:?} at {exit_at}, entry of {signal_strategy:?}"
        );
    }
}

#[test]
fn the_daily_loss_latches_for_its_new_york_date() {
    for (halted_on, day_result, passed) in [
        (None, -99_999, true),
        (None, -100_000, false),
        (Some("2026-06-24"), 0, false),
        (Some("2026-06-24"), 50_000, false),
        (Some("2026-06-23"), 0, true),
    ] {
        let mut world = World::eligible();
        world.book.loss_halt = halted_on.map(date);
        world.day_result_usd = Usd::cents(day_result);
        let reading = world.reading("daily_loss");
        assert_eq!(reading.passed, passed, "{halted_on:?} {}", reading.reading);
    }
}

#[test]
fn a_halt_ends_at_midnight_in_new_york_and_not_in_utc() {
    for (now, passed) in [
        ("2026-06-25T03:59:59Z", false),
        ("2026-06-25T04:00:00Z", true),
    ] {
        let mut world = World::eligible();
        world.book.loss_halt = Some(date("2026-06-24"));
        world.now = utc(now);
        assert_eq!(world.reading("daily_loss").passed, passed, "{now}");
    }
}

#[test]
fn a_quote_has_two_sides_and_is_fresh() {
    use RejectionReason::{NoMarketData, StaleQuote};
    let now = World::eligible().now;
    for (bid, ask, age_ms, rejects_with) in [
        (60_010, 60_012, 0, None),
        (60_010, 60_010, 0, None),
        (60_010, 60_012, 60_000, None),
        (60_010, 60_012, 60_001, Some(StaleQuote)),
        (0, 60_012, 0, Some(NoMarketData)),
        (60_010, 0, 0, Some(NoMarketData)),
        (60_012, 60_010, 0, Some(NoMarketData)),
        (0, 60_012, 60_001, Some(StaleQuote)),
    ] {
        let at = now - TimeDelta::milliseconds(age_ms);
        let world = World {
            quote: Some(stock_quote(sides(bid, ask), at)),
            ..World::eligible()
        };
        let reading = world.reading("quote_usable");
        assert_eq!(reading.rejects_with, rejects_with, "{}", reading.reading);
    }
}

#[test]
fn a_quote_is_read_with_its_age_and_its_giver() {
    let reading = World::eligible().reading("quote_usable").reading;
    assert_eq!(reading, "600.10 / 600.12, 1000 ms old, from alpaca");
}

#[test]
fn only_entries_and_reversals_buy() {
    let of = |fields: &str| World {
        signal: signal_at(common::RECEIVED_AT, fields),
        ..World::eligible()
    };
    for (fields, passed) in [
        (r#""action":"buy""#, true),
        (r#""action":"sell""#, true),
        (
            r#""action":"sell","market_position":"short","prev_market_position":"long""#,
            true,
        ),
        (r#""action":"exit""#, false),
        (
            r#""action":"sell","market_position":"long","prev_market_position":"long",
               "market_position_size":1,"prev_market_position_size":2"#,
            false,
        ),
    ] {
        assert_eq!(
            of(fields).reading("intent_enters").passed,
            passed,
            "{fields}"
        );
    }
}
