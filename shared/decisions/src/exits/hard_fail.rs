//! The first tier: something is broken, or somebody wants out.

use chrono::TimeDelta;
use domain::{ExitReading, ExitReason, ExitRequest, ExitRule, PositionState};

use super::price::View;
use super::soundness;

pub(super) fn readings(view: &View<'_>) -> [ExitReading; 4] {
    [
        corrupt_position(view),
        failed_exit(view),
        requested(view),
        price_gone(view),
    ]
}

fn corrupt_position(view: &View<'_>) -> ExitReading {
    let faults = soundness::faults(view);
    let fires = !faults.is_empty();
    ExitReading {
        rule: ExitRule::CorruptPosition,
        reason: ExitReason::CorruptPosition,
        fires,
        reading: if fires {
            faults.join("; ")
        } else {
            "sound".to_owned()
        },
        limit: "sound".to_owned(),
    }
}

/// An exit whose order failed is still due, for the reason that it had: so a stop that failed
/// stays a stop, and is filled as one.
fn failed_exit(view: &View<'_>) -> ExitReading {
    let is_open = matches!(view.position.state, PositionState::Open);
    let failed = view.position.failed_exit.filter(|_| is_open);
    ExitReading {
        rule: ExitRule::FailedExit,
        // Exits fail for want of a price; where none has failed, this is never read.
        reason: failed.unwrap_or(ExitReason::PriceGone),
        fires: failed.is_some(),
        reading: failed.map_or_else(
            || "none".to_owned(),
            |reason| {
                let count = view.position.exit_failures_in_row;
                format!("{reason}, failures in a row: {count}")
            },
        ),
        limit: "none".to_owned(),
    }
}

fn requested(view: &View<'_>) -> ExitReading {
    let request = view.position.exit_request.as_ref();
    ExitReading {
        rule: ExitRule::Requested,
        // Where nobody wants it, this is never read.
        reason: request.map_or(ExitReason::ExitAlert, ExitRequest::reason),
        fires: request.is_some(),
        reading: request.map_or_else(|| "none".to_owned(), |request| request.by.to_string()),
        limit: "none".to_owned(),
    }
}

fn price_gone(view: &View<'_>) -> ExitReading {
    let silent = view.now - view.silent_since;
    let most = TimeDelta::minutes(i64::from(view.rules.price_gone_minutes));
    let reading = match &view.price {
        Ok(_) => "a fresh price".to_owned(),
        Err(why) => format!("none for {} min; {why}", silent.num_minutes().max(0)),
    };
    ExitReading {
        rule: ExitRule::PriceGone,
        reason: ExitReason::PriceGone,
        fires: view.price.is_err() && silent >= most,
        reading,
        limit: format!("under {} min of a session", most.num_minutes()),
    }
}
