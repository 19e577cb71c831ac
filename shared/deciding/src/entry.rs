//! Deciding an entry: the evidence and what else is known stand before the decision; the
//! decision, the committee's opinions and the assignment's new state are written together.

use std::time::Duration;

use chrono::TimeDelta;
use decisions::case::Case;
use decisions::{after_decision, eligibility, lifecycle};
use domain::{Assignment, AssignmentState, Decision, Signal};
use runtime::Step;
use runtime::metrics::SIGNAL_TO_DECISION;
use storage::Versioned;
use storage::ledger::{Decided, Trace};

use crate::evidence::Captured;
use crate::judge::{Judge, Judged};
use crate::knowledge::Known;
use crate::{DecidingEngine, EngineError, WAIT};

impl<J: Judge> DecidingEngine<J> {
    pub(crate) async fn enter(
        &self,
        trace: &Trace,
        assignment: &Versioned<Assignment>,
    ) -> Result<Step, EngineError> {
        let (known, captured) = futures::join!(self.known(trace), self.captured(trace));
        let (mut known, captured) = (known?, captured?);
        if captured.sha256.is_none()
            && after_decision::waits_for_data(&case(trace, &known, &captured))
            && may_still_wait(trace, &known)
        {
            return self.wait(assignment).await;
        }
        let captured = Box::pin(self.store(&trace.signal, captured)).await?;
        let (named, correlations) = futures::join!(
            self.evidence.keep_settings(&known.settings, known.now),
            self.correlations(&known, &captured.evidence),
        );
        known.knowledge.settings_sha256 = named?;
        known.knowledge.correlations = correlations;
        let judged = self.judge.judge(&case(trace, &known, &captured));
        self.write((&trace.signal, assignment), &known, judged)
            .await
    }

    async fn write(
        &self,
        (signal, assignment): (&Signal, &Versioned<Assignment>),
        known: &Known,
        judged: Judged,
    ) -> Result<Step, EngineError> {
        let Judged { decision, opinions } = judged;
        let state = after_decision::state_after(&decision, &known.settings);
        let moved = assignment.changed(lifecycle::moved(assignment, state, known.now));
        let approved = moved.state == AssignmentState::Approved;
        let claim = known.claim.as_ref().filter(|_| approved);
        let written = (&decision, opinions.as_ref());
        if self.ledger.decide(&moved, written, claim).await? != Decided::Written {
            return Ok(Step::Again);
        }
        let (engine, decided_at) = (J::ENGINE.to_string(), self.clock.now());
        SIGNAL_TO_DECISION.tell_between(&engine, signal.received_at, decided_at);
        tracing::info!(
            signal_id = %moved.signal_id,
            engine = %J::ENGINE,
            verdict = moved.state.name(),
            reason = reason_of(&moved.state),
            confidence = confidence_of(&decision),
            "signal decided"
        );
        if approved {
            self.hand_over(&moved).await;
        }
        Ok(Step::Done)
    }
}

fn case<'a>(trace: &'a Trace, known: &'a Known, captured: &'a Captured) -> Case<'a> {
    Case {
        signal: &trace.signal,
        evidence: &captured.evidence,
        evidence_sha256: captured.sha256.as_deref().unwrap_or_default(),
        knowledge: &known.knowledge,
        settings: &known.settings,
        now: known.now,
    }
}

fn may_still_wait(trace: &Trace, known: &Known) -> bool {
    let wait = TimeDelta::from_std(WAIT.max(Duration::from_secs(1))).unwrap_or_default();
    known.now + wait <= eligibility::valid_until(&trace.signal, &known.settings)
}

/// Why it was rejected; empty when it wasn't.
fn reason_of(state: &AssignmentState) -> String {
    match state {
        AssignmentState::Rejected { rejection } => rejection.reason.to_string(),
        _ => String::new(),
    }
}

/// The committee's confidence; empty where none was heard.
fn confidence_of(decision: &Decision) -> String {
    let vote = decision.vote.as_ref();
    let confidence = vote.and_then(|vote| vote.confidence);
    confidence.map(|it| it.to_string()).unwrap_or_default()
}
