//! `/api/signals/{signal_id}`: the whole life of a signal.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::{
    Assignment, Decision, Engine, ExitDecision, Leg, Opinions, Order, Position, PositionState,
    Selection, Signal, SignalId, Trade, Watch,
};
use serde::{Deserialize, Serialize};
use storage::ledger::Trace;
use storage::{EvidencePointer, Versioned, WebhookEvent};
use utoipa::{IntoParams, ToSchema};

use crate::extract::Named;
use crate::problem::{Problem, Refusals};
use crate::sources::Shared;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HopKind {
    Received,
    EvidenceCaptured,
    Decided,
    ContractChosen,
    Ordered,
    Filled,
    ExitDecided,
    Closed,
}

/// A step of a signal's life.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Hop {
    #[serde(rename = "hop")]
    kind: HopKind,
    at: DateTime<Utc>,
    /// Whose step it is; none for what both share.
    #[schema(required)]
    engine: Option<Engine>,
    #[schema(required)]
    leg: Option<Leg>,
    /// Milliseconds since the step before, of this engine or of both.
    after_ms: i64,
}

/// Everything that the ledger has about a signal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SignalTrace {
    signal: Signal,
    /// The steps in their order.
    hops: Vec<Hop>,
    /// The accepted alert and its duplicates.
    webhook_events: Vec<WebhookEvent>,
    assignments: Vec<Assignment>,
    /// The hash that names the stored evidence.
    #[schema(required)]
    evidence_sha256: Option<String>,
    decisions: Vec<Decision>,
    opinions: Vec<Opinions>,
    selections: Vec<Selection>,
    orders: Vec<Order>,
    trades: Vec<Trade>,
    positions: Vec<Position>,
    exit_decisions: Vec<ExitDecision>,
    watches: Vec<Watch>,
}

/// Which signal.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SignalName {
    signal_id: SignalId,
}

/// The whole life of a signal.
#[utoipa::path(get, path = "/api/signals/{signal_id}", operation_id = "signal_trace", tag = "signals", params(SignalName),
    responses((status = 200, body = SignalTrace), (status = 404, body = Problem, content_type = "application/problem+json"), Refusals))]
pub(crate) async fn trace(
    State(sources): State<Shared>,
    Named(SignalName { signal_id }): Named<SignalName>,
) -> Result<Json<SignalTrace>, Problem> {
    Ok(Json(shown(sources.ledger.trace(signal_id).await?)))
}

fn shown(trace: Trace) -> SignalTrace {
    let hops = hops(&trace);
    SignalTrace {
        signal: trace.signal,
        hops,
        webhook_events: trace.webhook_events,
        assignments: plain(trace.assignments),
        evidence_sha256: trace.evidence.map(|it| it.sha256),
        decisions: trace.decisions,
        opinions: trace.opinions,
        selections: trace.selections,
        orders: plain(trace.orders),
        trades: trace.trades,
        positions: plain(trace.positions),
        exit_decisions: trace.exit_decisions,
        watches: trace.watches,
    }
}

fn plain<T>(records: Vec<Versioned<T>>) -> Vec<T> {
    records.into_iter().map(|found| found.record).collect()
}

/// When, what, whose, which leg.
type Step = (DateTime<Utc>, HopKind, Option<Engine>, Option<Leg>);

fn hops(trace: &Trace) -> Vec<Hop> {
    let mut steps: Vec<Step> = vec![(trace.signal.received_at, HopKind::Received, None, None)];
    let captured = |it: &EvidencePointer| (it.captured_at, HopKind::EvidenceCaptured, None, None);
    steps.extend(trace.evidence.as_ref().map(captured));
    let decided = |it: &Decision| (it.decided_at, HopKind::Decided, Some(it.engine), None);
    steps.extend(trace.decisions.iter().map(decided));
    let chosen = |it: &Selection| (it.chosen_at, HopKind::ContractChosen, Some(it.engine), None);
    steps.extend(trace.selections.iter().map(chosen));
    let ordered =
        |it: &Versioned<Order>| of_leg(it.created_at, HopKind::Ordered, it.engine, it.leg);
    steps.extend(trace.orders.iter().map(ordered));
    let filled = |it: &Trade| of_leg(it.filled_at, HopKind::Filled, it.engine, it.leg);
    steps.extend(trace.trades.iter().map(filled));
    let exit = |it: &ExitDecision| of_leg(it.decided_at, HopKind::ExitDecided, it.engine, it.leg);
    steps.extend(trace.exit_decisions.iter().map(exit));
    steps.extend(trace.positions.iter().filter_map(|it| closed(it)));
    // The moment that a decision was asked for stands on it; what it was made on was captured then.
    let asked = trace.decisions.iter().map(|it| it.decided_at).min();
    steps.sort_by_key(|(at, kind, ..)| match (kind, asked) {
        (HopKind::EvidenceCaptured, Some(asked)) => (asked.min(*at), *kind),
        _ => (*at, *kind),
    });
    timed(&steps)
}

fn of_leg(at: DateTime<Utc>, kind: HopKind, engine: Engine, leg: Leg) -> Step {
    (at, kind, Some(engine), Some(leg))
}

fn closed(position: &Position) -> Option<Step> {
    let PositionState::Closed(outcome) = &position.state else {
        return None;
    };
    Some((
        outcome.closed_at,
        HopKind::Closed,
        Some(position.engine),
        None,
    ))
}

fn timed(steps: &[Step]) -> Vec<Hop> {
    let before = |index: usize, engine: Option<Engine>| {
        let earlier = steps[..index].iter().rev();
        let mut own = earlier.filter(|it| engine.is_none() || it.2.is_none() || it.2 == engine);
        own.next().map(|it| it.0)
    };
    let timed = steps.iter().enumerate().map(|(index, step)| {
        let (at, kind, engine, leg) = *step;
        let since = before(index, engine).unwrap_or(at);
        let after_ms = (at - since).num_milliseconds().max(0);
        Hop {
            kind,
            at,
            engine,
            leg,
            after_ms,
        }
    });
    timed.collect()
}
