//! A signal's life as text: what happened when, and why.

mod chosen;
mod vote;

use std::fmt::Write;

use chrono::{DateTime, Utc};
use domain::calendar::eastern;
use domain::{
    AssignmentState, Decision, ExitDecision, ExitReading, FillBasis, Order, OrderState, Outcome,
    Position, PositionState, Purpose, RuleReading, Side, Trade, Verdict,
};
use storage::WebhookEvent;
use storage::ledger::Trace;

/// An entry of the timeline: when, and what, in one or more lines.
type Entry = (DateTime<Utc>, String);

/// The timeline of everything that the ledger has about the signal.
pub(super) fn of(trace: &Trace) -> String {
    let mut entries = vec![alert(trace)];
    entries.extend(trace.webhook_events.iter().map(webhook_event));
    entries.extend(trace.decisions.iter().map(|it| decision(trace, it)));
    entries.extend(trace.selections.iter().map(chosen::of));
    entries.extend(trace.exit_decisions.iter().map(exit_decision));
    entries.extend(trace.orders.iter().map(|order| ordered(order)));
    entries.extend(trace.orders.iter().filter_map(|order| failed(order)));
    entries.extend(trace.trades.iter().map(filled));
    entries.extend(
        trace
            .positions
            .iter()
            .filter_map(|position| closed(position)),
    );
    entries.sort_by_key(|(at, _)| *at);
    let mut text = String::new();
    let start = trace.signal.received_at;
    for (at, what) in &entries {
        let _ = writeln!(text, "{}  {:>11}  {what}", clock(*at), offset(*at - start));
    }
    text.push_str(&standing(trace));
    text
}

fn alert(trace: &Trace) -> Entry {
    let signal = &trace.signal;
    let direction = signal
        .intent
        .direction()
        .map(|d| format!(" {d}"))
        .unwrap_or_default();
    let strategy = signal
        .strategy
        .as_deref()
        .map(|s| format!(", strategy {s}"))
        .unwrap_or_default();
    let source = signal
        .source
        .as_deref()
        .map(|s| format!(", from {s}"))
        .unwrap_or_default();
    let text = format!(
        "alert      {} {}{direction}, {} bar of {}{strategy}{source}\n{INDENT}signal {}",
        signal.symbol,
        signal.intent.kind(),
        signal.timeframe,
        clock(signal.bar_start),
        signal.signal_id
    );
    (signal.received_at, text)
}

fn webhook_event(event: &WebhookEvent) -> Entry {
    let outcome = format!("{:?}", event.outcome).to_lowercase();
    let text = format!(
        "webhook    {outcome}, HTTP {}, {} ms, request {}",
        event.http_status, event.processing_time_ms, event.request_id
    );
    (event.received_at, text)
}

fn decision(trace: &Trace, decision: &Decision) -> Entry {
    let engine = decision.engine;
    let mut text = match &decision.verdict {
        Verdict::Approved => format!("engine {engine}   approved"),
        Verdict::Rejected { rejection } => format!("engine {engine}   rejected: {rejection}"),
    };
    let rows = decision.eligibility.iter().chain(&decision.entry_rules);
    for reading in rows {
        let _ = write!(text, "\n{INDENT}{}", rule(reading));
    }
    if let Some(vote) = &decision.vote {
        let opinions = trace.opinions(engine);
        let heard = opinions.map(|it| it.heard.as_slice()).unwrap_or_default();
        text.push_str(&vote::lines(vote, heard));
    }
    let _ = write!(text, "\n{INDENT}evidence {}", decision.evidence);
    (decision.decided_at, text)
}

fn rule(reading: &RuleReading) -> String {
    let verdict = if reading.passed { "pass" } else { "FAIL" };
    format!(
        "{verdict}  {:<20} {}  (allowed: {})",
        reading.rule, reading.reading, reading.limit
    )
}

fn ordered(order: &Order) -> Entry {
    let (verb, why) = match &order.purpose {
        Purpose::Entry {
            reserved_usd,
            underlying_price,
            chosen_at,
            ..
        } => (
            "buy",
            format!(
                "{} at {underlying_price}, market {} / {}, {reserved_usd} set aside",
                order.symbol, chosen_at.bid, chosen_at.ask
            ),
        ),
        Purpose::Exit {
            reason,
            trigger_price,
        } => {
            let at = trigger_price
                .map(|price| format!(" at {price}"))
                .unwrap_or_default();
            ("sell", format!("{reason}{at}"))
        }
    };
    let text = format!(
        "order {:<8} {verb} {} {}: {why}",
        order.leg, order.quantity, order.contract
    );
    (order.created_at, text)
}

