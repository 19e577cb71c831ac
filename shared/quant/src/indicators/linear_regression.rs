//! The straight line through the last so many values by least squares.

use super::Indicator;
use super::count::number;
use super::summaries::Ages;
use super::window::Window;

/// Least squares over `x = 0 … length - 1`, oldest value first. First valid index `length - 1`.
#[derive(Debug, Clone)]
pub struct LinearRegression {
    window: Window<Ages>,
    length: f64,
}

/// A line through the last values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RegressionLine {
    /// Its value at the newest: TA-Lib's `LINEARREG`, Pine's `ta.linreg(source, length, 0)`.
    pub endpoint: f64,
    /// What it rises from one value to the next.
    pub slope: f64,
}

impl LinearRegression {
    /// Over so many values; fewer than two count as two, which is the least that make a line.
    pub fn new(length: usize) -> Self {
        let length = length.max(2);
        Self {
            window: Window::new(length),
            length: number(length),
        }
    }
}

impl Indicator for LinearRegression {
    type Input = f64;
    type Output = RegressionLine;

    #[inline]
    fn next(&mut self, value: f64) -> Option<RegressionLine> {
        let ages = self.window.next(value)?;
        let middle = (self.length - 1.0) / 2.0;
        let squares_of_x = self.length * (self.length * self.length - 1.0) / 12.0;
        let slope = (middle * ages.sum - ages.by_age) / squares_of_x;
        let mean = self.window.anchor() + ages.sum / self.length;
        Some(RegressionLine {
            endpoint: mean + slope * middle,
            slope,
        })
    }
}
