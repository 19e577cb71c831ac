//! Moving average convergence and divergence, with TA-Lib's beginning.

use super::Indicator;
use super::ema::Ema;

/// The difference of a fast and a slow average, and its own average. All three outputs begin
/// together: first valid index `slow + signal - 2`.
///
/// TA-Lib seeds the fast average where the slow one begins, with the mean of the `fast` values up
/// to there, and so does this: near its start the line isn't `Ema(fast) - Ema(slow)`.
#[derive(Debug, Clone)]
pub struct Macd {
    /// Values that the fast average doesn't see.
    skipped: usize,
    fast: Ema,
    slow: Ema,
    signal: Ema,
}

/// What the indicator says, in units of the price.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MacdValue {
    /// The fast average less the slow one.
    pub line: f64,
    /// The average of the line.
    pub signal: f64,
    /// The line less its average.
    pub histogram: f64,
}

impl Macd {
    /// Usually over 12, 26 and 9 values. None counts as one; a fast average that is longer than
    /// the slow one changes places with it, as in TA-Lib.
    pub fn new(fast: usize, slow: usize, signal: usize) -> Self {
        let (fast, slow) = (fast.min(slow).max(1), fast.max(slow).max(1));
        Self {
            skipped: slow - fast,
            fast: Ema::new(fast),
            slow: Ema::new(slow),
            signal: Ema::new(signal),
        }
    }

    fn next_fast(&mut self, value: f64) -> Option<f64> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return None;
        }
        self.fast.next(value)
    }
}

impl Indicator for Macd {
    type Input = f64;
    type Output = MacdValue;

    #[inline]
    fn next(&mut self, value: f64) -> Option<MacdValue> {
        let fast = self.next_fast(value);
        let slow = self.slow.next(value);
        let line = fast? - slow?;
        let signal = self.signal.next(line)?;
        Some(MacdValue {
            line,
            signal,
            histogram: line - signal,
        })
    }
}
