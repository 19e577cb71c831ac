//! The exponential moving average, begun with the plain mean of its first values, as TA-Lib does.

use super::Indicator;
use super::count::number;
use super::seed::Seed;

/// `E = (x - E₁) · 2 / (length + 1) + E₁`, where `E₁` is the average before; the first is the mean
/// of the first `length` values. First valid index `length - 1`.
#[derive(Debug, Clone)]
pub struct Ema {
    seed: Seed,
    weight: f64,
    average: Option<f64>,
}

impl Ema {
    /// Over so many values; none counts as one.
    pub fn new(length: usize) -> Self {
        Self {
            seed: Seed::new(length),
            weight: 2.0 / (number(length.max(1)) + 1.0),
            average: None,
        }
    }
}

impl Indicator for Ema {
    type Input = f64;
    type Output = f64;

    #[inline]
    fn next(&mut self, value: f64) -> Option<f64> {
        self.average = match self.average {
            Some(before) => Some((value - before) * self.weight + before),
            None => self.seed.next(value),
        };
        self.average
    }
}
