//! The law that both engines live under, rule by rule.

#[cfg(test)]
mod common;

use chrono::{DateTime, TimeDelta, Utc};
use common::{
    book, closed_clock, date, long_entry, open_clock, sides, signal, signal_at, stock_quote,
    symbol, utc,
};
use decisions::eligibility::{Circumstances, evaluate, valid_until};
use decisions::engine_a::{entry_rules, verdict};
use domain::quote::{MarketClock, StockQuote};
use domain::{
    Book, ExitScope, RejectionReason, RuleReading, Settings, Signal, SignalId, Usd, Verdict,
};

/// Everything that the rules look at, owned, so that a case can change one thing.
struct World {
    signal: Signal,
    clock: Option<MarketClock>,
    quote: Option<StockQuote>,
    book: Book,
    day_result_usd: Usd,
    bar_taken_by: Option<SignalId>,
    settings: Settings,
    now: DateTime<Utc>,
}

impl World {
    /// A moment at which an entry is eligible: two seconds after an alert, in mid-session.
    fn eligible() -> Self {
        let now = utc("2026-06-24T14:15:06Z");
        Self {
            signal: long_entry(),
            clock: Some(open_clock("2026-06-24T20:00:00Z", "2026-06-25T13:30:00Z")),
            quote: Some(stock_quote(
                sides(60_010, 60_012),
                utc("2026-06-24T14:15:05Z"),
            )),
            book: book(),
            day_result_usd: Usd::ZERO,
            bar_taken_by: None,
            settings: Settings::default(),
            now,
        }
    }

    fn readings(&self) -> Vec<RuleReading> {
        evaluate(&Circumstances {
            signal: &self.signal,
            clock: self.clock.as_ref(),
            quote: self.quote.as_ref(),
            book: &self.book,
            day_result_usd: self.day_result_usd,
            bar_taken_by: self.bar_taken_by,
            settings: &self.settings,
            now: self.now,
        })
    }

    fn reading(&self, rule: &str) -> RuleReading {
        let found = self.readings().into_iter().find(|r| r.rule == rule);
        found.unwrap_or_else(|| panic!("no rule {rule}"))
    }

    fn failed(&self) -> Vec<RuleReading> {
        let readings = self.readings().into_iter();
        readings.filter(|reading| !reading.passed).collect()
    }

    /// The session's reading at an instant.
    fn session(mut self, now: &str, clock: Option<MarketClock>) -> RuleReading {
        self.now = utc(now);
        self.clock = clock;
        self.reading("session_open")
    }
}

#[test]
fn nothing_stands_against_a_good_entry() {
    let world = World::eligible();
    assert_eq!(world.failed(), []);
    let own = entry_rules(&world.signal, &world.book, &world.settings);
    assert_eq!(verdict(&world.readings(), &own), Verdict::Approved);
}

/// What breaks one rule, and what that rule then says.
struct Breach<'a> {
    breaks: fn(&mut World),
    rule: &'static str,
    reason: RejectionReason,
    reading: &'a str,
    limit: &'static str,
}

#[test]
fn a_rule_that_is_broken_says_what_it_read_and_what_it_allows() {
    use RejectionReason as Reason;
    let another = SignalId::of("another alert on this bar");
    let taken = format!("signal {another}");
    let breaches = [
        Breach {
            breaks: |world| world.settings.trading_rules.entries_enabled = false,
            rule: "entries_enabled",
            reason: Reason::TradingHalted,
            reading: "off",
            limit: "on",
        },
        Breach {
            breaks: |world| world.settings.trading_rules.entry_valid_s = 1,
            rule: "within_validity",
            reason: Reason::TooLate,
            reading: "2 s",
            limit: "at most 1 s",
        },
        Breach {
            breaks: |world| {
                let add = r#""action":"buy","market_position":"long","prev_market_position":"long",
                    "market_position_size":2,"prev_market_position_size":1"#;
                world.signal = signal(add);
            },
            rule: "intent_enters",
            reason: Reason::PyramidingOff,
            reading: "add",
            limit: "entry or reverse",
        },
        Breach {
            breaks: |world| {
                let only_qqq = [symbol("QQQ"), symbol("IWM")].into();
                world.settings.trading_rules.allowed_symbols = only_qqq;
            },
            rule: "symbol_allowed",
            reason: Reason::SymbolNotAllowed,
            reading: "SPY",
            limit: "IWM QQQ",
        },
        Breach {
            breaks: |world| world.clock = Some(closed_clock("2026-06-25T13:30:00Z")),
            rule: "session_open",
            reason: Reason::MarketClosed,
            reading: "closed; opens 2026-06-25 09:30:00 EDT",
            limit: "open, and 5 min or more before the close",
        },
        Breach {
            breaks: |world| {
                let scope = ExitScope::of(&world.signal.symbol, None);
                let at = utc("2026-06-24T14:15:05Z");
                world.book.exit_alerts.insert(scope, at);
            },
            rule: "no_later_exit_alert",
            reason: Reason::CancelledByExit,
            reading: "2026-06-24 10:15:05 EDT",
            limit: "none since 2026-06-24 10:15:04 EDT",
        },
        Breach {
            breaks: |world| {
                world.bar_taken_by = Some(SignalId::of("another alert on this bar"));
            },
            rule: "one_entry_per_bar",
            reason: Reason::BarAlreadyEntered,
            reading: &taken,
            limit: "no other entry on the 5m bar of 2026-06-24 10:15:00 EDT",
        },
        Breach {
            breaks: |world| world.day_result_usd = Usd::dollars(-1_000),
            rule: "daily_loss",
            reason: Reason::DailyLossLimit,
            reading: "$-1000.00",
            limit: "above $-1000.00",
        },
        Breach {
            breaks: |world| world.quote = None,
            rule: "quote_usable",
            reason: Reason::NoMarketData,
            reading: "none",
            limit: "two-sided, at most 60000 ms old",
        },
    ];
    for breach in breaches {
        let mut world = World::eligible();
        (breach.breaks)(&mut world);
        let expected = RuleReading {
            rule: breach.rule.to_owned(),
            passed: false,
            reading: breach.reading.to_owned(),
            limit: breach.limit.to_owned(),
            rejects_with: Some(breach.reason),
        };
        assert_eq!(world.failed(), [expected]);
    }
}

