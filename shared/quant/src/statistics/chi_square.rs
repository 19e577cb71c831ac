//! The chi-square distribution.

use super::special::upper_gamma;
use super::{StatisticsError, count};

/// The probability that a chi-square variable with `df` degrees of freedom is at least `x`.
pub fn upper_tail(x: f64, df: usize) -> Result<f64, StatisticsError> {
    if df == 0 {
        return Err(StatisticsError::OutOfRange("the degrees of freedom"));
    }
    if !x.is_finite() {
        return Err(StatisticsError::NotFinite);
    }
    Ok(upper_gamma(0.5 * count(df), 0.5 * x))
}
