//! The average true range by Wilder.

use super::true_range::TrueRange;
use super::wilder::Wilder;
use super::{Bar, Indicator};

/// Wilder's average of the true range; the first is the mean of bars 1 to `length`.
/// First valid index `length`.
#[derive(Debug, Clone)]
pub struct Atr {
    true_range: TrueRange,
    average: Wilder,
}

impl Atr {
    /// Over so many bars; none counts as one.
    pub fn new(length: usize) -> Self {
        Self {
            true_range: TrueRange::new(),
            average: Wilder::new(length),
        }
    }
}

impl Indicator for Atr {
    type Input = Bar;
    type Output = f64;

    #[inline]
    fn next(&mut self, bar: Bar) -> Option<f64> {
        let true_range = self.true_range.next(bar)?;
        self.average.next(true_range)
    }
}
