//! Sides, and what an alert wants done with a position.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which way the trader expects the underlying to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Up.
    Long,
    /// Down.
    Short,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Long => Self::Short,
            Self::Short => Self::Long,
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Long => "long",
            Self::Short => "short",
        })
    }
}

/// What the author of the alert wants done with the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "FlatIntent", into = "FlatIntent")]
pub enum Intent {
    /// Open a position on this side.
    Entry(Direction),
    /// Make the position on this side larger.
    Add(Direction),
    /// Make the position on this side smaller without ending it.
    Reduce(Direction),
    /// End the position, whichever side it is on.
    Exit,
    /// End the position and open one on this, the other, side.
    Reverse(Direction),
}

impl Intent {
    /// Its word: `entry`, `add`, `reduce`, `exit`, `reverse`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Entry(_) => "entry",
            Self::Add(_) => "add",
            Self::Reduce(_) => "reduce",
            Self::Exit => "exit",
            Self::Reverse(_) => "reverse",
        }
    }

    /// The side that it is about; for a reverse the new one. An exit has none.
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::Entry(side) | Self::Add(side) | Self::Reduce(side) | Self::Reverse(side) => {
                Some(side)
            }
            Self::Exit => None,
        }
    }

    /// Whether an option is bought for it (for a reverse: once the old position is closed).
    pub fn buys(self) -> bool {
        matches!(self, Self::Entry(_) | Self::Reverse(_))
    }

    /// Whether open positions end because of it.
    pub fn closes(self) -> bool {
        matches!(self, Self::Exit | Self::Reverse(_))
    }
}

/// An intent as it is stored: `{"intent": "reverse", "direction": "long"}`.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
struct FlatIntent {
    intent: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
}

/// It is described as it is written.
#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Intent {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        FlatIntent::schema()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Intent {}

impl From<Intent> for FlatIntent {
    fn from(intent: Intent) -> Self {
        Self {
            intent: intent.kind().to_owned(),
            direction: intent.direction(),
        }
    }
}

/// A stored intent that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` with this direction is no intent")]
pub struct IntentError(String);

impl TryFrom<FlatIntent> for Intent {
    type Error = IntentError;
    fn try_from(flat: FlatIntent) -> Result<Self, Self::Error> {
        match (flat.intent.as_str(), flat.direction) {
            ("entry", Some(side)) => Ok(Self::Entry(side)),
            ("add", Some(side)) => Ok(Self::Add(side)),
            ("reduce", Some(side)) => Ok(Self::Reduce(side)),
            ("reverse", Some(side)) => Ok(Self::Reverse(side)),
            ("exit", None) => Ok(Self::Exit),
            _ => Err(IntentError(flat.intent)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn intents_are_stored_flat_and_survive() {
        for (intent, stored) in [
            (
                Intent::Entry(Direction::Long),
                json!({"intent": "entry", "direction": "long"}),
            ),
            (
                Intent::Add(Direction::Short),
                json!({"intent": "add", "direction": "short"}),
            ),
            (
                Intent::Reduce(Direction::Long),
                json!({"intent": "reduce", "direction": "long"}),
            ),
            (
                Intent::Reverse(Direction::Long),
                json!({"intent": "reverse", "direction": "long"}),
            ),
            (Intent::Exit, json!({"intent": "exit"})),
        ] {
            assert_eq!(serde_json::to_value(intent).unwrap(), stored);
            assert_eq!(serde_json::from_value::<Intent>(stored).unwrap(), intent);
        }
    }

    #[test]
    fn unknown_intents_are_refused() {
        for stored in [
            json!({"intent": "entry"}),
            json!({"intent": "exit", "direction": "long"}),
            json!({"intent": "hold", "direction": "long"}),
        ] {
            assert!(
                serde_json::from_value::<Intent>(stored.clone()).is_err(),
                "{stored}"
            );
        }
    }

    #[test]
    fn only_entries_and_reverses_buy_and_only_exits_and_reverses_close() {
        let long = Direction::Long;
        for (intent, buys, closes) in [
            (Intent::Entry(long), true, false),
            (Intent::Add(long), false, false),
            (Intent::Reduce(long), false, false),
            (Intent::Exit, false, true),
            (Intent::Reverse(long), true, true),
        ] {
            assert_eq!(
                (intent.buys(), intent.closes()),
                (buys, closes),
                "{}",
                intent.kind()
            );
        }
    }
}
