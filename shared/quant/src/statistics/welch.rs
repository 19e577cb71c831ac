//! Welch's t test: whether two means differ, when the spreads may differ too.

use super::{Interval, Moments, StatisticsError, check_share, count, student};

/// The difference of two means and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Welch {
    /// Mean of the variant less mean of the control, in the observations' unit.
    pub difference: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The difference in standard errors.
    pub t: f64,
    /// Degrees of freedom by Welch and Satterthwaite.
    pub df: f64,
    /// How likely a difference as large is in either direction, if there is none.
    pub p_two_sided: f64,
    /// The interval around the difference.
    pub interval: Interval,
}

/// Compares the means of two samples of at least two observations each, at a confidence such as
/// 0.95.
pub fn welch(control: &[f64], variant: &[f64], confidence: f64) -> Result<Welch, StatisticsError> {
    check_share("the confidence", confidence)?;
    let (control, variant) = (Moments::of(control)?, Moments::of(variant)?);
    let (of_control, of_variant) = (share_of_variance(&control)?, share_of_variance(&variant)?);
    let variance = of_control + of_variant;
    if variance <= 0.0 {
        return Err(StatisticsError::NoSpread);
    }
    let weighted = |share: f64, n: usize| share / variance * (share / variance) / count(n - 1);
    let df = 1.0 / (weighted(of_control, control.n()) + weighted(of_variant, variant.n()));
    let (difference, error) = (variant.mean() - control.mean(), variance.sqrt());
    let t = difference / error;
    Ok(Welch {
        difference,
        standard_error: error,
        t,
        df,
        p_two_sided: student::two_sided(t, df)?,
        interval: Interval::around(difference, error * student::critical(1.0 - confidence, df)?),
    })
}

fn share_of_variance(arm: &Moments) -> Result<f64, StatisticsError> {
    let given = arm.n();
    arm.mean_variance()
        .ok_or(StatisticsError::TooFew { given, needed: 2 })
}
