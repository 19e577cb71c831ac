//! The true range: how far a bar went, the gap from the close before it included.

use super::{Bar, Indicator};

/// `max(high - low, |high - close₁|, |low - close₁|)`, where `close₁` is the close before.
/// First valid index 1: the first bar has no close before it, as with TA-Lib.
#[derive(Debug, Clone, Default)]
pub struct TrueRange {
    close_before: Option<f64>,
}

impl TrueRange {
    /// Of a series that begins with the next bar.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Indicator for TrueRange {
    type Input = Bar;
    type Output = f64;

    #[inline]
    fn next(&mut self, bar: Bar) -> Option<f64> {
        let close_before = self.close_before.replace(bar.close)?;
        let from_gap = (bar.high - close_before)
            .abs()
            .max((bar.low - close_before).abs());
        Some((bar.high - bar.low).max(from_gap))
    }
}
