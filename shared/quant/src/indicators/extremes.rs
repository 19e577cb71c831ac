//! The highest and the lowest of the last so many values.

use super::Indicator;
use super::summaries::{Greatest, Least};
use super::window::Window;

/// The highest of the last `length` values; first valid index `length - 1`.
#[derive(Debug, Clone)]
pub struct Highest(Window<Greatest>);

impl Highest {
    /// Over so many values; none counts as one.
    pub fn new(length: usize) -> Self {
        Self(Window::new(length))
    }
}

impl Indicator for Highest {
    type Input = f64;
    type Output = f64;

    #[inline]
    fn next(&mut self, value: f64) -> Option<f64> {
        self.0.next(value).map(|greatest| greatest.0)
    }
}

/// The lowest of the last `length` values; first valid index `length - 1`.
#[derive(Debug, Clone)]
pub struct Lowest(Window<Least>);

impl Lowest {
    /// Over so many values; none counts as one.
    pub fn new(length: usize) -> Self {
        Self(Window::new(length))
    }
}

impl Indicator for Lowest {
    type Input = f64;
    type Output = f64;

    #[inline]
    fn next(&mut self, value: f64) -> Option<f64> {
        self.0.next(value).map(|least| least.0)
    }
}
