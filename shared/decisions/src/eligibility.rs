//! The law that both engines live under: what has to hold before either may judge an entry.
//! Every rule is evaluated, also after another one has said no, and each leaves its reading.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{eastern, session_at, trading_date};
use domain::quote::{MarketClock, StockQuote};
use domain::signal::Signal;
use domain::{Book, RejectionReason, RuleReading, Settings, SignalId, Usd};
use rust_decimal::Decimal;

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The alert.
    pub signal: &'a Signal,
    /// The market's clock; absent when nobody could tell.
    pub clock: Option<&'a MarketClock>,
    /// The underlying's quote; absent when none could be had.
    pub quote: Option<&'a StockQuote>,
    /// The engine's book.
    pub book: &'a Book,
    /// The day's result of the engine so far, net, open positions included.
    pub day_result_usd: Usd,
    /// The signal for which the engine already entered on this bar.
    pub bar_taken_by: Option<SignalId>,
    /// The settings in force.
    pub settings: &'a Settings,
    /// Now.
    pub now: DateTime<Utc>,
}

/// When the entry stops being valid.
pub fn valid_until(signal: &Signal, settings: &Settings) -> DateTime<Utc> {
    signal.received_at + settings.trading_rules.entry_validity()
}

/// Every rule's reading, in the order in which the first failure names the rejection.
pub fn evaluate(circumstances: &Circumstances<'_>) -> Vec<RuleReading> {
    [
        entries_enabled,
        not_halted,
        within_validity,
        intent_enters,
        symbol_allowed,
        session_open,
        no_later_exit_alert,
        one_entry_per_bar,
        daily_loss,
        quote_usable,
    ]
    .map(|rule| rule(circumstances))
    .into()
}

fn entries_enabled(c: &Circumstances<'_>) -> RuleReading {
    let enabled = c.settings.trading_rules.entries_enabled;
    let reading = if enabled { "on" } else { "off" };
    RuleReading::new(
        "entries_enabled",
        enabled,
        RejectionReason::TradingHalted,
        reading,
        "on",
    )
}

fn not_halted(c: &Circumstances<'_>) -> RuleReading {
    let halt = c.book.halt.as_ref();
    RuleReading::new(
        "not_halted",
        halt.is_none(),
        RejectionReason::TradingHalted,
        halt.map_or_else(|| "not halted".to_owned(), |halt| format!("halted {halt}")),
        "not halted",
    )
}

fn within_validity(c: &Circumstances<'_>) -> RuleReading {
    let age = c.now - c.signal.received_at;
    let limit = c.settings.trading_rules.entry_validity();
    RuleReading::new(
        "within_validity",
        age <= limit,
        RejectionReason::TooLate,
        seconds(age),
        format!("at most {}", seconds(limit)),
    )
}

fn intent_enters(c: &Circumstances<'_>) -> RuleReading {
    let intent = c.signal.intent;
    RuleReading::new(
        "intent_enters",
        intent.buys(),
        RejectionReason::PyramidingOff,
        intent.kind(),
        "entry or reverse",
    )
}

fn symbol_allowed(c: &Circumstances<'_>) -> RuleReading {
    let allowed = &c.settings.trading_rules.allowed_symbols;
    let names: Vec<_> = allowed.iter().map(domain::Symbol::as_str).collect();
    RuleReading::new(
        "symbol_allowed",
        allowed.contains(&c.signal.symbol),
        RejectionReason::SymbolNotAllowed,
        c.signal.symbol.as_str(),
        names.join(" "),
    )
}

fn session_open(c: &Circumstances<'_>) -> RuleReading {
    let margin = TimeDelta::minutes(i64::from(c.settings.trading_rules.entry_stop_minutes));
    let (passed, reading) = c.clock.map_or_else(
        || (false, "unknown, which counts as closed".to_owned()),
        |clock| session_reading(clock, c.now, margin),
    );
    RuleReading::new(
        "session_open",
        passed,
        RejectionReason::MarketClosed,
        reading,
        format!("open, and {} or more before the close", minutes(margin)),
    )
}

