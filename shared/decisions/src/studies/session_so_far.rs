//! Today's session, gathered from its bars while they pass.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::trading_date;
use domain::opinion::Word;
use quant::indicators::{Bar, SessionBar};

/// What has been seen of today.
#[derive(Debug, Clone)]
pub(super) struct SessionRun {
    today: i32,
    so_far: Option<SessionSoFar>,
}

/// Today's session up to the newest bar.
#[derive(Debug, Clone, Copy)]
pub(super) struct SessionSoFar {
    /// All its bars as one.
    pub(super) bar: Bar,
    /// Whether the first of them begins at the open.
    pub(super) is_from_open: bool,
    /// How many there are.
    pub(super) bars: u32,
}

impl SessionRun {
    /// Of the day of this instant.
    pub(super) fn of(now: DateTime<Utc>) -> Self {
        let days = (trading_date(now) - NaiveDate::default()).num_days();
        Self {
            today: i32::try_from(days).unwrap_or(i32::MAX),
            so_far: None,
        }
    }

    /// Whether a bar is of today's regular hours.
    pub(super) fn has(&self, bar: &SessionBar) -> bool {
        bar.session_day == self.today && bar.is_regular()
    }

    pub(super) fn take(&mut self, session_bar: &SessionBar) {
        if !self.has(session_bar) {
            return;
        }
        let bar = session_bar.bar;
        self.so_far = Some(match self.so_far {
            Some(so_far) => so_far.followed_by(bar),
            None => SessionSoFar {
                bar,
                is_from_open: session_bar.minute == 0,
                bars: 1,
            },
        });
    }

    /// The session so far, or that it has no bar yet.
    pub(super) fn so_far(&self) -> Result<SessionSoFar, Word> {
        self.so_far
            .ok_or_else(|| "there is no bar of today's session yet".into())
    }

    /// The session from its open on, or that it isn't there.
    pub(super) fn whole(&self) -> Result<SessionSoFar, Word> {
        let so_far = self.so_far()?;
        let is_whole = so_far.is_from_open.then_some(so_far);
        is_whole.ok_or_else(|| "the bars don't reach back to today's open".into())
    }
}

impl SessionSoFar {
    fn followed_by(self, bar: Bar) -> Self {
        Self {
            bar: self.bar.followed_by(bar),
            bars: self.bars.saturating_add(1),
            ..self
        }
    }
}