fn failed(order: &Order) -> Option<Entry> {
    let OrderState::Failed { failure } = &order.state else {
        return None;
    };
    Some((
        order.created_at,
        format!("order {:<8} failed: {failure}", order.leg),
    ))
}

fn filled(trade: &Trade) -> Entry {
    let verb = match trade.side {
        Side::Buy => "bought",
        Side::Sell => "sold",
    };
    let basis = match &trade.basis {
        FillBasis::Quote {
            model,
            quote,
            quote_age_ms,
            mid,
            ..
        } => format!(
            "model {model}, bid {} x {}, ask {} x {}, mid {mid}, {quote_age_ms} ms old, from {}",
            quote.sides.bid,
            quote.bid_size,
            quote.sides.ask,
            quote.ask_size,
            quote.provenance.provider
        ),
        FillBasis::Expiry { underlying_close } => {
            format!("settled at expiry, the underlying closed at {underlying_close}")
        }
    };
    let text = format!(
        "fill       {verb} {} {} at {}, fee {}\n{INDENT}{basis}",
        trade.quantity, trade.contract, trade.fill_price, trade.fee_usd
    );
    (trade.filled_at, text)
}

fn closed(position: &Position) -> Option<Entry> {
    let PositionState::Closed(outcome) = &position.state else {
        return None;
    };
    let result = &outcome.realized;
    let text = format!(
        "closed     {}: net {} ({}), gross {}, at mid {}, at worst {}, fees {}{}",
        outcome.exit_reason,
        result.net_usd,
        result.percent,
        result.gross_usd,
        result.at_mid_usd,
        result.at_worst_usd,
        result.fees_usd,
        slipped(outcome)
    );
    Some((outcome.closed_at, text))
}

/// How far the fill was from the price that set the exit off.
fn slipped(outcome: &Outcome) -> String {
    let known = outcome.trigger_price.zip(outcome.slippage_usd);
    known.map_or_else(String::new, |(trigger, usd)| {
        format!(
            "\n{INDENT}set off at {trigger}, sold at {}: slippage {usd}",
            outcome.exit_price
        )
    })
}

fn exit_decision(decision: &ExitDecision) -> Entry {
    let (engine, version) = (decision.engine, decision.exit_rules_version);
    let mut text = format!("engine {engine}   {}: {}", decision.leg, decision.reason);
    for reading in &decision.readings {
        let verdict = if reading.fires { "EXIT" } else { "stay" };
        let ExitReading {
            rule,
            reading,
            limit,
            ..
        } = reading;
        let _ = write!(
            text,
            "\n{INDENT}{verdict}  {:<20} {reading}  (stays: {limit})",
            rule.name()
        );
    }
    let _ = write!(text, "\n{INDENT}exit rules, version {version}");
    (decision.decided_at, text)
}

/// Where each engine's assignment and position stand now.
fn standing(trace: &Trace) -> String {
    let mut text = String::new();
    for assignment in &trace.assignments {
        let detail = match &assignment.state {
            AssignmentState::Rejected { rejection } => format!("rejected: {rejection}"),
            AssignmentState::Ordered if assignment.ended > 0 => {
                format!("done: ended {} open or pending", assignment.ended)
            }
            state => state.name().to_owned(),
        };
        let _ = writeln!(text, "now        engine {}: {detail}", assignment.engine);
    }
    for position in &trace.positions {
        let _ = writeln!(
            text,
            "now        engine {}: position {} {} {}, entered at {}",
            position.engine,
            position.state.name(),
            position.quantity,
            position.contract,
            position.entry_price
        );
    }
    text
}

const INDENT: &str = "                                          ";

fn clock(at: DateTime<Utc>) -> String {
    eastern(at).format("%Y-%m-%d %H:%M:%S%.3f %Z").to_string()
}

fn offset(since: chrono::TimeDelta) -> String {
    let ms = since.num_milliseconds();
    match ms.abs() {
        0..60_000 => format!("+{}.{:03} s", ms / 1_000, ms % 1_000),
        60_000..86_400_000 => format!("+{} min", ms / 60_000),
        _ => format!("+{} h", ms / 3_600_000),
    }
}
