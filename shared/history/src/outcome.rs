//! What came of a signal, from its trace.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use decisions::experiment::{ClosedTrade, EngineOutcome, Fate, SignalOutcome};
use domain::calendar::trading_date;
use domain::{
    Assignment, AssignmentState, Engine, Leg, OrderState, Position, PositionState, Task, Verdict,
};
use storage::ledger::Trace;

/// What came of a signal that asks for an entry; none for other signals. An engine that was only
/// to close something has no part in it.
pub fn outcome_of(trace: &Trace) -> Option<SignalOutcome> {
    let signal = &trace.signal;
    let direction = signal.intent.direction().filter(|_| signal.intent.buys())?;
    let judged = trace.assignments.iter().filter(|it| it.task == Task::Whole);
    let by_engine: BTreeMap<Engine, EngineOutcome> = judged
        .map(|assignment| (assignment.engine, of_engine(trace, assignment)))
        .collect();
    let routed = trace.assignments.iter().find_map(|it| it.routed.clone());
    Some(SignalOutcome {
        signal_id: signal.signal_id,
        signal_hash: signal.hash.clone(),
        received_at: signal.received_at,
        day: trading_date(signal.received_at),
        direction,
        routed,
        by_engine,
    })
}

fn of_engine(trace: &Trace, assignment: &Assignment) -> EngineOutcome {
    let engine = assignment.engine;
    let decision = trace.decision(engine);
    let since = |at: DateTime<Utc>| {
        let ms = (at - trace.signal.received_at).num_milliseconds();
        u64::try_from(ms).unwrap_or(0)
    };
    let position = trace.position(engine);
    let vote = decision.and_then(|decision| decision.vote.as_ref());
    let opinions = trace.opinions(engine);
    EngineOutcome {
        fate: fate(trace, assignment, position.map(|it| &it.record)),
        approved: decision.map(|decision| decision.verdict == Verdict::Approved),
        decision_latency_ms: decision.map(|decision| since(decision.decided_at)),
        fill_latency_ms: position.map(|position| since(position.opened_at)),
        confidence: vote.and_then(|vote| vote.confidence),
        heard: opinions.map(|it| it.heard.clone()).unwrap_or_default(),
    }
}

fn fate(trace: &Trace, assignment: &Assignment, position: Option<&Position>) -> Fate {
    if let Some(position) = position {
        return match &position.state {
            PositionState::Closed(outcome) => Fate::Closed(ClosedTrade {
                premium_usd: position.exposure_usd,
                gross_usd: outcome.realized.gross_usd,
                net_usd: outcome.realized.net_usd,
                fees_usd: outcome.realized.fees_usd,
                opened_at: position.opened_at,
                closed_at: outcome.closed_at,
                exit_reason: outcome.exit_reason,
            }),
            _ => Fate::Open,
        };
    }
    let entry = trace.order(assignment.engine, Leg::Entry);
    match (&assignment.state, entry.map(|order| &order.state)) {
        (AssignmentState::Rejected { rejection }, _) => Fate::Rejected(rejection.reason),
        (_, Some(OrderState::Failed { failure })) => Fate::Rejected(failure.reason),
        _ => Fate::Pending,
    }
}
