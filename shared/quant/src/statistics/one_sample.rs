//! The t test of one mean: whether it differs from zero. Of differences within pairs it is the
//! paired t test.

use super::{Interval, Moments, StatisticsError, check_share, count, student};

/// A mean, and how sure it is that it isn't zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneSample {
    /// The mean, in the observations' unit.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The mean in standard errors.
    pub t: f64,
    /// Degrees of freedom: the observations less one.
    pub df: f64,
    /// How likely a mean as far from zero is in either direction, if the true one is zero.
    pub p_two_sided: f64,
    /// The interval around the mean.
    pub interval: Interval,
}

/// Tests the mean of at least two observations that differ, at a confidence such as 0.95.
pub fn one_sample(sample: &[f64], confidence: f64) -> Result<OneSample, StatisticsError> {
    check_share("the confidence", confidence)?;
    super::check_sample(sample, 2)?;
    let moments = Moments::of(sample)?;
    let variance = moments.mean_variance().unwrap_or(0.0);
    of_estimate(moments.mean(), variance, sample.len(), confidence)
}

/// The same of a mean whose squared standard error was estimated from `n` independent parts.
pub(super) fn of_estimate(
    mean: f64,
    variance: f64,
    n: usize,
    confidence: f64,
) -> Result<OneSample, StatisticsError> {
    if variance <= 0.0 {
        return Err(StatisticsError::NoSpread);
    }
    let (standard_error, df) = (variance.sqrt(), count(n) - 1.0);
    let t = mean / standard_error;
    let critical = student::critical(1.0 - confidence, df)?;
    Ok(OneSample {
        mean,
        standard_error,
        t,
        df,
        p_two_sided: student::two_sided(t, df)?,
        interval: Interval::around(mean, standard_error * critical),
    })
}
