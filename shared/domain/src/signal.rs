//! The signal: what an alert asks for, once it has been read. It never changes afterwards.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::SignalId;
use crate::money::{Contracts, Price};
use crate::symbol::Symbol;
use crate::timeframe::Timeframe;

/// Which way the trader expects the underlying to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
struct FlatIntent {
    intent: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
}

impl From<Intent> for FlatIntent {
    fn from(intent: Intent) -> Self {
        Self { intent: intent.kind().to_owned(), direction: intent.direction() }
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

/// What a signal's timestamp is the time of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimestampOrigin {
    /// The alert fired then.
    FireTime,
    /// The bar on which it fired began then.
    BarTime,
    /// The alert told no time: when it came in, floored to its timeframe.
    ReceivedAt,
}

/// An alert that was read and understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// Derived from the hash.
    pub signal_id: SignalId,
    /// SHA-256 in 64 hexadecimal digits; two alerts with the same hash are the same signal.
    pub hash: String,
    /// The underlying.
    pub symbol: Symbol,
    /// What to do.
    #[serde(flatten)]
    pub intent: Intent,
    /// The length of the bars of the chart on which the alert was set.
    pub timeframe: Timeframe,
    /// The alert's own time, where it told one.
    pub timestamp: DateTime<Utc>,
    /// What the timestamp is the time of.
    pub timestamp_origin: TimestampOrigin,
    /// The beginning of the bar that holds the timestamp.
    pub bar_start: DateTime<Utc>,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// The author's name for the strategy.
    pub strategy: Option<String>,
    /// Where the alert says that it comes from.
    pub source: Option<String>,
    /// Which indicator raised it.
    pub indicator: Option<String>,
    /// The underlying's price that the alert told, in US dollars per share.
    pub price: Option<Price>,
    /// How many option contracts the author asks for.
    pub option_contracts: Option<Contracts>,
    /// SHA-256 of the redacted body with sorted keys, in 64 hexadecimal digits.
    pub body_sha256: String,
    /// The body as it came, without its secrets.
    pub raw: serde_json::Value,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn intents_are_stored_flat_and_survive() {
        for (intent, stored) in [
            (Intent::Entry(Direction::Long), json!({"intent": "entry", "direction": "long"})),
            (Intent::Add(Direction::Short), json!({"intent": "add", "direction": "short"})),
            (Intent::Reduce(Direction::Long), json!({"intent": "reduce", "direction": "long"})),
            (Intent::Reverse(Direction::Long), json!({"intent": "reverse", "direction": "long"})),
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
            assert!(serde_json::from_value::<Intent>(stored.clone()).is_err(), "{stored}");
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
            assert_eq!((intent.buys(), intent.closes()), (buys, closes), "{}", intent.kind());
        }
    }
}
