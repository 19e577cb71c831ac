//! A wish that a position be closed, by an alert or by a person, kept on the position until the
//! market lets it happen.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::SignalId;
use crate::reason::ExitReason;

/// The wish. An alert's is written as it always was, with `signal_id`; a person's has `name` and
/// `reason` in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ExitRequest {
    /// Who wants it.
    #[serde(flatten)]
    pub by: Requester,
    /// When an alert was received, or a person asked.
    pub requested_at: DateTime<Utc>,
    /// Whether the alert reverses: its entry waits for this close.
    #[serde(default)]
    pub then_enters: bool,
}

/// Who wants a position closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Requester {
    /// An exit alert, or the first half of a reversal.
    Alert {
        /// The alert.
        signal_id: SignalId,
    },
    /// Somebody, by hand.
    Person {
        /// What they are called.
        name: String,
        /// Whether they meant this position or all of them.
        reason: ByHand,
    },
}

/// What a person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ByHand {
    /// To close this position.
    ManualClose,
    /// To close everything.
    Flatten,
}

impl ExitRequest {
    /// The reason that an exit on this wish carries.
    pub fn reason(&self) -> ExitReason {
        match &self.by {
            Requester::Alert { .. } => ExitReason::ExitAlert,
            Requester::Person { reason, .. } => match reason {
                ByHand::ManualClose => ExitReason::ManualClose,
                ByHand::Flatten => ExitReason::Flatten,
            },
        }
    }

    /// The reversal that enters once this close has filled, if one waits for it.
    pub fn waiting_reversal(&self) -> Option<SignalId> {
        match self.by {
            Requester::Alert { signal_id } if self.then_enters => Some(signal_id),
            _ => None,
        }
    }
}

impl fmt::Display for Requester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alert { signal_id } => write!(f, "signal {signal_id}"),
            Self::Person { name, .. } => write!(f, "{name}, by hand"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ID: &str = "8b6ac077-20c5-5c8d-b1b2-7bee41c9e412";
    const AT: &str = "2026-07-30T14:00:00Z";

    fn request(by: Requester, then_enters: bool) -> ExitRequest {
        let requested_at = AT.parse().unwrap();
        ExitRequest {
            by,
            requested_at,
            then_enters,
        }
    }

    fn alert() -> Requester {
        let signal_id = ID.parse().unwrap();
        Requester::Alert { signal_id }
    }

    fn ann(reason: ByHand) -> Requester {
        let name = "ann".to_owned();
        Requester::Person { name, reason }
    }

    fn read(written: Value) -> Option<ExitRequest> {
        serde_json::from_value(written).ok()
    }

    #[test]
    fn what_was_written_before_people_could_ask_is_read() {
        let oldest = json!({ "signal_id": ID, "requested_at": AT });
        assert_eq!(read(oldest), Some(request(alert(), false)));
        let old = json!({ "signal_id": ID, "requested_at": AT, "then_enters": true });
        assert_eq!(read(old), Some(request(alert(), true)));
    }

    #[test]
    fn every_wish_is_written_flat_and_reads_back() {
        for (wish, written) in [
            (
                request(alert(), true),
                json!({ "signal_id": ID, "requested_at": AT, "then_enters": true }),
            ),
            (
                request(ann(ByHand::Flatten), false),
                json!({ "name": "ann", "reason": "flatten", "requested_at": AT, "then_enters": false }),
            ),
        ] {
            assert_eq!(serde_json::to_value(&wish).unwrap(), written);
            assert_eq!(read(written), Some(wish));
        }
    }

    #[test]
    fn nobodys_wish_is_refused() {
        for nobody in [
            json!({ "requested_at": AT }),
            json!({ "name": "ann", "requested_at": AT }),
            json!({ "name": "ann", "reason": "stop_loss", "requested_at": AT }),
        ] {
            assert_eq!(read(nobody.clone()), None, "{nobody}");
        }
    }

    #[test]
    fn a_wish_gives_the_exit_its_reason_and_only_an_alert_enters_then() {
        for (by, reason) in [
            (alert(), ExitReason::ExitAlert),
            (ann(ByHand::ManualClose), ExitReason::ManualClose),
            (ann(ByHand::Flatten), ExitReason::Flatten),
        ] {
            let (plain, reversing) = (request(by.clone(), false), request(by.clone(), true));
            assert_eq!(plain.reason(), reason);
            assert_eq!(plain.waiting_reversal(), None);
            let waits = reversing.waiting_reversal().is_some();
            assert_eq!(waits, matches!(by, Requester::Alert { .. }));
        }
    }
}
