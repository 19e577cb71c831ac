//! Statistics of trades and of experiments: what is reported of them. No trade is decided here.
//!
//! A statistic that a sample is too small or too uniform for is absent (`None`) or a named error,
//! never zero and never a number that isn't one. Nothing here draws a random number: whoever
//! resamples passes in the draws, so that a report can be repeated.

pub mod binomial;
pub mod bootstrap;
pub mod bootstrap_interval;
pub mod by_day;
pub mod chi_square;
pub mod confidence_sequence;
pub mod correlation;
pub mod drawdown;
pub mod equity;
pub mod holm;
pub mod mann_whitney;
pub mod moments;
pub mod one_sample;
pub mod profit;
pub mod promotion;
pub mod proportions;
pub mod quantile;
pub mod sample_ratio;
pub mod sample_size;
pub mod sequential;
mod special;
pub mod student;
pub mod welch;

pub use moments::Moments;

/// Why a statistic can't be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatisticsError {
    /// The sample is too small.
    #[error("{given} of at least {needed} observations")]
    TooFew {
        /// How many there are.
        given: usize,
        /// How many it takes.
        needed: usize,
    },
    /// An observation is infinite or not a number.
    #[error("an observation isn't a finite number")]
    NotFinite,
    /// All observations are equal, and the statistic divides by their spread.
    #[error("the observations don't differ")]
    NoSpread,
    /// An argument that makes no sense.
    #[error("{0} is out of its range")]
    OutOfRange(&'static str),
    /// Two lists that belong together have different lengths.
    #[error("the lists have different lengths")]
    UnequalLengths,
    /// The statistic doesn't exist for the sample, or for a resample of it.
    #[error("the statistic is absent in {0} of the samples")]
    Absent(usize),
    /// Every replicate lies on one side of the estimate, so there is no interval around it.
    #[error("the replicates lie on one side of the estimate")]
    OneSided,
}

/// A range of plausible values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// From as much below the centre as above it.
    fn around(centre: f64, half: f64) -> Self {
        Self {
            low: centre - half,
            high: centre + half,
        }
    }
}

/// A number of observations, for the arithmetic.
#[expect(
    clippy::cast_precision_loss,
    reason = "no sample has more than 2^53 observations"
)]
fn count(number: usize) -> f64 {
    number as f64
}

/// Refuses observations that aren't finite, and samples below `needed`.
fn check_sample(sample: &[f64], needed: usize) -> Result<(), StatisticsError> {
    if sample.iter().any(|value| !value.is_finite()) {
        return Err(StatisticsError::NotFinite);
    }
    if sample.len() < needed {
        return Err(StatisticsError::TooFew {
            given: sample.len(),
            needed,
        });
    }
    Ok(())
}

/// Refuses a probability that isn't strictly between 0 and 1.
fn check_share(name: &'static str, share: f64) -> Result<(), StatisticsError> {
    (share > 0.0 && share < 1.0)
        .then_some(())
        .ok_or(StatisticsError::OutOfRange(name))
}

/// Refuses what isn't a positive, finite number.
fn check_positive(name: &'static str, value: f64) -> Result<(), StatisticsError> {
    (value > 0.0 && value.is_finite())
        .then_some(())
        .ok_or(StatisticsError::OutOfRange(name))
}

/// How many standard deviations on either side hold `confidence` of a normal variable.
fn two_sided_z(confidence: f64) -> Result<f64, StatisticsError> {
    let tail = 0.5 * (1.0 - confidence);
    crate::normal::quantile(1.0 - tail).ok_or(StatisticsError::OutOfRange("the confidence"))
}

/// Where a condition that holds at `low` ceases to hold on the way to `high`, as exactly as
/// numbers allow.
fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    const HALVINGS_MAX: usize = 200;
    for _ in 0..HALVINGS_MAX {
        let middle = low + 0.5 * (high - low);
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + 0.5 * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bisection_finds_where_a_condition_ends() {
        let root = bisect(0.0, 2.0, |x| x * x < 2.0);
        assert!((root - core::f64::consts::SQRT_2).abs() < 1e-15);
        assert!((bisect(0.0, 1.0, |x| x < 1e-12) / 1e-12 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn impossible_arguments_are_named() {
        assert_eq!(
            check_share("alpha", f64::NAN),
            Err(StatisticsError::OutOfRange("alpha"))
        );
        assert_eq!(
            check_positive("tau", f64::INFINITY),
            Err(StatisticsError::OutOfRange("tau"))
        );
        assert!(two_sided_z(1.0).is_err());
    }
}
