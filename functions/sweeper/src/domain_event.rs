//! The domain events: what each says of what happened. Their schemas stand in `events/schemas`,
//! and an id is the same each time the same event is told.

use chrono::{DateTime, Utc};
use domain::{
    Assignment, Contracts, Direction, Engine, EventId, ExitReason, Intent, Leg, OptionContract,
    Order, Outcome, Position, Price, Rejection, RejectionReason, SignalId, Symbol, Usd,
};
use market_data::health::Opening;
use market_data::provider::ProviderName;
use runtime::Happening;
use serde::Serialize;

/// Characters of a rejection's own words, at most.
const DETAIL_CHARACTERS_MAX: usize = 2_000;
/// Characters of a name that an alert gave, at most.
const NAME_CHARACTERS_MAX: usize = 100;

/// The detail of `position.opened`, and what `position.closed` says of its entry.
#[derive(Debug, Serialize)]
struct Entered<'a> {
    signal_id: SignalId,
    engine: Engine,
    symbol: &'a Symbol,
    contract: &'a OptionContract,
    direction: Direction,
    quantity: Contracts,
    entry_price: Price,
    opened_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Debug, Serialize)]
struct Left {
    exit_price: Price,
    exit_reason: ExitReason,
    gross_usd: Usd,
    net_usd: Usd,
    fees_usd: Usd,
    closed_at: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct Closed<'a> {
    #[serde(flatten)]
    entered: Entered<'a>,
    #[serde(flatten)]
    left: Left,
}

#[derive(Debug, Serialize)]
struct Rejected<'a> {
    signal_id: SignalId,
    engine: Engine,
    symbol: &'a Symbol,
    direction: &'static str,
    reason: RejectionReason,
    detail: String,
    received_at: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct Failed<'a> {
    signal_id: SignalId,
    engine: Engine,
    leg: Leg,
    contract: &'a OptionContract,
    failure: RejectionReason,
    ordered_at: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct Opened<'a> {
    provider: ProviderName,
    reason: &'a str,
    until: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct Detail<T> {
    event_id: EventId,
    #[serde(flatten)]
    of: T,
}

/// An entry was filled.
pub(crate) fn position_opened(position: &Position) -> Option<Happening> {
    let subject = subject(position.signal_id, position.engine);
    told("position.opened", &subject, Entered::of(position))
}

/// An exit was filled, or the contract expired.
pub(crate) fn position_closed(position: &Position, outcome: &Outcome) -> Option<Happening> {
    let realized = &outcome.realized;
    let left = Left {
        exit_price: outcome.exit_price,
        exit_reason: outcome.exit_reason,
        gross_usd: realized.gross_usd,
        net_usd: realized.net_usd,
        fees_usd: realized.fees_usd,
        closed_at: outcome.closed_at,
    };
    let entered = Entered::of(position);
    let subject = subject(position.signal_id, position.engine);
    told("position.closed", &subject, Closed { entered, left })
}

/// An engine's task ended without an order.
pub(crate) fn signal_rejected(
    task: &Assignment,
    rejection: &Rejection,
    intent: Intent,
) -> Option<Happening> {
    let rejected = Rejected {
        signal_id: task.signal_id,
        engine: task.engine,
        symbol: &task.symbol,
        direction: direction_of(intent),
        reason: rejection.reason,
        detail: first(&rejection.detail, DETAIL_CHARACTERS_MAX),
        received_at: task.received_at,
    };
    let subject = subject(task.signal_id, task.engine);
    told("signal.rejected", &subject, rejected)
}

/// An order ended without a fill.
pub(crate) fn order_failed(order: &Order, failure: &Rejection) -> Option<Happening> {
    let failed = Failed {
        signal_id: order.signal_id,
        engine: order.engine,
        leg: order.leg,
        contract: &order.contract,
        failure: failure.reason,
        ordered_at: order.created_at,
    };
    told("order.failed", &order.work_key().to_string(), failed)
}

/// A provider is left alone for a while.
pub(crate) fn breaker_opened(provider: ProviderName, opening: &Opening) -> Option<Happening> {
    let until = opening.until;
    let opened = Opened {
        provider,
        reason: &opening.failure,
        until,
    };
    told("breaker.opened", &format!("{provider}:{until}"), opened)
}

impl<'a> Entered<'a> {
    fn of(position: &'a Position) -> Self {
        let name = |name: &Option<String>| name.as_deref().map(|it| first(it, NAME_CHARACTERS_MAX));
        Self {
            signal_id: position.signal_id,
            engine: position.engine,
            symbol: &position.symbol,
            contract: &position.contract,
            direction: position.contract.right().direction(),
            quantity: position.quantity,
            entry_price: position.entry_price,
            opened_at: position.opened_at,
            strategy: name(&position.strategy),
            source: name(&position.source),
        }
    }
}

/// None, and a line in the log, where the detail can't be written as JSON.
fn told(kind: &'static str, subject: &str, of: impl Serialize) -> Option<Happening> {
    let event_id = EventId::of(kind, subject);
    let detail = serde_json::to_string(&Detail { event_id, of });
    let logged = |error: &serde_json::Error| {
        tracing::error!(kind, subject, %error, alarm = "events_untold", "no event is made of it");
    };
    let detail = detail.inspect_err(logged).ok()?;
    Some(Happening { kind, detail })
}

fn subject(signal: SignalId, engine: Engine) -> String {
    format!("{signal}:{engine}")
}

fn direction_of(intent: Intent) -> &'static str {
    match intent.direction() {
        Some(Direction::Long) => "long",
        Some(Direction::Short) => "short",
        None => "flat",
    }
}

fn first(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
