//! A position with its mark at a moment, so that a case can change one thing.

use chrono::{DateTime, TimeDelta, Utc};
use decisions::exits::{Circumstances, ExitReading, due, evaluate};
use domain::quote::{BidAsk, Mark};
use domain::settings::ExitRules;
use domain::{ExitReason, ExitRequest, Position, Requester, SignalId};

use crate::common::{mark, position, sides, utc};

/// Ends on the Thursday before a Friday that is closed.
pub(crate) const CONTRACT: &str = "SPY260702C00600000";

/// A position with its mark at a moment; owned, so that a case can change one thing.
pub(crate) struct World {
    pub(crate) position: Position,
    pub(crate) mark: Option<Mark>,
    pub(crate) rules: ExitRules,
    pub(crate) now: DateTime<Utc>,
}

impl World {
    /// An hour after an entry at $2.00, marked where it was bought a second ago.
    pub(crate) fn quiet() -> Self {
        let world = Self {
            position: position(CONTRACT),
            mark: None,
            rules: ExitRules::default(),
            now: utc("2026-06-24T15:15:04Z"),
        };
        world.marked(sides(195, 205))
    }

    pub(crate) fn marked(self, sides: BidAsk) -> Self {
        let at = self.now - TimeDelta::seconds(1);
        Self {
            mark: Some(mark(&self.position, sides, at)),
            ..self
        }
    }

    pub(crate) fn at(self, now: &str) -> Self {
        let moved = Self {
            now: utc(now),
            ..self
        };
        moved.marked(sides(195, 205))
    }

    pub(crate) fn holding(self, contract: &str) -> Self {
        Self {
            position: position(contract),
            ..self
        }
    }

    pub(crate) fn without_max_hold(mut self) -> Self {
        self.rules.max_hold_hours = 2_400;
        self
    }

    pub(crate) fn asked_to_close(self) -> Self {
        let signal_id = SignalId::of("exit");
        self.asked_to_close_by(Requester::Alert { signal_id })
    }

    pub(crate) fn asked_to_close_by(mut self, by: Requester) -> Self {
        self.position.exit_request = Some(ExitRequest {
            by,
            requested_at: self.now,
            then_enters: false,
        });
        self
    }

    pub(crate) fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            position: &self.position,
            mark: self.mark.as_ref(),
            rules: &self.rules,
            now: self.now,
        }
    }

    pub(crate) fn reason(&self) -> Option<ExitReason> {
        due(&self.circumstances()).map(|trigger| trigger.reason)
    }

    pub(crate) fn reading(&self, reason: ExitReason) -> ExitReading {
        let readings = evaluate(&self.circumstances()).into_iter();
        let mut of_rule = readings.filter(|reading| reading.reason == reason);
        of_rule.next().unwrap_or_else(|| panic!("no rule {reason}"))
    }
}
