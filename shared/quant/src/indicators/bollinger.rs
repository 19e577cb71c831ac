//! Bollinger's bands: a simple average, and so many standard deviations around it.
//!
//! J. Bollinger, "Bollinger on Bollinger Bands" (2001); deviations are the population's.

use super::Indicator;
use super::count::number;
use super::summaries::Squares;
use super::window::Window;

/// `mean ± multiple · deviation` of the last `length` values. First valid index `length - 1`.
#[derive(Debug, Clone)]
pub struct Bollinger {
    window: Window<Squares>,
    length: f64,
    multiple: f64,
}

/// The bands, in units of the price.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BollingerBands {
    /// The mean plus the multiple of the deviation.
    pub upper: f64,
    /// The mean.
    pub middle: f64,
    /// The mean less the multiple of the deviation.
    pub lower: f64,
    /// One standard deviation of the population; exactly zero in a flat window.
    pub deviation: f64,
}

impl BollingerBands {
    /// Where a price lies between the bands: 0 on the lower, 1 on the upper. Absent when the bands
    /// are one.
    pub fn percent_b(&self, price: f64) -> Option<f64> {
        let width = self.upper - self.lower;
        (width > 0.0).then(|| (price - self.lower) / width)
    }

    /// The distance of the bands as a part of the mean: 0.1 is 10 %. Absent when the bands are one,
    /// or the mean is zero.
    pub fn bandwidth(&self) -> Option<f64> {
        let width = self.upper - self.lower;
        (width > 0.0 && self.middle.abs() > 0.0).then(|| width / self.middle)
    }
}

impl Bollinger {
    /// Usually over 20 values, two deviations wide. None counts as one.
    pub fn new(length: usize, multiple: f64) -> Self {
        Self {
            window: Window::new(length),
            length: number(length.max(1)),
            multiple,
        }
    }
}

impl Indicator for Bollinger {
    type Input = f64;
    type Output = BollingerBands;

    #[inline]
    fn next(&mut self, value: f64) -> Option<BollingerBands> {
        let squares = self.window.next(value)?;
        let middle = self.window.anchor() + squares.sum / self.length;
        let deviation = squares.deviation(self.length);
        let half_width = self.multiple * deviation;
        Some(BollingerBands {
            upper: middle + half_width,
            middle,
            lower: middle - half_width,
            deviation,
        })
    }
}
