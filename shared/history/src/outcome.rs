//! What came of a signal, from its trace.

use chrono::{DateTime, Utc};
use decisions::experiment::{ClosedTrade, EngineOutcome, Fate, SignalOutcome};
use domain::{Assignment, AssignmentState, Leg, OrderState, Position, Verdict};
use storage::ledger::Trace;

/// What came of a signal that asks for an entry; none for other signals.
pub fn outcome_of(trace: &Trace) -> Option<SignalOutcome> {
    let assignments = trace.assignments.iter().map(|it| &it.record);
    SignalOutcome::gathered(&trace.signal, assignments, |it| of_engine(trace, it))
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
        return ClosedTrade::of(position).map_or(Fate::Open, Fate::Closed);
    }
    let entry = trace.order(assignment.engine, Leg::Entry);
    match (&assignment.state, entry.map(|order| &order.state)) {
        (AssignmentState::Rejected { rejection }, _) => Fate::Rejected(rejection.reason),
        (_, Some(OrderState::Failed { failure })) => Fate::Rejected(failure.reason),
        _ => Fate::Pending,
    }
}
