//! Signals, orders, quotes: records as the functions build them.

use chrono::{DateTime, TimeDelta, Utc};
use decisions::contract_choice::Choice;
use decisions::lifecycle;
use decisions::risk::{Reservation, ReservedEntry};
use domain::quote::{BidAsk, OptionQuote, Provenance, Timeliness};
use domain::settings::SettingsVersions;
use domain::{
    Assignment, Book, Contracts, Decision, Engine, OptionContract, Order, Price, Settings, Side,
    Signal, Symbol, Usd, Verdict, alert,
};
use serde_json::{Value, json};
use storage::{WebhookEvent, WebhookOutcome};

/// A Thursday morning in session.
pub(crate) const START: &str = "2026-07-30T14:00:00Z";
pub(crate) const CALL: &str = "SPY260821C00600000";

pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// So many seconds after [`START`].
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    utc(START) + TimeDelta::seconds(seconds)
}

pub(crate) fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

/// A signal received so many seconds after [`START`], with these fields more.
pub(crate) fn signal(seconds: i64, fields: Value) -> Signal {
    let received_at = at(seconds);
    let mut body = json!({ "ticker": "SPY", "action": "buy", "interval": "1",
        "timenow": received_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true) });
    let Value::Object(fields) = fields else {
        panic!("{fields} are no fields");
    };
    body.as_object_mut().unwrap().extend(fields);
    alert::read(body.to_string().as_bytes(), received_at).unwrap_or_else(|e| panic!("{body}: {e}"))
}

/// An entry in this symbol.
pub(crate) fn entry(symbol: &str, seconds: i64) -> Signal {
    signal(seconds, json!({ "ticker": symbol }))
}

pub(crate) fn assignment(signal: &Signal) -> Assignment {
    lifecycle::assign(signal, Engine::A)
}

pub(crate) fn webhook_event(signal: &Signal, request_id: &str) -> WebhookEvent {
    WebhookEvent {
        request_id: request_id.to_owned(),
        received_at: signal.received_at,
        outcome: WebhookOutcome::Accepted,
        http_status: 200,
        signal_id: Some(signal.signal_id),
        problems: Vec::new(),
        summary: None,
        processing_time_ms: 3,
    }
}

pub(crate) fn decision(signal: &Signal, verdict: Verdict) -> Decision {
    Decision {
        signal_id: signal.signal_id,
        engine: Engine::A,
        verdict,
        eligibility: Vec::new(),
        entry_rules: Vec::new(),
        vote: None,
        knowledge: None,
        evidence: "00".repeat(32),
        settings: SettingsVersions::default(),
        decided_at: signal.received_at,
    }
}

/// A contract on the symbol, with a strike that makes it distinct.
pub(crate) fn call_on(symbol: &Symbol) -> OptionContract {
    OptionContract::parse(&CALL.replace("SPY", symbol.as_str())).unwrap()
}

pub(crate) fn sides(bid_cents: u32, ask_cents: u32) -> BidAsk {
    BidAsk {
        bid: Price::cents(bid_cents),
        ask: Price::cents(ask_cents),
    }
}

pub(crate) fn quote(contract: OptionContract, sides: BidAsk, at: DateTime<Utc>) -> OptionQuote {
    let provenance = Provenance {
        provider: "simulated".to_owned(),
        timeliness: Timeliness::Simulated,
        at,
        received_at: at,
    };
    OptionQuote {
        contract,
        sides,
        bid_size: 10,
        ask_size: 10,
        provenance,
    }
}

/// One contract at this ask.
pub(crate) fn choice(signal: &Signal, ask_cents: u32) -> Choice {
    let sides = sides(ask_cents, ask_cents);
    Choice {
        contract: call_on(&signal.symbol),
        quantity: Contracts::ONE,
        sides,
        cost_usd: sides.ask.value(Contracts::ONE),
    }
}

pub(crate) fn entry_order(signal: &Signal, ask_cents: u32, settings: &Settings) -> Order {
    let (choice, price) = (choice(signal, ask_cents), Price::cents(60_000));
    let now = signal.received_at;
    lifecycle::entry_order(signal, Engine::A, &choice, price, settings, now)
}

/// The bounds that the order creator would compute from this book.
pub(crate) fn bounds(
    book: &Book,
    signal: &Signal,
    ask_cents: u32,
    settings: &Settings,
) -> Reservation {
    let wanted = ReservedEntry {
        symbol: &signal.symbol,
        strategy: signal.strategy.as_deref(),
        cost_usd: choice(signal, ask_cents).cost_usd,
        fee_usd: settings
            .trading_rules
            .fee(Side::Buy, Contracts::ONE, Price::cents(ask_cents)),
        received_at: signal.received_at,
    };
    let now = signal.received_at;
    Reservation::new(book, settings, &wanted, Usd::ZERO, now)
}
