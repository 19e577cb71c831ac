//! The forms that evidence has been written in. Evidence is kept longer than a program stays the
//! same, and its name is the hash of its bytes: so what was stored in an older form is read as
//! that, and written again as that.

use serde::{Deserialize, Serialize};

/// A form: a number in what is stored, except for the first, which had none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub enum EvidenceForm {
    /// Clock, quote, bars, daily bars and chain. That anything else is absent says nothing.
    #[default]
    First,
    /// Gamma exposure, options flow and indicators, too: what is absent is named missing.
    Second,
    /// The studies of the agents, too.
    Third,
}

/// A form that this program doesn't know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("has the unknown form {0}")]
pub struct EvidenceFormError(u32);

impl EvidenceForm {
    /// The one in which evidence is captured now.
    pub const NEWEST: Self = Self::Third;

    /// Whether it is the one without a number.
    pub fn is_first(&self) -> bool {
        *self == Self::First
    }
}

impl From<EvidenceForm> for u32 {
    fn from(form: EvidenceForm) -> Self {
        match form {
            EvidenceForm::First => 1,
            EvidenceForm::Second => 2,
            EvidenceForm::Third => 3,
        }
    }
}

impl TryFrom<u32> for EvidenceForm {
    type Error = EvidenceFormError;
    fn try_from(number: u32) -> Result<Self, EvidenceFormError> {
        match number {
            1 => Ok(Self::First),
            2 => Ok(Self::Second),
            3 => Ok(Self::Third),
            other => Err(EvidenceFormError(other)),
        }
    }
}