/// Whether entries may still be made, and what the clock shows. The calendar tells the close
/// where the clock doesn't.
fn session_reading(clock: &MarketClock, now: DateTime<Utc>, margin: TimeDelta) -> (bool, String) {
    if !clock.is_open {
        let opens = || format!("closed; opens {}", shown(clock.opens_at));
        let why = clock.closed_because.as_ref();
        return (
            false,
            why.map_or_else(opens, |why| format!("closed: {why}")),
        );
    }
    let of_calendar = || session_at(now).map(|session| session.close);
    let Some(close) = clock.closes_at.or_else(of_calendar) else {
        let reading = "open until an unknown time, which counts as closed";
        return (false, reading.to_owned());
    };
    if close - now >= margin {
        return (true, format!("open until {}", shown(close)));
    }
    let (close, opens) = (shown(close), shown(clock.opens_at));
    (false, format!("closes {close}; opens again {opens}"))
}

fn no_later_exit_alert(c: &Circumstances<'_>) -> RuleReading {
    let signal = c.signal;
    let exit_at = c
        .book
        .last_exit_alert(&signal.symbol, signal.strategy.as_deref());
    let cancelled = exit_at.is_some_and(|at| at >= signal.received_at);
    let reading = exit_at.map_or_else(|| "none".to_owned(), shown);
    RuleReading::new(
        "no_later_exit_alert",
        !cancelled,
        RejectionReason::CancelledByExit,
        reading,
        format!("none since {}", shown(signal.received_at)),
    )
}

fn one_entry_per_bar(c: &Circumstances<'_>) -> RuleReading {
    let other = c.bar_taken_by.filter(|id| *id != c.signal.signal_id);
    let reading = other.map_or_else(|| "none".to_owned(), |id| format!("signal {id}"));
    RuleReading::new(
        "one_entry_per_bar",
        other.is_none(),
        RejectionReason::BarAlreadyEntered,
        reading,
        format!(
            "no other entry on the {} bar of {}",
            c.signal.timeframe,
            shown(c.signal.bar_start)
        ),
    )
}

fn daily_loss(c: &Circumstances<'_>) -> RuleReading {
    let halted = c.book.loss_halt == Some(trading_date(c.now));
    let limit = -c.settings.risk_limits.max_daily_loss_usd;
    let reached = crate::risk::is_loss_limit_reached(c.day_result_usd, c.settings);
    let note = if halted {
        ", and stopped earlier today"
    } else {
        ""
    };
    RuleReading::new(
        "daily_loss",
        !halted && !reached,
        RejectionReason::DailyLossLimit,
        format!("{}{note}", c.day_result_usd),
        format!("above {limit}"),
    )
}

fn quote_usable(c: &Circumstances<'_>) -> RuleReading {
    let age_ms_max = i64::from(c.settings.trading_rules.quote_age_ms_max);
    let limit = format!("two-sided, at most {age_ms_max} ms old");
    let Some(quote) = c.quote else {
        return RuleReading::new(
            "quote_usable",
            false,
            RejectionReason::NoMarketData,
            "none",
            limit,
        );
    };
    let age_ms = quote.provenance.age_ms(c.now);
    let reason = if age_ms > age_ms_max {
        RejectionReason::StaleQuote
    } else {
        RejectionReason::NoMarketData
    };
    let usable = quote.sides.is_two_sided() && age_ms <= age_ms_max;
    let reading = format!(
        "{} / {}, {age_ms} ms old, from {}",
        quote.sides.bid, quote.sides.ask, quote.provenance.provider
    );
    RuleReading::new("quote_usable", usable, reason, reading, limit)
}

/// An instant as a trader reads it: Eastern time.
pub(crate) fn shown(instant: DateTime<Utc>) -> String {
    eastern(instant).format("%Y-%m-%d %H:%M:%S %Z").to_string()
}

fn seconds(span: TimeDelta) -> String {
    match span.num_milliseconds() {
        whole if whole % 1_000 == 0 => format!("{} s", whole / 1_000),
        parts => format!("{} s", Decimal::new(parts, 3)),
    }
}

fn minutes(span: TimeDelta) -> String {
    format!("{} min", span.num_minutes())
}
