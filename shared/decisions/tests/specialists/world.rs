//! A case before the specialists, owned, so that a test can change one thing.
#![cfg(test)]

use chrono::{DateTime, Utc};
use decisions::agents::{Agent, COMMITTEE, hear};
use decisions::case::Case;
use decisions::studies::studies;
use domain::{
    Answer, Bias, CandleSet, Evidence, Flag, Knowledge, Opinion, Settings, Signal, Studies,
};

use crate::bars::just_after;
use crate::common::{fresh_knowledge, given, long_entry, signal, symbol, utc, why_unseen};

pub(crate) struct World {
    pub(crate) signal: Signal,
    pub(crate) evidence: Evidence,
    pub(crate) knowledge: Knowledge,
    pub(crate) settings: Settings,
    pub(crate) now: DateTime<Utc>,
}

impl World {
    /// A long entry with every flag on, and no evidence at all.
    pub(crate) fn bare() -> Self {
        let now = utc("2026-06-24T14:15:06Z");
        let mut settings = Settings::default();
        for flag in Flag::ALL {
            settings.flags = settings.flags.with(flag, true);
        }
        Self {
            signal: long_entry(),
            evidence: Evidence::unasked(symbol("SPY"), now),
            knowledge: fresh_knowledge(),
            settings,
            now,
        }
    }

    /// The same a while after the newest of these bars has closed.
    pub(crate) fn on(candles: &CandleSet, daily: Option<&CandleSet>) -> Self {
        Self::at(just_after(candles), candles, daily)
    }

    /// The same at an instant.
    pub(crate) fn at(now: DateTime<Utc>, candles: &CandleSet, daily: Option<&CandleSet>) -> Self {
        let mut world = Self::bare();
        world.now = now;
        world.evidence.studies = Some(studies(candles, daily, now).unwrap());
        world
    }

    pub(crate) fn short(mut self) -> Self {
        self.signal = signal(r#""action":"sell""#);
        self
    }

    pub(crate) fn studies(&self) -> &Studies {
        self.evidence.studies.as_ref().unwrap()
    }

    pub(crate) fn answer(&self, agent: &str) -> Answer {
        hear(seated(agent), &self.case()).answer
    }

    pub(crate) fn case(&self) -> Case<'_> {
        Case {
            signal: &self.signal,
            evidence: &self.evidence,
            evidence_sha256: "hash",
            knowledge: &self.knowledge,
            settings: &self.settings,
            now: self.now,
        }
    }

    pub(crate) fn opinion(&self, agent: &str) -> Opinion {
        given(agent, self.answer(agent))
    }

    /// Why an agent has nothing to look at.
    pub(crate) fn no_evidence(&self, agent: &str) -> String {
        why_unseen(agent, self.answer(agent))
    }
}

pub(crate) fn seated(agent: &str) -> &'static dyn Agent {
    let mut seated = COMMITTEE.iter().copied();
    let found = seated.find(|one| one.name().as_str() == agent);
    found.unwrap_or_else(|| panic!("no agent {agent}"))
}

/// What is checked of an opinion: bias, confidence, recommendation, and the names of reasons
/// without points, which withhold or halve.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) bias: Bias,
    pub(crate) confidence: u32,
    pub(crate) recommendation: String,
}

pub(crate) fn said(bias: Bias, confidence: u32, recommendation: &str) -> Said {
    Said {
        bias,
        confidence,
        recommendation: recommendation.to_owned(),
    }
}

impl From<&Opinion> for Said {
    fn from(opinion: &Opinion) -> Self {
        said(
            opinion.bias,
            opinion.confidence.get(),
            told(opinion, "recommendation"),
        )
    }
}

/// What an opinion told apart; empty where it didn't.
pub(crate) fn told<'a>(opinion: &'a Opinion, name: &str) -> &'a str {
    opinion.metadata.get(name).map_or("", |word| word)
}

/// The points of a reason; absent where the opinion doesn't have it.
pub(crate) fn points(opinion: &Opinion, reason: &str) -> Option<i32> {
    let mut reasons = opinion.reasons.iter();
    Some(reasons.find(|one| one.name == reason)?.points)
}

pub(crate) fn has(opinion: &Opinion, reason: &str) -> bool {
    points(opinion, reason).is_some()
}