#[test]
fn every_rule_is_read_even_when_another_has_said_no() {
    let mut world = World::eligible();
    world.settings.trading_rules.entries_enabled = false;
    world.clock = None;
    world.quote = None;
    world.day_result_usd = Usd::dollars(-2_000);
    let rules = |readings: Vec<RuleReading>| -> Vec<String> {
        readings.into_iter().map(|reading| reading.rule).collect()
    };
    assert_eq!(
        rules(world.readings()),
        rules(World::eligible().readings()),
        "the same rules, in the same order"
    );
    assert_eq!(
        rules(world.failed()),
        [
            "entries_enabled",
            "session_open",
            "daily_loss",
            "quote_usable"
        ]
    );
}

#[test]
fn the_first_rule_that_fails_names_the_rejection() {
    let mut world = World::eligible();
    world.clock = Some(closed_clock("2026-06-25T13:30:00Z"));
    world.quote = None;
    world.book.open_count = 10;
    let own = entry_rules(&world.signal, &world.book, &world.settings);
    let Verdict::Rejected { rejection } = verdict(&world.readings(), &own) else {
        panic!("approved");
    };
    assert_eq!(rejection.reason, RejectionReason::MarketClosed);
    assert_eq!(
        rejection.detail,
        "session_open is closed; opens 2026-06-25 09:30:00 EDT; \
         allowed: open, and 5 min or more before the close"
    );
}

#[test]
fn the_session_admits_entries_from_the_open_to_five_minutes_before_the_close() {
    let (usual, early) = ("2026-06-24T20:00:00Z", "2026-11-27T18:00:00Z");
    for (now, close, admitted) in [
        ("2026-06-24T13:30:00Z", usual, true),
        ("2026-06-24T19:55:00Z", usual, true),
        ("2026-06-24T19:55:00.001Z", usual, false),
        ("2026-06-24T19:59:59Z", usual, false),
        ("2026-06-24T20:00:00Z", usual, false),
        ("2026-11-27T17:55:00Z", early, true),
        ("2026-11-27T17:55:01Z", early, false),
        // A clock that was read before the close doesn't open the market after it.
        ("2026-06-24T21:00:00Z", usual, false),
    ] {
        let clock = open_clock(close, "2026-06-25T13:30:00Z");
        let reading = World::eligible().session(now, Some(clock));
        assert_eq!(reading.passed, admitted, "{now}: {}", reading.reading);
    }
}

#[test]
fn a_session_that_is_not_open_says_why_and_when_it_opens() {
    let unknown_close = |is_open| MarketClock {
        is_open,
        closes_at: None,
        ..closed_clock("2026-06-25T13:30:00Z")
    };
    let near = open_clock("2026-06-24T20:00:00Z", "2026-06-25T13:30:00Z");
    for (now, clock, expected) in [
        (
            "2026-06-24T14:15:06Z",
            None,
            "unknown, which counts as closed",
        ),
        (
            "2026-06-24T13:29:59Z",
            Some(closed_clock("2026-06-24T13:30:00Z")),
            "closed; opens 2026-06-24 09:30:00 EDT",
        ),
        (
            "2026-06-24T19:58:00Z",
            Some(near),
            "closes 2026-06-24 16:00:00 EDT; opens again 2026-06-25 09:30:00 EDT",
        ),
        (
            "2026-06-24T19:58:00Z",
            Some(unknown_close(true)),
            "closes 2026-06-24 16:00:00 EDT; opens again 2026-06-25 09:30:00 EDT",
        ),
        (
            "2026-06-27T15:00:00Z",
            Some(unknown_close(true)),
            "open until an unknown time, which counts as closed",
        ),
    ] {
        let reading = World::eligible().session(now, clock);
        assert_eq!(
            (reading.passed, reading.reading.as_str()),
            (false, expected)
        );
    }
}

#[test]
fn a_clock_that_names_no_close_is_completed_from_the_calendar() {
    let clock = MarketClock {
        is_open: true,
        ..closed_clock("2026-11-30T14:30:00Z")
    };
    let reading = World::eligible().session("2026-11-27T17:55:00Z", Some(clock));
    assert_eq!(
        (reading.passed, reading.reading.as_str()),
        (true, "open until 2026-11-27 13:00:00 EST")
    );
}

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
