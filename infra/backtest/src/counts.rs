//! What a backtest did, in numbers, and how far it is.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::plan::SentAlert;

/// Refused alerts beyond this many are counted and not told.
const REFUSALS_TOLD_MAX: usize = 20;

/// An alert that gave no signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedAlert {
    /// When it came in.
    pub at: DateTime<Utc>,
    /// Where it stands in its file, if it was read from one.
    pub line: Option<u64>,
    /// What is wrong with it.
    pub why: String,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Alerts that came in.
    pub alerts: usize,
    /// Those that gave no signal.
    pub refused: usize,
    /// The first of these, with the reason.
    pub refusals: Vec<RefusedAlert>,
    /// Alerts that had come before.
    pub duplicates: usize,
    /// Alerts before the first day or after the last.
    pub left_out: usize,
    /// Alerts that gave a signal: entries, exits and others.
    pub signals: usize,
    /// Sessions that were gone through.
    pub sessions: usize,
    /// Steps of time.
    pub bars: usize,
    /// Looks at a position: prices at which every exit rule was read.
    pub looks: usize,
}

impl Counts {
    pub(crate) fn refuse(&mut self, alert: &SentAlert, why: String) {
        self.refused += 1;
        if self.refusals.len() < REFUSALS_TOLD_MAX {
            let (at, line) = (alert.at, alert.line);
            self.refusals.push(RefusedAlert { at, line, why });
        }
    }
}

/// How far a backtest is: told after each session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The session that has ended.
    pub at: DateTime<Utc>,
    /// Alerts so far.
    pub alerts: usize,
    /// All of them.
    pub alerts_in_all: usize,
    /// Steps of time so far.
    pub bars: usize,
    /// Positions that are held now.
    pub held: usize,
}
