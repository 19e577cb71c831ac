//! What time it is for the stack, and whether that is real time.

use std::path::Path;

use chrono::{DateTime, Utc};
use local_stack::stack_clock::{self, Kept};
use runtime::Clock;
use runtime::clock::SystemClock;
use runtime::telemetry::chain;

use super::finding::Finding;

const SUBJECT: &str = "clock";

/// What time it is for the stack.
#[derive(Debug, Clone, Copy)]
pub(super) struct StackTime {
    /// The instant of a running stack, or the one at which it would start.
    pub(super) now: DateTime<Utc>,
    /// Whether no stack ever ran here: a recording then starts with its first bar.
    pub(super) is_new: bool,
}

/// Looks at what the directory keeps. `told` is what a running stack says.
pub(super) fn check(dir: &Path, told: Option<DateTime<Utc>>) -> (Finding, StackTime) {
    let machine = SystemClock.now();
    let kept = match stack_clock::read(&dir.join("clock.json")) {
        Ok(kept) => kept,
        Err(error) => {
            let advice = "take the file away; the stack then starts in real time";
            let (now, is_new) = (told.unwrap_or(machine), false);
            let failure = Finding::fail(SUBJECT, chain(&error), advice);
            return (failure, StackTime { now, is_new });
        }
    };
    let own = kept.filter(|kept| !kept.is_real_time);
    let now = told.unwrap_or(own.map_or(machine, |kept| kept.resume_at));
    let is_new = told.is_none() && kept.is_none();
    let says = sentence(now, told.is_some(), own);
    (Finding::ok(SUBJECT, says), StackTime { now, is_new })
}

fn sentence(now: DateTime<Utc>, is_running: bool, own: Option<Kept>) -> String {
    let shown = shown(now);
    match (own, is_running) {
        (None, _) => format!("{shown}, real time"),
        (Some(own), true) => format!(
            "{shown}, a clock of its own, {} times as fast as real time",
            own.speed
        ),
        (Some(own), false) => format!(
            "a clock of its own: goes on from {shown}, {} times as fast as real time",
            own.speed
        ),
    }
}

/// An instant as a trader reads it: Eastern time.
pub(super) fn shown(instant: DateTime<Utc>) -> String {
    domain::calendar::eastern(instant)
        .format("%Y-%m-%d %H:%M:%S %Z")
        .to_string()
}
