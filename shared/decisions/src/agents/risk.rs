//! The Risk agent: how full the engine's book is, how wild the bars are, and how much is already
//! at stake on the same move. It takes no side, and alone may refuse an entry.

mod correlated;
mod critical;
mod score;
mod share;

use domain::opinion::{Points100, Reason, Word};
use domain::{AgentKind, AgentName, Bias, Opinion, Rejection, RejectionReason, RuleReading};

use super::{Agent, NoEvidence};
use crate::case::Case;
use crate::entry_limits::{entry_limits, first_failure};
use critical::CriticalFactor;
use score::{Part, parts};

/// What a reached limit or a critical factor counts: as much as there is.
const REFUSING_POINTS: i32 = 100;
/// From this percentage on, a part of the score is named a risk factor.
const FACTOR_FROM_PERCENT: f64 = 75.0;

/// The Risk agent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Risk;

impl Agent for Risk {
    fn name(&self) -> AgentName {
        AgentName::of("risk")
    }

    fn kind(&self) -> AgentKind {
        AgentKind::Core
    }

    fn weight(&self) -> u32 {
        30
    }

    /// The book is always known, so there always is an opinion.
    fn opinion(&self, case: &Case<'_>) -> Result<Opinion, NoEvidence> {
        let mut missing = Vec::new();
        let parts = parts(case, &mut missing);
        let found = Found {
            score: score::score(&parts),
            confidence: score::known_weight(&parts),
            parts,
            limits: entry_limits(case.signal, &case.knowledge.book, case.settings),
            critical: critical::factors(case, &mut missing),
        };
        Ok(found.opinion(case.settings.committee.veto_above_points, missing))
    }
}

/// All that the agent found.
struct Found {
    score: Points100,
    confidence: Points100,
    parts: Vec<Part>,
    limits: Vec<RuleReading>,
    critical: Vec<CriticalFactor>,
}

impl Found {
    fn opinion(self, veto_above: u32, missing: Vec<Word>) -> Opinion {
        let block = self.block(veto_above);
        let factors = self.factors();
        let veto = if block.is_some() { "yes" } else { "no" };
        let told = if factors.is_empty() {
            "none".to_owned()
        } else {
            factors.join(", ")
        };
        Opinion {
            bias: Bias::Neutral,
            confidence: self.confidence,
            risk_score: Some(self.score),
            block,
            metadata: [
                ("veto".into(), veto.into()),
                ("risk_factors".into(), told.into()),
            ]
            .into(),
            reasons: self.reasons(),
            missing,
        }
    }

    /// A reached limit has its own reason; what is critical, or too much together, is a veto.
    fn block(&self, veto_above: u32) -> Option<Rejection> {
        let vetoed = |detail| Rejection::new(RejectionReason::Vetoed, detail);
        let of_limits = first_failure(&self.limits);
        let of_factors = || Some(vetoed(self.critical.first()?.detail.clone()));
        let of_score = || {
            let detail = format!("a risk of {}; at most {veto_above} is allowed", self.score);
            (self.score.get() > veto_above).then(|| vetoed(detail))
        };
        of_limits.or_else(of_factors).or_else(of_score)
    }

    fn reached(&self) -> impl Iterator<Item = &RuleReading> {
        self.limits.iter().filter(|limit| !limit.passed)
    }

    /// The names of what makes the entry risky.
    fn factors(&self) -> Vec<&str> {
        let is_large = |part: &&Part| part.percent() >= Some(FACTOR_FROM_PERCENT);
        self.reached()
            .map(|limit| limit.rule.as_str())
            .chain(self.critical.iter().map(|factor| factor.name))
            .chain(self.parts.iter().filter(is_large).map(|part| part.name))
            .collect()
    }

    fn reasons(&self) -> Vec<Reason> {
        let refusing = |name: Word, figures| Reason {
            name,
            points: REFUSING_POINTS,
            figures,
        };
        let of_limits = self
            .reached()
            .map(|limit| refusing(limit.rule.clone().into(), [].into()));
        let of_factors = self
            .critical
            .iter()
            .map(|factor| refusing(factor.name.into(), factor.figures()));
        let of_parts = self.parts.iter().filter_map(Part::reason);
        of_parts.chain(of_limits).chain(of_factors).collect()
    }
}
