//! How often each agent of Engine B's committee was right.
//!
//! An agent supports an entry where its support in the vote is above 50, and opposes it below;
//! at 50 it is neutral and isn't judged. It was right if it supported a trade that won, or
//! opposed one that didn't. What a trade would have brought is known if B made it, and, for what
//! B rejected, if A made it on the same signal. In a split experiment only B's own entries are
//! known, so that agents are judged on what the committee let pass, and the low bins stay empty.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use domain::opinion::Heard;
use domain::signal::Direction;
use domain::{AgentKind, AgentName, Engine, Usd};
use serde::Serialize;

use super::calibration::Calibration;
use super::figures::{Share, mean};
use super::outcome::{EngineOutcome, Fate, SignalOutcome};
use super::standing::Standing;
use crate::vote::support_halves;

/// Twice the support of an agent that takes no side.
const EVEN_HALVES: u32 = 100;

/// Where an agent stood on an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// For it.
    Supports,
    /// Against it.
    Opposes,
    /// Neither.
    Neutral,
}

impl Stance {
    /// Of a support, given as twice its points.
    pub fn of(support_halves: u32) -> Self {
        match support_halves.cmp(&EVEN_HALVES) {
            Ordering::Greater => Self::Supports,
            Ordering::Less => Self::Opposes,
            Ordering::Equal => Self::Neutral,
        }
    }

    /// Whether it was right about a trade that won or didn't; absent for a neutral one.
    pub fn is_right(self, won: bool) -> Option<bool> {
        match self {
            Self::Supports => Some(won),
            Self::Opposes => Some(!won),
            Self::Neutral => None,
        }
    }
}

/// How an agent's opinion on one entry turned out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AgentScore {
    /// Where it stood.
    pub stance: Stance,
    /// Its support in the vote, 0 to 100.
    pub support: f64,
    /// How sure it was, 0 to 100.
    pub confidence: u32,
    /// Whether it was right; absent for a neutral one.
    pub is_right: Option<bool>,
}

/// How an opinion on an entry of this direction turned out, of which the trade brought `net`;
/// absent for an agent that had none.
pub fn agent_score(heard: &Heard, direction: Direction, net: Usd) -> Option<AgentScore> {
    let opinion = heard.answer.opinion()?;
    let halves = support_halves(opinion, direction);
    let stance = Stance::of(halves);
    Some(AgentScore {
        stance,
        support: f64::from(halves) / 2.0,
        confidence: opinion.confidence.get(),
        is_right: stance.is_right(net > Usd::ZERO),
    })
}

/// An agent over many signals.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AgentReport {
    /// Who.
    pub agent: AgentName,
    /// Where in the committee it sits.
    pub kind: AgentKind,
    /// Opinions that it gave.
    pub opinions: usize,
    /// How often it was asked and had none.
    pub absent: usize,
    /// How sure it was on average, over all opinions.
    pub average_confidence: Option<f64>,
    /// Opinions on entries of which it is known what they brought.
    pub known: usize,
    /// Of those, the neutral ones, which aren't judged.
    pub neutral: usize,
    /// How often the others were right.
    pub right: Option<Share>,
    /// Its support by fifths, and how many of each were winners.
    pub calibration: Calibration,
}

/// What is gathered of an agent.
struct Gathered {
    kind: AgentKind,
    absent: usize,
    confidences: Vec<f64>,
    scores: Vec<(AgentScore, bool)>,
}

/// Each agent that was heard on these signals, by name.
pub fn by_agent(signals: &[&SignalOutcome], confidence: f64) -> Vec<AgentReport> {
    let mut gathered: BTreeMap<&AgentName, Gathered> = BTreeMap::new();
    for signal in signals {
        let Some(outcome) = signal.by_engine.get(&Engine::B) else {
            continue;
        };
        let net = known_net(signal);
        for heard in &outcome.heard {
            let of = gathered.entry(&heard.agent);
            of.or_insert_with(|| Gathered::nothing(heard.kind))
                .take(heard, signal.direction, net);
        }
    }
    let each = gathered.into_iter();
    each.map(|(agent, of)| of.report(agent, confidence))
        .collect()
}

/// How well the committee's own confidence was calibrated, where it is known what came of it.
pub(super) fn of_committee(signals: &[&SignalOutcome], confidence: f64) -> Calibration {
    let said = signals.iter().filter_map(|signal| {
        let outcome = signal.by_engine.get(&Engine::B)?;
        let net = known_net(signal)?;
        Some((outcome.confidence?.points(), net > Usd::ZERO))
    });
    Calibration::of(&said.collect::<Vec<_>>(), confidence)
}

impl Gathered {
    fn nothing(kind: AgentKind) -> Self {
        Self {
            kind,
            absent: 0,
            confidences: Vec::new(),
            scores: Vec::new(),
        }
    }

    fn take(&mut self, heard: &Heard, direction: Direction, net: Option<Usd>) {
        match heard.answer.opinion() {
            None => self.absent += 1,
            Some(opinion) => self.confidences.push(f64::from(opinion.confidence.get())),
        }
        let score =
            net.and_then(|net| Some((agent_score(heard, direction, net)?, net > Usd::ZERO)));
        self.scores.extend(score);
    }

    fn report(self, agent: &AgentName, confidence: f64) -> AgentReport {
        let judged = || self.scores.iter().filter_map(|(score, _)| score.is_right);
        let right = judged().filter(|is_right| *is_right).count();
        let said = self.scores.iter().map(|(score, won)| (score.support, *won));
        AgentReport {
            agent: agent.clone(),
            kind: self.kind,
            opinions: self.confidences.len(),
            absent: self.absent,
            average_confidence: mean(&self.confidences),
            known: self.scores.len(),
            neutral: self.scores.len() - judged().count(),
            right: Share::of(right, judged().count(), confidence),
            calibration: Calibration::of(&said.collect::<Vec<_>>(), confidence),
        }
    }
}

/// What an entry on the signal brought: B's own, or A's where B rejected it.
fn known_net(signal: &SignalOutcome) -> Option<Usd> {
    let outcome = signal.by_engine.get(&Engine::B)?;
    match &outcome.fate {
        Fate::Rejected(_) => net_of(signal.by_engine.get(&Engine::A)?),
        _ => net_of(outcome),
    }
}

fn net_of(outcome: &EngineOutcome) -> Option<Usd> {
    match (&outcome.fate, Standing::of(outcome)) {
        (Fate::Closed(trade), Standing::Traded { .. }) => Some(trade.net_usd),
        _ => None,
    }
}
