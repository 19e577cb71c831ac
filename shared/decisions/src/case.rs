//! The case before an engine: everything that its decision is made on, and nothing else. The same
//! case decided again gives the same decision, byte for byte.

use chrono::{DateTime, Utc};
use domain::signal::Signal;
use domain::{Decision, Engine, Evidence, Knowledge, RuleReading, Settings, Verdict, Vote};

use crate::eligibility::{self, Circumstances};

/// What a decision is made on.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The alert.
    pub signal: &'a Signal,
    /// What the market told.
    pub evidence: &'a Evidence,
    /// The hash that names the stored evidence; empty while it isn't stored.
    pub evidence_sha256: &'a str,
    /// What the engine knew besides.
    pub knowledge: &'a Knowledge,
    /// The settings in force.
    pub settings: &'a Settings,
    /// Now.
    pub now: DateTime<Utc>,
}

/// What an engine made of a case, beyond the law that both live under.
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    pub(crate) entry_rules: Vec<RuleReading>,
    pub(crate) vote: Option<Vote>,
}

impl Case<'_> {
    /// The law that both engines live under: every rule's reading.
    pub fn eligibility(&self) -> Vec<RuleReading> {
        eligibility::evaluate(&Circumstances {
            signal: self.signal,
            clock: self.evidence.clock.as_ref(),
            quote: self.evidence.quote.as_ref(),
            book: &self.knowledge.book,
            day_result_usd: self.knowledge.day_result_usd,
            bar_taken_by: self.knowledge.bar_taken_by,
            settings: self.settings,
            now: self.now,
        })
    }

    /// Whose case it is.
    pub fn engine(&self) -> Engine {
        self.knowledge.book.engine
    }

    pub(crate) fn decision(&self, eligibility: Vec<RuleReading>, judgement: Judgement) -> Decision {
        Decision {
            signal_id: self.signal.signal_id,
            engine: self.engine(),
            verdict: judgement.verdict,
            eligibility,
            entry_rules: judgement.entry_rules,
            vote: judgement.vote,
            knowledge: Some(self.knowledge.clone()),
            evidence: self.evidence_sha256.to_owned(),
            settings: self.settings.versions,
            decided_at: self.now,
        }
    }
}
