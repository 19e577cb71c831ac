//! Each rule broken alone, several broken together, and the rejection that follows.

use decisions::entry_limits::{entry_limits, first_failure};
use domain::{ExitScope, RejectionReason, RuleReading, SignalId, Usd};

use crate::common::{closed_clock, halt, signal, symbol, utc};
use crate::world::World;

#[test]
fn nothing_stands_against_a_good_entry() {
    let world = World::eligible();
    assert_eq!(world.failed(), []);
    let own = entry_limits(&world.signal, &world.book, &world.settings);
    assert_eq!(first_failure(world.readings().iter().chain(&own)), None);
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
            reading: "-$1000.00",
            limit: "above -$1000.00",
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
fn a_halted_engine_is_told_by_whom_since_when_and_why() {
    let mut world = World::eligible();
    world.book.halt = Some(halt());
    let expected = RuleReading {
        rule: "not_halted".to_owned(),
        passed: false,
        reading: "halted by ann since 2026-06-24 10:00:00 EDT: the feed lies".to_owned(),
        limit: "not halted".to_owned(),
        rejects_with: Some(RejectionReason::TradingHalted),
    };
    assert_eq!(world.failed(), [expected]);
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
    let own = entry_limits(&world.signal, &world.book, &world.settings);
    let Some(rejection) = first_failure(world.readings().iter().chain(&own)) else {
        panic!("approved");
    };
    assert_eq!(rejection.reason, RejectionReason::MarketClosed);
    assert_eq!(
        rejection.detail,
        "session_open: closed; opens 2026-06-25 09:30:00 EDT \
         (allowed: open, and 5 min or more before the close)"
    );
}
