//! What a comparison comes to: a difference, that there isn't enough data, or nothing at all.

use std::collections::BTreeMap;

use domain::Engine;
use serde::Serialize;

use super::agents::AgentReport;
use super::calibration::Calibration;
use super::difference::Difference;
use super::exposure::Violation;
use super::guardrails::Guardrail;
use super::lacks::Lack;
use super::outlook::Outlook;
use super::performance::Performance;
use super::promotion::Promotion;
use super::secondary::Secondary;

/// Why a comparison is withheld.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Withholding {
    /// The engines have other shares of the signals than they should.
    SampleRatio {
        /// Signals of A and of B.
        signals: [usize; 2],
        /// How many A and B should have.
        expected: [f64; 2],
        /// How likely that is, if the routing is right.
        p: f64,
    },
    /// Signals aren't where they should be.
    Exposure(Violation),
}

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The sequential test shows that Engine B brings more.
    BIsBetter,
    /// The sequential test shows that Engine A brings more.
    AIsBetter,
    /// The planned sample is there, and shows no difference. There may be one below what is
    /// detectable.
    NoDifferenceShown,
}

/// The numbers of a comparison that may be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reading {
    /// What each engine's trades brought.
    pub performance: BTreeMap<Engine, Performance>,
    /// The difference in the primary metric.
    pub primary: Difference,
    /// What can be seen with what there is, and how much more it takes.
    pub outlook: Outlook,
    /// The secondary metrics.
    pub secondary: Vec<Secondary>,
    /// What must not become worse.
    pub guardrails: Vec<Guardrail>,
    /// Whether B may be promoted.
    pub promotion: Promotion,
    /// Engine B's agents.
    pub agents: Vec<AgentReport>,
    /// Engine B's committee as a whole.
    pub committee: Calibration,
}

/// What a comparison comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Comparison {
    /// A check failed: whatever the numbers say, they don't hold, and there are none here.
    Withheld {
        /// Why.
        why: Vec<Withholding>,
    },
    /// Nothing is shown yet, and nothing ruled out.
    NotEnoughData {
        /// What is lacking.
        why: Vec<Lack>,
        /// The numbers so far.
        reading: Box<Reading>,
    },
    /// Enough was seen for a verdict.
    Measured {
        /// Which.
        verdict: Verdict,
        /// Its numbers.
        reading: Box<Reading>,
    },
}

impl Comparison {
    /// Puts the numbers to what they come to.
    pub(super) fn of(reading: Reading, lacks: Vec<Lack>) -> Self {
        let found = reading.primary.sequential.found();
        let verdict = match found {
            Some(difference) if difference > 0.0 => Verdict::BIsBetter,
            Some(_) => Verdict::AIsBetter,
            None => Verdict::NoDifferenceShown,
        };
        let reading = Box::new(reading);
        if found.is_none() && !lacks.is_empty() {
            return Self::NotEnoughData {
                why: lacks,
                reading,
            };
        }
        Self::Measured { verdict, reading }
    }

    /// The numbers, unless they are withheld.
    pub fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Withheld { .. } => None,
            Self::NotEnoughData { reading, .. } | Self::Measured { reading, .. } => Some(reading),
        }
    }
}
