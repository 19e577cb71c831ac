//! The standard deviation of the last so many values, as of a population: divided by their count.

use super::Indicator;
use super::count::number;
use super::summaries::Squares;
use super::window::Window;

/// The population's standard deviation of the last `length` values; exactly zero when they are
/// equal. First valid index `length - 1`.
#[derive(Debug, Clone)]
pub struct StandardDeviation {
    window: Window<Squares>,
    length: f64,
}

impl StandardDeviation {
    /// Over so many values; none counts as one.
    pub fn new(length: usize) -> Self {
        Self {
            window: Window::new(length),
            length: number(length.max(1)),
        }
    }
}

impl Indicator for StandardDeviation {
    type Input = f64;
    type Output = f64;

    #[inline]
    fn next(&mut self, value: f64) -> Option<f64> {
        Some(self.window.next(value)?.deviation(self.length))
    }
}
