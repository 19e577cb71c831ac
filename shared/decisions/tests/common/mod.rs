//! Signals, positions, quotes and books for the tests of decisions.

#![allow(dead_code, reason = "each test file uses some of these")]

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::opinion::Absence;
use domain::quote::{BidAsk, MarketClock, OptionQuote, Provenance, StockQuote, Timeliness};
use domain::quote::{Mark, PreviousClose};
use domain::{
    Answer, Book, Contracts, Engine, Halt, Knowledge, Opinion, OptionContract, Position,
    PositionId, PositionState, Price, Signal, SignalId, Symbol, Usd, alert,
};

/// 10:15:04 Eastern time on a Wednesday that trades as usual.
pub(crate) const RECEIVED_AT: &str = "2026-06-24T14:15:04Z";

pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

pub(crate) fn symbol(text: &str) -> Symbol {
    Symbol::parse(text).unwrap()
}

pub(crate) fn contracts(count: u32) -> Contracts {
    Contracts::try_from(count).unwrap()
}

pub(crate) fn contract(name: &str) -> OptionContract {
    OptionContract::parse(name).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// A signal as it is read from an alert with these fields more, received at [`RECEIVED_AT`].
pub(crate) fn signal(fields: &str) -> Signal {
    signal_at(RECEIVED_AT, fields)
}

/// The same, received at another time.
pub(crate) fn signal_at(received_at: &str, fields: &str) -> Signal {
    let body = format!(r#"{{"ticker":"SPY","interval":"5","timenow":"{received_at}",{fields}}}"#);
    alert::read(body.as_bytes(), utc(received_at)).unwrap_or_else(|e| panic!("{body}: {e}"))
}

pub(crate) fn long_entry() -> Signal {
    signal(r#""action":"buy""#)
}

/// What Engine B knows while it has done nothing yet.
pub(crate) fn fresh_knowledge() -> Knowledge {
    Knowledge {
        book: Book::opened_with(Engine::B, Usd::dollars(50_000)),
        day_result_usd: Usd::ZERO,
        bar_taken_by: None,
        premium_usd_by_symbol: BTreeMap::new(),
        correlations: BTreeMap::new(),
        settings_sha256: String::new(),
    }
}

/// The opinion that an agent gave.
pub(crate) fn given(agent: &str, answer: Answer) -> Opinion {
    match answer {
        Answer::Given(opinion) => opinion,
        Answer::Absent { why, .. } => panic!("{agent} says nothing: {why}"),
    }
}

/// Why an agent had nothing to look at.
pub(crate) fn why_unseen(agent: &str, answer: Answer) -> String {
    match answer {
        Answer::Absent {
            absence: Absence::NoEvidence,
            why,
        } => why.into_owned(),
        other => panic!("{agent}: {other:?}"),
    }
}

pub(crate) fn book() -> Book {
    Book::opened_with(Engine::A, Usd::dollars(50_000))
}

/// That a person stopped entries a while ago.
pub(crate) fn halt() -> Halt {
    Halt {
        by: "ann".to_owned(),
        at: utc("2026-06-24T14:00:00Z"),
        why: "the feed lies".to_owned(),
    }
}

/// The two sides, in cents per share.
pub(crate) fn sides(bid_cents: u32, ask_cents: u32) -> BidAsk {
    BidAsk {
        bid: Price::cents(bid_cents),
        ask: Price::cents(ask_cents),
    }
}

pub(crate) fn provenance(at: DateTime<Utc>) -> Provenance {
    Provenance {
        provider: "alpaca".to_owned(),
        timeliness: Timeliness::RealTime,
        at,
        received_at: at,
    }
}

pub(crate) fn stock_quote(sides: BidAsk, at: DateTime<Utc>) -> StockQuote {
    StockQuote {
        symbol: symbol("SPY"),
        sides,
        basis: domain::quote::QuoteBasis::Sides,
        provenance: provenance(at),
    }
}

pub(crate) fn option_quote(name: &str, sides: BidAsk, at: DateTime<Utc>) -> OptionQuote {
    OptionQuote {
        contract: contract(name),
        sides,
        bid_size: 10,
        ask_size: 10,
        provenance: provenance(at),
    }
}

pub(crate) fn open_clock(closes_at: &str, opens_at: &str) -> MarketClock {
    MarketClock {
        is_open: true,
        closes_at: Some(utc(closes_at)),
        opens_at: utc(opens_at),
        closed_because: None,
        provenance: provenance(utc(RECEIVED_AT)),
    }
}

pub(crate) fn closed_clock(opens_at: &str) -> MarketClock {
    MarketClock {
        is_open: false,
        closes_at: None,
        opens_at: utc(opens_at),
        closed_because: None,
        provenance: provenance(utc(RECEIVED_AT)),
    }
}

/// One contract, bought for $2.00 a share at [`RECEIVED_AT`].
pub(crate) fn position(name: &str) -> Position {
    let signal_id = SignalId::of(name);
    let held = contract(name);
    let entry_price = Price::cents(200);
    Position {
        position_id: PositionId::of(signal_id, Engine::A),
        signal_id,
        engine: Engine::A,
        symbol: symbol(held.root()),
        strategy: None,
        source: None,
        contract: held,
        quantity: Contracts::ONE,
        entry_price,
        entry_mid: entry_price,
        entry_worst: entry_price,
        entry_fee_usd: Usd::cents(65),
        entry_greeks: None,
        exposure_usd: entry_price.value(Contracts::ONE),
        entry_received_at: utc(RECEIVED_AT) - TimeDelta::seconds(2),
        opened_at: utc(RECEIVED_AT),
        state: PositionState::Open,
        exits_ordered: 0,
        exit_failures_in_row: 0,
        failed_exit: None,
        exit_request: None,
    }
}

/// The mark of a position's contract, with nothing known of earlier sessions.
pub(crate) fn mark(position: &Position, sides: BidAsk, at: DateTime<Utc>) -> Mark {
    Mark {
        quote: option_quote(&position.contract.to_string(), sides, at),
        previous_close: None,
        greeks: None,
    }
}

/// The same, with the last mid (in cents) of an earlier session.
pub(crate) fn mark_after(mark: Mark, previous_date: &str, previous_mid_cents: u32) -> Mark {
    Mark {
        previous_close: Some(PreviousClose {
            date: date(previous_date),
            mid: Price::cents(previous_mid_cents),
        }),
        ..mark
    }
}
