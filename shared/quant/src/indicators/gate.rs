//! The gate before indicators: bars that can't be don't pass.

use super::{BarError, SessionBar};

/// Lets bars of one series through that follow each other. A refused bar leaves no trace.
#[derive(Debug, Clone, Default)]
pub struct BarGate {
    before: Option<SessionBar>,
}

impl BarGate {
    /// Of a series that begins with the next bar.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bar that passed last.
    pub fn last(&self) -> Option<&SessionBar> {
        self.before.as_ref()
    }

    /// The bar itself, if it can be and comes after the one before.
    pub fn pass(&mut self, bar: SessionBar) -> Result<SessionBar, BarError> {
        bar.check(self.before.as_ref())?;
        self.before = Some(bar);
        Ok(bar)
    }
}
