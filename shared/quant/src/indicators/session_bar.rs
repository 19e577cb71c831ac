//! A bar and where in its session it lies.
//!
//! Nothing here knows a calendar: whoever has one says which session a bar belongs to, when that
//! opened and how long it is. Bars begin at whole minutes.

use super::{Bar, BarError};

/// A closed bar with its place in a trading session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SessionBar {
    /// The bar.
    pub bar: Bar,
    /// The session's date in New York, in days since 1970-01-01. Bars before the open and after
    /// the close belong to the session of their date.
    pub session_day: i32,
    /// From the session's regular open to the bar's beginning, in minutes; negative before it.
    pub minute: i32,
    /// From the session's regular open to its regular close, in minutes: 390, or 210 when it
    /// closes early.
    pub session_minutes: i32,
}

impl SessionBar {
    /// Whether it begins within regular hours.
    pub fn is_regular(&self) -> bool {
        0 <= self.minute && self.minute < self.session_minutes
    }

    /// From the bar's beginning to the regular close, in minutes; negative after it.
    pub fn minutes_to_close(&self) -> i32 {
        self.session_minutes - self.minute
    }

    /// Whether it begins a session, for whoever saw `before` last.
    pub fn opens_session(&self, before: Option<&Self>) -> bool {
        before.is_none_or(|before| before.session_day != self.session_day)
    }

    /// Refuses a bar that can't be, or whose place in its session can't; `before` is the one that
    /// was accepted last.
    pub fn check(&self, before: Option<&Self>) -> Result<(), BarError> {
        self.bar.check(before.map(|before| &before.bar))?;
        let follows = before.is_none_or(|before| {
            (before.session_day, before.minute) < (self.session_day, self.minute)
        });
        if !follows || self.session_minutes <= 0 {
            return Err(BarError::OutOfSession);
        }
        Ok(())
    }
}
