//! The simple moving average: the mean of the last so many values.

use super::Indicator;
use super::count::number;
use super::summaries::Sum;
use super::window::Window;

/// The mean of the last `length` values; first valid index `length - 1`.
#[derive(Debug, Clone)]
pub struct Sma {
    window: Window<Sum>,
    length: f64,
}

impl Sma {
    /// Over so many values; none counts as one.
    pub fn new(length: usize) -> Self {
        Self {
            window: Window::new(length),
            length: number(length.max(1)),
        }
    }
}

impl Indicator for Sma {
    type Input = f64;
    type Output = f64;

    #[inline]
    fn next(&mut self, value: f64) -> Option<f64> {
        let Sum(sum) = self.window.next(value)?;
        Some(self.window.anchor() + sum / self.length)
    }
}
