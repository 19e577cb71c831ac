//! A study or the reason why there is none, and the two ways that a study can point.

use serde::{Deserialize, Serialize};

use crate::opinion::{Bias, Word};

/// What a study said, or why it said nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Study<T> {
    /// What it said.
    Known(T),
    /// Why there is none, in words.
    Absent(Word),
}

impl<T> Study<T> {
    /// None, for this reason.
    pub fn absent(why: impl Into<Word>) -> Self {
        Self::Absent(why.into())
    }

    /// What it said, or why nothing.
    pub fn known(&self) -> Result<&T, &Word> {
        match self {
            Self::Known(said) => Ok(said),
            Self::Absent(why) => Err(why),
        }
    }
}

impl<T> From<Result<T, Word>> for Study<T> {
    fn from(said: Result<T, Word>) -> Self {
        match said {
            Ok(said) => Self::Known(said),
            Err(why) => Self::Absent(why),
        }
    }
}

/// Which way something points; what points neither way is an absent one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Towards higher prices.
    Up,
    /// Towards lower prices.
    Down,
}

impl Way {
    /// Points that count for this way: positive up, negative down.
    pub fn signed(self, points: i32) -> i32 {
        match self {
            Self::Up => points,
            Self::Down => -points,
        }
    }

    /// How far a price lies beyond a level, seen this way; negative before it.
    pub fn beyond(self, price: f64, level: f64) -> f64 {
        match self {
            Self::Up => price - level,
            Self::Down => level - price,
        }
    }

    /// What it means for the underlying.
    pub fn bias(self) -> Bias {
        match self {
            Self::Up => Bias::Bullish,
            Self::Down => Bias::Bearish,
        }
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}
