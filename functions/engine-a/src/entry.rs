//! Deciding an entry: every rule is read, the evidence stands before the decision, and the
//! decision and the assignment's new state are written together.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use decisions::eligibility::{self, Circumstances};
use decisions::{engine_a, lifecycle, risk};
use domain::calendar::trading_date;
use domain::{
    Assignment, AssignmentState, Book, Decision, Engine, RejectionReason, RuleReading, Settings,
    SignalId, Usd, Verdict,
};
use runtime::Step;
use storage::Versioned;
use storage::holdings::holdings;
use storage::ledger::{BarClaim, Decided, Trace};

use crate::evidence::Captured;
use crate::{EngineA, EngineError, WAIT};

/// What the engine knows besides the evidence.
struct Knowledge {
    settings: Settings,
    book: Book,
    day_result_usd: Usd,
    claim: Option<BarClaim>,
    bar_taken_by: Option<SignalId>,
    now: DateTime<Utc>,
}

/// Every rule's reading.
struct Readings {
    eligibility: Vec<RuleReading>,
    entry_rules: Vec<RuleReading>,
}

impl EngineA {
    pub(crate) async fn enter(
        &self,
        trace: &Trace,
        assignment: &Versioned<Assignment>,
    ) -> Result<Step, EngineError> {
        let (knowledge, captured) = futures::join!(self.knowledge(trace), self.captured(trace));
        let (knowledge, captured) = (knowledge?, captured?);
        let readings = read_rules(trace, &knowledge, &captured);
        if captured.sha256.is_none()
            && waits_for_data(&readings, &captured)
            && may_still_wait(trace, &knowledge)
        {
            return self.wait(assignment).await;
        }
        let captured = self.store(&trace.signal, captured).await?;
        let readings = read_rules(trace, &knowledge, &captured);
        self.decide(trace, assignment, &knowledge, captured, readings)
            .await
    }

    async fn knowledge(&self, trace: &Trace) -> Result<Knowledge, EngineError> {
        let now = self.clock.now();
        let settings = self.settings.current().await?;
        let claim = BarClaim::of(&trace.signal, Engine::A);
        let capital = settings.trading_rules.starting_capital_usd;
        let taken = async {
            match &claim {
                Some(claim) => self.ledger.bar_taken_by(claim).await,
                None => Ok(None),
            }
        };
        let (book, held, bar_taken_by) = futures::try_join!(
            self.ledger.book(Engine::A, capital),
            holdings(&self.ledger, &self.marks, Engine::A, now),
            taken,
        )?;
        let day_result_usd = risk::day_result(&book, &held, trading_date(now));
        Ok(Knowledge {
            settings,
            book,
            day_result_usd,
            claim,
            bar_taken_by,
            now,
        })
    }

    async fn decide(
        &self,
        trace: &Trace,
        assignment: &Versioned<Assignment>,
        knowledge: &Knowledge,
        captured: Captured,
        readings: Readings,
    ) -> Result<Step, EngineError> {
        let verdict = engine_a::verdict(&readings.eligibility, &readings.entry_rules);
        let state = match &verdict {
            Verdict::Approved => AssignmentState::Approved,
            Verdict::Rejected { rejection } => AssignmentState::Rejected {
                rejection: rejection.clone(),
            },
        };
        let decision = Decision {
            signal_id: trace.signal.signal_id,
            engine: Engine::A,
            verdict,
            eligibility: readings.eligibility,
            entry_rules: readings.entry_rules,
            evidence: captured.sha256.unwrap_or_default(),
            settings: knowledge.settings.versions,
            decided_at: knowledge.now,
        };
        let moved = assignment.changed(lifecycle::moved(assignment, state, knowledge.now));
        let approved = moved.state == AssignmentState::Approved;
        let claim = knowledge.claim.as_ref().filter(|_| approved);
        if self.ledger.decide(&moved, &decision, claim).await? != Decided::Written {
            return Ok(Step::Again);
        }
        tracing::info!(
            signal_id = %moved.signal_id,
            engine = %Engine::A,
            verdict = moved.state.name(),
            reason = reason_of(&moved.state),
            "signal decided"
        );
        if approved {
            self.hand_over(&moved).await;
        }
        Ok(Step::Done)
    }
}

fn read_rules(trace: &Trace, knowledge: &Knowledge, captured: &Captured) -> Readings {
    let circumstances = Circumstances {
        signal: &trace.signal,
        clock: captured.evidence.clock.as_ref(),
        quote: captured.evidence.quote.as_ref(),
        book: &knowledge.book,
        day_result_usd: knowledge.day_result_usd,
        bar_taken_by: knowledge.bar_taken_by,
        settings: &knowledge.settings,
        now: knowledge.now,
    };
    Readings {
        eligibility: eligibility::evaluate(&circumstances),
        entry_rules: engine_a::entry_rules(&trace.signal, &knowledge.book, &knowledge.settings),
    }
}

/// Whether nothing but missing or stale data speaks against the entry.
fn waits_for_data(readings: &Readings, captured: &Captured) -> bool {
    let is_about_data = |reason: RejectionReason| match reason {
        RejectionReason::NoMarketData | RejectionReason::StaleQuote => true,
        RejectionReason::MarketClosed => captured.evidence.clock.is_none(),
        _ => false,
    };
    let all = readings.eligibility.iter().chain(&readings.entry_rules);
    let mut reasons = all.filter_map(|reading| reading.rejects_with).peekable();
    reasons.peek().is_some() && reasons.all(is_about_data)
}

fn may_still_wait(trace: &Trace, knowledge: &Knowledge) -> bool {
    let wait = TimeDelta::from_std(WAIT.max(Duration::from_secs(1))).unwrap_or_default();
    let valid_until = eligibility::valid_until(&trace.signal, &knowledge.settings);
    knowledge.now + wait <= valid_until
}

/// Why it was rejected; empty when it wasn't.
fn reason_of(state: &AssignmentState) -> String {
    match state {
        AssignmentState::Rejected { rejection } => rejection.reason.to_string(),
        _ => String::new(),
    }
}
