//! A bar's volume in parts of what bars before it had.

use super::Indicator;
use super::sma::Sma;

/// `v / mean(v of the length bars before)`: 2 is twice the usual. The bar itself isn't in the mean,
/// which would draw the ratio towards 1. First valid index `length`; absent when nothing traded in
/// the bars before. [`RelativeVolume::with_itself`] is the variant whose mean ends with the bar.
#[derive(Debug, Clone)]
pub struct RelativeVolume {
    mean: Sma,
    mean_before: Option<f64>,
    counts_itself: bool,
}

impl RelativeVolume {
    /// Against so many bars before, usually 20; none counts as one.
    pub fn new(length: usize) -> Self {
        Self {
            mean: Sma::new(length),
            mean_before: None,
            counts_itself: false,
        }
    }

    /// Against the last so many bars, this one included: first valid index `length - 1`.
    pub fn with_itself(length: usize) -> Self {
        Self {
            counts_itself: true,
            ..Self::new(length)
        }
    }
}

impl Indicator for RelativeVolume {
    /// The volume, in shares.
    type Input = f64;
    type Output = f64;

    #[inline]
    fn next(&mut self, volume: f64) -> Option<f64> {
        let mean = self.mean.next(volume);
        let mean_before = std::mem::replace(&mut self.mean_before, mean);
        let usual = if self.counts_itself {
            mean
        } else {
            mean_before
        };
        ratio(volume, usual?)
    }
}

/// A volume in parts of a usual one; absent if the usual one is nothing.
pub(super) fn ratio(volume: f64, usual: f64) -> Option<f64> {
    (usual > 0.0)
        .then(|| volume / usual)
        .filter(|ratio| ratio.is_finite())
}
