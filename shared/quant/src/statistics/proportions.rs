//! Shares such as a win rate: intervals around one, and the comparison of two.

use super::special::beta_tails;
use super::{Interval, StatisticsError, bisect, check_share, count, two_sided_z};
use crate::normal;

/// So many of so many: wins of trades, where what is neither won nor lost counts among the trades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proportion {
    successes: usize,
    n: usize,
}

impl Proportion {
    /// Refuses nothing of nothing, and more than all.
    pub fn new(successes: usize, n: usize) -> Result<Self, StatisticsError> {
        if n == 0 {
            return Err(StatisticsError::TooFew {
                given: 0,
                needed: 1,
            });
        }
        if successes > n {
            return Err(StatisticsError::OutOfRange("the successes"));
        }
        Ok(Self { successes, n })
    }

    /// The share, of 0 to 1.
    pub fn share(self) -> f64 {
        count(self.successes) / count(self.n)
    }

    /// Wilson's score interval at a confidence such as 0.95.
    pub fn wilson(self, confidence: f64) -> Result<Interval, StatisticsError> {
        check_share("the confidence", confidence)?;
        let (n, p, z) = (count(self.n), self.share(), two_sided_z(confidence)?);
        let scale = 1.0 + z * z / n;
        let centre = (p + z * z / (2.0 * n)) / scale;
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / scale;
        let around = Interval::around(centre, half);
        Ok(Interval {
            low: if self.successes == 0 { 0.0 } else { around.low },
            high: if self.successes == self.n {
                1.0
            } else {
                around.high
            },
        })
    }

    /// The exact interval of Clopper and Pearson at a confidence such as 0.95.
    pub fn clopper_pearson(self, confidence: f64) -> Result<Interval, StatisticsError> {
        check_share("the confidence", confidence)?;
        let tail = 0.5 * (1.0 - confidence);
        let (won, lost) = (count(self.successes), count(self.n - self.successes));
        let is_low = |x: f64| beta_tails(won, lost + 1.0, x, 1.0 - x).lower < tail;
        let is_likely = |x: f64| beta_tails(won + 1.0, lost, x, 1.0 - x).upper > tail;
        let (no_low, no_high) = (self.successes == 0, self.successes == self.n);
        Ok(Interval {
            low: if no_low {
                0.0
            } else {
                bisect(0.0, 1.0, is_low)
            },
            high: if no_high {
                1.0
            } else {
                bisect(0.0, 1.0, is_likely)
            },
        })
    }
}

/// Whether two shares differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoProportions {
    /// The variant's share less the control's, in standard errors.
    pub z: f64,
    /// How likely a difference as large is in either direction, if there is none.
    pub p_two_sided: f64,
}

/// The z test of two shares, with one variance pooled of both. Refuses shares that are both 0 or
/// both 1.
pub fn compare(
    control: Proportion,
    variant: Proportion,
) -> Result<TwoProportions, StatisticsError> {
    let (n, m) = (count(control.n), count(variant.n));
    let pooled = count(control.successes + variant.successes) / (n + m);
    let variance = pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m);
    if variance <= 0.0 {
        return Err(StatisticsError::NoSpread);
    }
    let z = (variant.share() - control.share()) / variance.sqrt();
    Ok(TwoProportions {
        z,
        p_two_sided: 2.0 * normal::cdf(-z.abs()),
    })
}
