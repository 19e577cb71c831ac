//! Decisions made again from what was stored: as they were, or under other weights and flags.

use chrono::{DateTime, Utc};
use decisions::case::Case;
use decisions::experiment::{Fate, SignalOutcome};
use decisions::replay::{self, Difference};
use decisions::studies::studies;
use domain::opinion::Heard;
use domain::settings::CommitteeRules;
use domain::vote::{Action, Confidence};
use domain::{Decision, Engine, Evidence, Flags, Knowledge, Settings, Signal, SignalId, Usd};
use serde::Serialize;
use storage::StorageError;
use storage::ledger::Trace;

use crate::{History, outcome_of};

/// Why a decision can't be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotReplayable {
    /// It was made before what was known was kept with it.
    #[error("it was made before what an engine knew was kept with its decision")]
    WithoutKnowledge,
    /// What it was made on is no longer stored.
    #[error("its evidence or its settings are no longer stored")]
    Gone,
}

/// Why nothing could be replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// A table could not be read.
    #[error("a table could not be read")]
    Storage(#[from] StorageError),
    /// The decision can't be made again.
    #[error(transparent)]
    NotReplayable(#[from] NotReplayable),
}

/// What a decision was made on, all of it, as it was stored.
#[derive(Debug, Clone)]
pub struct Made {
    /// The alert.
    pub signal: Signal,
    /// The decision.
    pub decision: Decision,
    /// What the committee said; empty where none was heard.
    pub heard: Vec<Heard>,
    evidence: Evidence,
    settings: Settings,
    knowledge: Knowledge,
}

/// A decision beside itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replay {
    /// Whose.
    pub engine: Engine,
    /// When it was made.
    pub decided_at: DateTime<Utc>,
    /// Where deciding again gave something else; nothing, if not a byte differs.
    pub differences: Vec<Difference>,
}

/// Other weights and flags.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The committee's rules.
    pub committee: Option<CommitteeRules>,
    /// The flags.
    pub flags: Option<Flags>,
}

/// A vote as it was, and as it would be under other rules.
#[derive(Debug, Clone)]
pub struct Revoted {
    /// The signal.
    pub signal_id: SignalId,
    /// What was wanted, and how much spoke for it.
    pub then: (Action, Option<Confidence>),
    /// What would be wanted.
    pub now: (Action, Option<Confidence>),
    /// What came of the signal, where anything did.
    pub outcome: Option<SignalOutcome>,
}

impl Made {
    fn case<'a>(&'a self, evidence: &'a Evidence, settings: &'a Settings) -> Case<'a> {
        Case {
            signal: &self.signal,
            evidence,
            evidence_sha256: &self.decision.evidence,
            knowledge: &self.knowledge,
            settings,
            now: self.decision.decided_at,
        }
    }

    /// Decides again, and compares byte for byte.
    pub fn replay(&self) -> Replay {
        let case = self.case(&self.evidence, &self.settings);
        let again = replay::again(&case, &self.heard);
        Replay {
            engine: self.decision.engine,
            decided_at: self.decision.decided_at,
            differences: again.differences(&self.decision, &self.heard),
        }
    }

    /// Votes again under other rules; none where no vote was taken. Nothing is fetched: studies
    /// that older evidence doesn't have follow from its bars.
    pub fn revote(&self, changes: &Changes) -> Option<Revoted> {
        let then = self.decision.vote.as_ref()?;
        let settings = replay::under(&self.settings, changes.committee.as_ref(), changes.flags);
        let mut with_studies = None;
        if let (None, Some(candles)) = (&self.evidence.studies, &self.evidence.candles) {
            let (daily, now) = (self.evidence.daily.as_ref(), self.evidence.captured_at);
            let mut evidence = self.evidence.clone();
            evidence.studies = studies(candles, daily, now).ok();
            with_studies = Some(evidence);
        }
        let evidence = with_studies.as_ref().unwrap_or(&self.evidence);
        let again = replay::again(&self.case(evidence, &settings), &self.heard);
        let now = again.decision.vote.as_ref()?;
        Some(Revoted {
            signal_id: self.signal.signal_id,
            then: (then.action, then.confidence),
            now: (now.action, now.confidence),
            outcome: None,
        })
    }
}

impl Revoted {
    /// The net result of the signal's trade in this engine, if it closed.
    pub fn net_usd(&self, engine: Engine) -> Option<Usd> {
        match self.outcome.as_ref()?.by_engine.get(&engine)?.fate {
            Fate::Closed(trade) => Some(trade.net_usd),
            _ => None,
        }
    }
}

impl History {
    /// What the decisions on a signal were made on.
    pub async fn made(&self, signal_id: SignalId) -> Result<Vec<Made>, ReplayError> {
        let trace = self.ledger.trace(signal_id).await?;
        let mut made = Vec::new();
        for decision in &trace.decisions {
            made.push(self.made_on(&trace, decision).await?);
        }
        Ok(made)
    }

    /// Makes the decisions on a signal again.
    pub async fn replay(&self, signal_id: SignalId) -> Result<Vec<Replay>, ReplayError> {
        let made = self.made(signal_id).await?;
        Ok(made.iter().map(Made::replay).collect())
    }

    /// What Engine B's decision on a signal was made on, with what came of the signal; none where
    /// it took no vote.
    pub async fn voted(
        &self,
        signal_id: SignalId,
    ) -> Result<Option<(Made, Option<SignalOutcome>)>, ReplayError> {
        let trace = self.ledger.trace(signal_id).await?;
        let decision = trace.decision(Engine::B).filter(|it| it.vote.is_some());
        let Some(decision) = decision else {
            return Ok(None);
        };
        let made = self.made_on(&trace, decision).await?;
        Ok(Some((made, outcome_of(&trace))))
    }

    async fn made_on(&self, trace: &Trace, decision: &Decision) -> Result<Made, ReplayError> {
        let knowledge = decision.knowledge.clone();
        let knowledge = knowledge.ok_or(NotReplayable::WithoutKnowledge)?;
        let (evidence, settings) = futures::try_join!(
            self.evidence.get_evidence(&decision.evidence),
            self.evidence.get_settings(&knowledge.settings_sha256),
        )?;
        let opinions = trace.opinions(decision.engine);
        Ok(Made {
            signal: trace.signal.clone(),
            decision: decision.clone(),
            heard: opinions.map(|it| it.heard.clone()).unwrap_or_default(),
            evidence: evidence.ok_or(NotReplayable::Gone)?,
            settings: settings.ok_or(NotReplayable::Gone)?,
            knowledge,
        })
    }
}
