//! A position with its mark at a moment, so that a case can change one thing.
#![cfg(test)]

use chrono::{DateTime, TimeDelta, Utc};
use decisions::exits::{Circumstances, Evaluation, Trigger, evaluate};
use domain::quote::{BidAsk, Mark};
use domain::settings::ExitRules;
use domain::{
    Confirmation, ExitReading, ExitReason, ExitRequest, ExitRule, Greeks, MarkedGreeks, Position,
    Price, Requester, SignalId, Watch,
};

use crate::common::{mark, position, sides, utc};

/// Ends on the Thursday before a Friday that is closed.
pub(crate) const CONTRACT: &str = "SPY260702C00600000";

/// A position with its mark at a moment; owned, so that a case can change one thing.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) position: Position,
    pub(crate) mark: Option<Mark>,
    pub(crate) watch: Option<Watch>,
    pub(crate) rules: ExitRules,
    pub(crate) now: DateTime<Utc>,
}

impl World {
    /// An hour after an entry at $2.00, marked where it was bought a second ago, with the same
    /// Greeks as then.
    pub(crate) fn quiet() -> Self {
        let mut world = Self {
            position: position(CONTRACT),
            mark: None,
            watch: None,
            rules: ExitRules::default(),
            now: utc("2026-06-24T15:15:04Z"),
        };
        world.position.entry_greeks = Some(bought());
        world.marked(sides(195, 205))
    }

    pub(crate) fn marked(self, sides: BidAsk) -> Self {
        let at = self.now - TimeDelta::seconds(1);
        self.marked_at(sides, at)
    }

    pub(crate) fn marked_at(self, sides: BidAsk, at: DateTime<Utc>) -> Self {
        let greeks = self
            .mark
            .as_ref()
            .map_or(Some(bought()), |mark| mark.greeks);
        let mark = mark(&self.position, sides, at);
        Self {
            mark: Some(Mark { greeks, ..mark }),
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

    /// Remembers a price between two extremes, in cents, a minute ago.
    pub(crate) fn remembering(self, trough_cents: u32, peak_cents: u32) -> Self {
        let watch = Watch {
            signal_id: self.position.signal_id,
            engine: self.position.engine,
            peak: Price::cents(peak_cents),
            trough: Price::cents(trough_cents),
            confirmations: std::collections::BTreeMap::new(),
            seen_at: self.now - TimeDelta::seconds(61),
        };
        Self {
            watch: Some(watch),
            ..self
        }
    }

    /// Remembers that a rule has read its limit as reached, a minute ago.
    pub(crate) fn confirmed(self, rule: ExitRule, count: u32) -> Self {
        let last_at = self.now - TimeDelta::seconds(61);
        let mut world = match self.watch {
            Some(_) => self,
            None => self.remembering(200, 200),
        };
        let watch = world.watch.as_mut().unwrap();
        watch
            .confirmations
            .insert(rule, Confirmation { count, last_at });
        world
    }

    /// The mark's Greeks, changed.
    pub(crate) fn with_greeks(mut self, change: impl Fn(&mut MarkedGreeks)) -> Self {
        let greeks = self.mark.as_mut().and_then(|mark| mark.greeks.as_mut());
        change(greeks.unwrap());
        self
    }

    pub(crate) fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            position: &self.position,
            mark: self.mark.as_ref(),
            watch: self.watch.as_ref(),
            rules: &self.rules,
            now: self.now,
        }
    }

    pub(crate) fn evaluate(&self) -> Evaluation {
        evaluate(&self.circumstances())
    }

    pub(crate) fn trigger(&self) -> Option<Trigger> {
        self.evaluate().trigger
    }

    pub(crate) fn reason(&self) -> Option<ExitReason> {
        self.trigger().map(|trigger| trigger.reason)
    }

    pub(crate) fn reading(&self, rule: ExitRule) -> ExitReading {
        let readings = self.evaluate().readings.into_iter();
        let mut of_rule = readings.filter(|reading| reading.rule == rule);
        of_rule.next().unwrap_or_else(|| panic!("no rule {rule}"))
    }

    pub(crate) fn fires(&self, rule: ExitRule) -> bool {
        self.reading(rule).fires
    }

    /// The next pass: `seconds` later, with what this one remembers.
    pub(crate) fn after(self, seconds: i64, sides: BidAsk) -> Self {
        let watch = self.evaluate().watch;
        let now = self.now + TimeDelta::seconds(seconds);
        Self { watch, now, ..self }.marked(sides)
    }
}

/// The Greeks at the entry.
pub(crate) fn bought() -> MarkedGreeks {
    MarkedGreeks {
        underlying_price: Price::cents(60_000),
        implied_volatility: 0.35,
        reliable: true,
        greeks: Greeks {
            delta: 0.5,
            gamma: 0.05,
            theta: -0.1,
            vega: 0.1,
            rho: None,
        },
    }
}
