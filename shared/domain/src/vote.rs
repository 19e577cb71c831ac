//! The vote of Engine B's committee: what each opinion weighs, and what they come to together.
//!
//! Confidence is kept as the fraction that it is, in whole numbers, so that contributions add up
//! to it exactly and a threshold is met or not, without rounding.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::opinion::AgentName;
use crate::reason::Rejection;

/// What the committee wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Buy.
    Enter,
    /// Let it pass: too little speaks for it.
    Skip,
    /// Refuse it: an agent vetoed.
    Reject,
}

impl Action {
    /// As traders write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Enter => "ENTER",
            Self::Skip => "SKIP",
            Self::Reject => "REJECT",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What one agent adds to the confidence: `weight · support / Σ weight`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Contribution {
    /// Who.
    pub agent: AgentName,
    /// Its weight.
    pub weight: u32,
    /// Twice its support for the entry, 0 to 200: a support is a multiple of one half.
    pub support_halves: u32,
}

impl Contribution {
    /// Its support for the entry, 0 to 100.
    pub fn support(&self) -> f64 {
        f64::from(self.support_halves) / 2.0
    }

    /// What it adds to the numerator of the confidence.
    pub fn halves(&self) -> u64 {
        u64::from(self.weight) * u64::from(self.support_halves)
    }
}

/// The weighted mean of the supports, from 0 to 100: `halves / (2 · weight)`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Confidence {
    /// `Σ weight · 2 support`.
    pub halves: u64,
    /// `Σ weight`; never zero.
    pub weight: u64,
}

impl Confidence {
    /// Of these contributions; none if they weigh nothing.
    pub fn of(contributions: &[Contribution]) -> Option<Self> {
        let weight = contributions.iter().map(|one| u64::from(one.weight)).sum();
        let halves = contributions.iter().map(Contribution::halves).sum();
        (weight > 0).then_some(Self { halves, weight })
    }

    /// Whether it reaches a whole number of points.
    pub fn is_at_least(self, points: u32) -> bool {
        u128::from(self.halves) >= 2 * u128::from(points) * u128::from(self.weight)
    }

    /// The nearest number, for showing.
    #[expect(clippy::cast_precision_loss, reason = "sums of small whole numbers")]
    pub fn points(self) -> f64 {
        self.halves as f64 / (2.0 * self.weight as f64)
    }
}

impl PartialEq for Confidence {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Confidence {}

impl PartialOrd for Confidence {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Confidence {
    /// As fractions: the same confidence has many forms.
    fn cmp(&self, other: &Self) -> Ordering {
        let left = u128::from(self.halves) * u128::from(other.weight);
        left.cmp(&(u128::from(other.halves) * u128::from(self.weight)))
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.points())
    }
}

/// An agent's refusal, which no majority overrules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Veto {
    /// Who refuses.
    pub agent: AgentName,
    /// Why.
    #[serde(flatten)]
    pub rejection: Rejection,
}

/// What the committee's opinions come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Vote {
    /// What it wants.
    pub action: Action,
    /// How much speaks for the entry; absent when nobody with a weight had an opinion.
    pub confidence: Option<Confidence>,
    /// From which confidence on it enters.
    pub enter_at_points: u32,
    /// What each agent adds, in the order in which the committee sits.
    pub contributions: Vec<Contribution>,
    /// The first agent's refusal, if one refuses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub veto: Option<Veto>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confidence(halves: u64, weight: u64) -> Confidence {
        Confidence { halves, weight }
    }

    #[test]
    fn a_threshold_is_met_exactly_or_not_at_all() {
        assert!(confidence(120, 1).is_at_least(60));
        assert!(!confidence(119, 1).is_at_least(60));
        assert!(confidence(3 * 120, 3).is_at_least(60));
        assert!(!confidence(3 * 120 - 1, 3).is_at_least(60));
    }

    #[test]
    fn one_confidence_has_many_forms() {
        assert_eq!(confidence(120, 1), confidence(360, 3));
        assert!(confidence(121, 1) > confidence(360, 3));
    }
}
