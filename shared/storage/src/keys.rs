//! Keys and index entries: the only place that spells them.

use chrono::{DateTime, Utc};
use domain::{Engine, Leg, SignalId};

/// One shard today; the suffix leaves room for more.
const SHARD: u32 = 0;

/// The primary key of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    pub(crate) fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self {
            pk: pk.into(),
            sk: sk.into(),
        }
    }

    /// An item in the collection that is the life of a signal.
    pub(crate) fn in_trace(signal: SignalId, sk: impl Into<String>) -> Self {
        Self::new(trace(signal), sk)
    }

    pub(crate) fn book(engine: Engine) -> Self {
        Self::new(format!("RISK#{engine}"), "BOOK")
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} / {}", self.pk, self.sk)
    }
}

/// What the partition of a signal's life begins with.
pub(crate) const TRACE: &str = "SIGNAL#";

pub(crate) fn trace(signal: SignalId) -> String {
    format!("{TRACE}{signal}")
}

pub(crate) fn leg(kind: &str, engine: Engine, leg: Leg) -> String {
    format!("{kind}#{engine}#{leg}")
}

/// An entry in the sparse index of work by state and due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) state_key: String,
    pub(crate) due_ms: i64,
}

impl Work {
    pub(crate) fn new(kind: &str, state: &str, due: DateTime<Utc>) -> Self {
        Self {
            state_key: state_key(kind, state),
            due_ms: due.timestamp_millis(),
        }
    }

    /// What is over and nobody has told of yet.
    pub(crate) fn untold(since: DateTime<Utc>) -> Self {
        Self::new(EVENT, UNTOLD, since)
    }

    /// What is finished but not yet counted in the roll-ups.
    pub(crate) fn unapplied(since: DateTime<Utc>) -> Self {
        Self::new(EVENT, UNAPPLIED, since)
    }
}

/// The list of closed positions, apart from those that are held.
pub(crate) const CLOSED_POSITION: &str = "CLOSED_POSITION";

/// An entry in the sparse index of lists by kind and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) kind_key: &'static str,
    pub(crate) at_ms: i64,
}

impl Listing {
    pub(crate) fn new(kind_key: &'static str, at: DateTime<Utc>) -> Self {
        Self {
            kind_key,
            at_ms: at.timestamp_millis(),
        }
    }
}

/// What marks items by which something is still to be told or counted.
const EVENT: &str = "EVENT";
const UNTOLD: &str = "untold";
const UNAPPLIED: &str = "unapplied";

/// Where the index lists what is over and nobody has told of yet.
pub(crate) fn untold() -> String {
    state_key(EVENT, UNTOLD)
}

/// Where it lists what is finished but not yet counted in the roll-ups.
pub(crate) fn unapplied() -> String {
    state_key(EVENT, UNAPPLIED)
}

/// Takes an item's marker away.
pub(crate) const CLEAR_MARKER: &str = "REMOVE state_key, due_ms ADD revision :one";

pub(crate) fn state_key(kind: &str, state: &str) -> String {
    format!("{kind}#{state}#{SHARD}")
}
