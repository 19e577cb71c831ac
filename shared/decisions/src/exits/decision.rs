//! The record of a decision to close: made with the exit order, and never changed after it.

use chrono::{DateTime, Utc};
use domain::{ExitDecision, ExitReading, Position};

use super::{Evaluation, Trigger};

/// The decision of an evaluation, for the exit order that comes next of this position. Absent
/// when no rule fired.
pub fn decision(
    position: &Position,
    evaluation: &Evaluation,
    exit_rules_version: u32,
    now: DateTime<Utc>,
) -> Option<ExitDecision> {
    let trigger = evaluation.trigger?;
    let readings = evaluation.readings.clone();
    Some(decided(
        position,
        trigger,
        readings,
        exit_rules_version,
        now,
    ))
}

/// The decision to meet a wish at once, without a look at the other rules: only its own reading
/// is in it. `wish` says who wants it, in words.
pub fn decision_on_wish(
    position: &Position,
    trigger: Trigger,
    wish: String,
    exit_rules_version: u32,
    now: DateTime<Utc>,
) -> ExitDecision {
    let reading = ExitReading {
        rule: trigger.rule,
        reason: trigger.reason,
        fires: true,
        reading: wish,
        limit: "none".to_owned(),
    };
    decided(position, trigger, vec![reading], exit_rules_version, now)
}

fn decided(
    position: &Position,
    trigger: Trigger,
    readings: Vec<ExitReading>,
    exit_rules_version: u32,
    now: DateTime<Utc>,
) -> ExitDecision {
    ExitDecision {
        signal_id: position.signal_id,
        engine: position.engine,
        leg: position.next_exit(),
        reason: trigger.reason,
        trigger_price: trigger.price,
        readings,
        exit_rules_version,
        decided_at: now,
    }
}
