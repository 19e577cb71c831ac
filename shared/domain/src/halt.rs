//! The kill switch: an engine that a person stopped enters nothing until it is told to go on.
//! What it holds keeps its exits.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::eastern;
use crate::reason::{Rejection, RejectionReason};

/// That an engine's entries are stopped: by whom, since when, and why. It stands in the engine's
/// book, so it is felt by the next write that would enter, whatever anybody has read before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Halt {
    /// Who stopped them.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, in the words of whoever did.
    pub why: String,
}

impl Halt {
    /// Why an entry isn't made while it stands.
    pub fn refusal(&self) -> Rejection {
        Rejection::new(RejectionReason::TradingHalted, format!("halted {self}"))
    }
}

impl fmt::Display for Halt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by, at, why } = self;
        let since = eastern(*at).format("%Y-%m-%d %H:%M:%S %Z");
        write!(f, "by {by} since {since}: {why}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_halt_says_who_when_and_why() {
        let halt = Halt {
            by: "ann".to_owned(),
            at: DateTime::from_timestamp(1_785_420_000, 0).unwrap(),
            why: "the feed lies".to_owned(),
        };
        assert_eq!(
            halt.to_string(),
            "by ann since 2026-07-30 10:00:00 EDT: the feed lies"
        );
        assert_eq!(halt.refusal().reason, RejectionReason::TradingHalted);
    }
}
