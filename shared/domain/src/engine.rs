//! Which engine decides, and which leg of its trade is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::SignalId;

/// One of the two deciders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Engine {
    /// The rules.
    A,
    /// The committee of voting agents.
    B,
}

impl Engine {
    /// Both of them, A first.
    pub const ALL: [Self; 2] = [Self::A, Self::B];
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::B => "B",
        })
    }
}

/// A part of a trade's life that has one order: the entry, or the n-th try to exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Leg {
    /// Buying the option.
    Entry,
    /// Selling it; numbered from 1, since an exit that failed is followed by another.
    Exit(u32),
}

impl Leg {
    /// Whether the leg sells what the entry bought.
    pub fn is_exit(self) -> bool {
        matches!(self, Self::Exit(_))
    }
}

impl fmt::Display for Leg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry => f.write_str("entry"),
            Self::Exit(number) => write!(f, "exit:{number}"),
        }
    }
}

/// A text that names no leg.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no leg; a leg is `entry` or `exit:<n>` with n from 1")]
pub struct LegError(String);

impl FromStr for Leg {
    type Err = LegError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text
            .strip_prefix("exit:")
            .and_then(|n| n.parse::<u32>().ok());
        match (text, number) {
            ("entry", _) => Ok(Self::Entry),
            (_, Some(number)) if number > 0 => Ok(Self::Exit(number)),
            _ => Err(LegError(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Leg {
    type Error = LegError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Leg> for String {
    fn from(leg: Leg) -> Self {
        leg.to_string()
    }
}

/// The key of a piece of work. Messages carry this and nothing else, so whoever gets one
/// reads the ledger and finds what is true now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkKey {
    /// The signal that it follows from.
    pub signal_id: SignalId,
    /// Whose work it is.
    pub engine: Engine,
    /// Which order of that engine.
    pub leg: Leg,
}

impl WorkKey {
    /// The entry of `engine` on this signal.
    pub fn entry(signal_id: SignalId, engine: Engine) -> Self {
        Self {
            signal_id,
            engine,
            leg: Leg::Entry,
        }
    }
}

/// The key of a position: what one engine holds because of one signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionKey {
    /// The signal of its entry.
    pub signal_id: SignalId,
    /// Whose it is.
    pub engine: Engine,
}

impl fmt::Display for PositionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.signal_id, self.engine)
    }
}

impl fmt::Display for WorkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.signal_id, self.engine, self.leg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legs_survive_their_text() {
        for leg in [Leg::Entry, Leg::Exit(1), Leg::Exit(12)] {
            assert_eq!(leg.to_string().parse(), Ok(leg));
        }
    }

    #[test]
    fn other_texts_are_no_legs() {
        for text in ["", "exit", "exit:0", "exit:-1", "Entry"] {
            assert!(text.parse::<Leg>().is_err(), "{text}");
        }
    }
}
