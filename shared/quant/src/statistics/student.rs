//! Student's t distribution.

use super::special::beta_tails;
use super::{StatisticsError, bisect, check_positive, check_share};

/// The probability that |T| is at least |`t`|, with `df` degrees of freedom (any above zero).
pub fn two_sided(t: f64, df: f64) -> Result<f64, StatisticsError> {
    check_positive("the degrees of freedom", df)?;
    if t.is_nan() {
        return Err(StatisticsError::NotFinite);
    }
    Ok(outside(t, df))
}

/// What T exceeds on both sides together with probability `share`: the critical value of a
/// two-sided test at that level.
pub fn critical(share: f64, df: f64) -> Result<f64, StatisticsError> {
    check_positive("the degrees of freedom", df)?;
    check_share("the level of a test", share)?;
    let mut beyond = 1.0;
    while outside(beyond, df) > share && beyond < f64::MAX / 4.0 {
        beyond *= 2.0;
    }
    Ok(bisect(0.0, beyond, |t| outside(t, df) > share))
}

fn outside(t: f64, df: f64) -> f64 {
    let squared = t * t;
    if squared.is_infinite() {
        return 0.0;
    }
    let whole = df + squared;
    beta_tails(0.5 * df, 0.5, df / whole, squared / whole).lower
}
