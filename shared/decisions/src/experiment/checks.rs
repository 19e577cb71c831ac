//! What is checked before anything is compared.

use domain::{Engine, Mode};
use quant::statistics::sample_ratio::{ALARM, SampleRatio};
use serde::Serialize;

use super::exposure::Exposure;
use super::figures::number;
use super::outcome::SignalOutcome;

/// Whether the engines got the shares of the signals that they should have.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SampleRatioCheck {
    /// Nothing to check, and why.
    NotApplicable {
        /// In words.
        why: &'static str,
    },
    /// Compared with the planned shares: Pearson's chi-square, or the exact binomial test where
    /// an engine should have fewer than five.
    Compared {
        /// Signals of A and of B.
        signals: [usize; 2],
        /// How many A and B should have.
        expected: [f64; 2],
        /// How likely shares are that are as far off or further, if the routing is right.
        p: f64,
        /// The p-value below which the comparison is withheld.
        alarm: f64,
        /// Whether it is below.
        is_mismatch: bool,
    },
}

/// What is checked before anything is compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Checks {
    /// Whether the engines have the shares that they should have.
    pub sample_ratio: SampleRatioCheck,
    /// Whether each signal went where its bucket says.
    pub exposure: Exposure,
}

impl SampleRatioCheck {
    /// Of signals that were shared out by this mode, with so many percent for Engine A.
    pub(super) fn of(signals: &[&SignalOutcome], rules: Option<(Mode, u8)>) -> Self {
        let not = |why| Self::NotApplicable { why };
        let Some((mode, percent)) = rules else {
            return not("no one rule shared these signals out");
        };
        if mode == Mode::Paired {
            return not("each signal goes to both engines");
        }
        if percent == 0 || percent >= 100 {
            return not("one engine gets everything");
        }
        let counted = Engine::ALL.map(|engine| {
            let has = |one: &&&SignalOutcome| one.by_engine.contains_key(&engine);
            signals.iter().filter(has).count()
        });
        let share = f64::from(percent) / 100.0;
        Self::compared(counted, share).unwrap_or_else(|| not("there are no signals yet"))
    }

    fn compared(signals: [usize; 2], share_of_a: f64) -> Option<Self> {
        let ratio = SampleRatio::of(&signals, &[share_of_a, 1.0 - share_of_a]).ok()?;
        let n = number(signals.iter().sum());
        Some(Self::Compared {
            signals,
            expected: [n * share_of_a, n * (1.0 - share_of_a)],
            p: ratio.p()?,
            alarm: ALARM,
            is_mismatch: ratio.is_mismatch()?,
        })
    }

    /// Whether the shares are wrong; absent where nothing can be said.
    pub fn is_mismatch(&self) -> Option<bool> {
        match self {
            Self::NotApplicable { .. } => None,
            Self::Compared { is_mismatch, .. } => Some(*is_mismatch),
        }
    }
}

impl Checks {
    /// Whether nothing is wrong.
    pub fn are_passed(&self) -> bool {
        self.sample_ratio.is_mismatch() != Some(true) && self.exposure.violations.is_empty()
    }

    /// Whether the engines' shares are known to be right: what a promotion asks for. In pairs,
    /// the exposure says it.
    pub(super) fn is_mismatch_for(&self, mode: Mode) -> Option<bool> {
        match mode {
            Mode::Paired => Some(!self.exposure.violations.is_empty()),
            Mode::Split => self.sample_ratio.is_mismatch(),
        }
    }
}
