//! Wilder's moving average, on which RSI, ATR and ADX rest.
//!
//! J. W. Wilder, "New Concepts in Technical Trading Systems" (1978).

use super::Indicator;
use super::count::number;
use super::seed::Seed;

/// `A = (A₁ · (length - 1) + x) / length`, where `A₁` is the average before; the first is the mean
/// of the first `length` values. First valid index `length - 1`.
#[derive(Debug, Clone)]
pub struct Wilder {
    seed: Seed,
    length: f64,
    average: Option<f64>,
}

impl Wilder {
    /// Over so many values; none counts as one.
    pub fn new(length: usize) -> Self {
        Self {
            seed: Seed::new(length),
            length: number(length.max(1)),
            average: None,
        }
    }

    /// Takes the next value; a missing one leaves the average as it is, and counts as zero among
    /// the first values.
    pub(super) fn next_or_keep(&mut self, value: Option<f64>) -> Option<f64> {
        match value {
            None if self.average.is_some() => self.average,
            value => self.next(value.unwrap_or(0.0)),
        }
    }
}

impl Indicator for Wilder {
    type Input = f64;
    type Output = f64;

    #[inline]
    fn next(&mut self, value: f64) -> Option<f64> {
        self.average = match self.average {
            Some(before) => Some((before * (self.length - 1.0) + value) / self.length),
            None => self.seed.next(value),
        };
        self.average
    }
}
