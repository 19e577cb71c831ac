//! From alerts to signals, as the webhook takes them: what can't be read is refused, what came
//! before is a duplicate, and an alert is as fresh as its own time says.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::signal::Signal;
use domain::{SignalId, alert};

use crate::counts::Counts;
use crate::plan::SentAlert;

/// The alerts of a run in the order in which they came in.
pub(crate) struct Intake<'a> {
    alerts: Vec<&'a SentAlert>,
    next: usize,
    known: BTreeSet<SignalId>,
}

impl<'a> Intake<'a> {
    /// Alerts of the same instant stay in the order in which they are told.
    pub(crate) fn of(alerts: &'a [SentAlert]) -> Self {
        let mut alerts: Vec<&SentAlert> = alerts.iter().collect();
        alerts.sort_by_key(|alert| alert.at);
        Self {
            alerts,
            next: 0,
            known: BTreeSet::new(),
        }
    }

    /// When the first one comes in, and the last.
    pub(crate) fn ends(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        Some((self.alerts.first()?.at, self.alerts.last()?.at))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.alerts.len()
    }

    /// The next signal that comes in before an instant; what gives none is counted on the way.
    pub(crate) fn next_before(
        &mut self,
        until: DateTime<Utc>,
        counts: &mut Counts,
    ) -> Option<Signal> {
        while let Some(alert) = self.alerts.get(self.next).filter(|it| it.at < until) {
            self.next += 1;
            counts.alerts += 1;
            match alert::read(alert.body.as_bytes(), alert.at) {
                Err(error) => counts.refuse(alert, error.to_string()),
                Ok(signal) if !self.known.insert(signal.signal_id) => counts.duplicates += 1,
                Ok(signal) => {
                    counts.signals += 1;
                    return Some(signal);
                }
            }
        }
        None
    }

    /// Passes over what came in before an instant.
    pub(crate) fn leave_out_before(&mut self, from: DateTime<Utc>, counts: &mut Counts) {
        let rest = self.alerts.get(self.next..).unwrap_or_default();
        let early = rest.partition_point(|alert| alert.at < from);
        self.next += early;
        counts.left_out += early;
    }

    /// Passes over all that is left.
    pub(crate) fn leave_out_rest(&mut self, counts: &mut Counts) {
        counts.left_out += self.alerts.len() - self.next;
        self.next = self.alerts.len();
    }

    /// Whether all have come in.
    pub(crate) fn is_done(&self) -> bool {
        self.next == self.alerts.len()
    }
}
