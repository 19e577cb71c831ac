//! Wishes that a position be closed: how an alert's and a person's are made, and what an exit
//! on one of them says of its reason.

use chrono::{DateTime, Utc};
use domain::signal::Signal;
use domain::{ByHand, ExitDecision, ExitRequest, ExitRule, Position, Requester};

use crate::exits::{self, Trigger};

/// What an exit alert, or the first half of a reversal, wants.
pub fn of_alert(signal: &Signal) -> ExitRequest {
    ExitRequest {
        by: Requester::Alert {
            signal_id: signal.signal_id,
        },
        requested_at: signal.received_at,
        then_enters: signal.intent.buys(),
    }
}

/// What a person wants.
pub fn of_person(name: &str, reason: ByHand, now: DateTime<Utc>) -> ExitRequest {
    ExitRequest {
        by: Requester::Person {
            name: name.to_owned(),
            reason,
        },
        requested_at: now,
        then_enters: false,
    }
}

/// The position with a wish to be closed; the first wish stays.
pub fn asked_to_close(position: &Position, request: &ExitRequest) -> Position {
    let standing = position.exit_request.as_ref().unwrap_or(request);
    Position {
        exit_request: Some(standing.clone()),
        ..position.clone()
    }
}

/// What sets the exit off when a wish is met at once, without a price.
fn trigger(request: &ExitRequest) -> Trigger {
    Trigger {
        rule: ExitRule::Requested,
        reason: request.reason(),
        price: None,
    }
}

/// The decision to meet a wish at once: the other rules aren't looked at.
pub fn decision(
    position: &Position,
    request: &ExitRequest,
    exit_rules_version: u32,
    now: DateTime<Utc>,
) -> ExitDecision {
    let wish = request.by.to_string();
    exits::decision_on_wish(position, trigger(request), wish, exit_rules_version, now)
}
