//! Keltner's channels in two of their forms: an average of the price, and multiples of an average
//! range around it.
//!
//! `Keltner` is the modern form of charting sites, `TtmKeltner` the one that the TTM squeeze
//! compares Bollinger's bands with.

use super::atr::Atr;
use super::ema::Ema;
use super::sma::Sma;
use super::true_range::TrueRange;
use super::{Bar, Indicator};

/// `Ema(close) ± multiple · Atr`. First valid index: the later of the two averages'.
#[derive(Debug, Clone)]
pub struct Keltner {
    average: Ema,
    range: Atr,
}

/// `Sma(close, length) ± multiple · Sma(true range, length)`. First valid index `length`.
#[derive(Debug, Clone)]
pub struct TtmKeltner {
    average: Sma,
    true_range: TrueRange,
    range: Sma,
}

/// A channel of any width, in units of the price.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeltnerChannel {
    /// The average price.
    pub middle: f64,
    /// The average range.
    pub range: f64,
}

impl KeltnerChannel {
    /// The middle plus so many ranges.
    pub fn upper(&self, multiple: f64) -> f64 {
        self.middle + multiple * self.range
    }

    /// The middle less so many ranges.
    pub fn lower(&self, multiple: f64) -> f64 {
        self.middle - multiple * self.range
    }
}

impl Keltner {
    /// Usually over 20 bars for both averages, or over 20 and 10. None counts as one.
    pub fn new(ema_length: usize, atr_length: usize) -> Self {
        Self {
            average: Ema::new(ema_length),
            range: Atr::new(atr_length),
        }
    }
}

impl Indicator for Keltner {
    type Input = Bar;
    type Output = KeltnerChannel;

    #[inline]
    fn next(&mut self, bar: Bar) -> Option<KeltnerChannel> {
        let middle = self.average.next(bar.close);
        let range = self.range.next(bar);
        Some(KeltnerChannel {
            middle: middle?,
            range: range?,
        })
    }
}

impl TtmKeltner {
    /// Usually over 20 bars. None counts as one.
    pub fn new(length: usize) -> Self {
        Self {
            average: Sma::new(length),
            true_range: TrueRange::new(),
            range: Sma::new(length),
        }
    }
}

impl Indicator for TtmKeltner {
    type Input = Bar;
    type Output = KeltnerChannel;

    #[inline]
    fn next(&mut self, bar: Bar) -> Option<KeltnerChannel> {
        let middle = self.average.next(bar.close);
        let true_range = self.true_range.next(bar)?;
        let range = self.range.next(true_range);
        Some(KeltnerChannel {
            middle: middle?,
            range: range?,
        })
    }
}
