//! The `BCa` interval (bias-corrected and accelerated; Efron 1987), from replicates and jackknife
//! values. It resamples nothing.

use super::{
    Interval, StatisticsError, check_sample, check_share, count, quantile::of_sorted, two_sided_z,
};
use crate::normal;

/// An interval around an estimate, and what it was made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BcaInterval {
    /// The bias: how far the estimate lies from the replicates' median, in standard deviations.
    pub bias: f64,
    /// How fast the estimate's spread grows with it.
    pub acceleration: f64,
    /// The shares of the replicates that the ends lie at.
    pub shares: Interval,
    /// The interval, in the statistic's unit.
    pub interval: Interval,
}

/// The `BCa` interval of `estimate` at a confidence such as 0.95. `jackknife` holds one list for
/// each sample: the statistic without each of its observations (or clusters) in turn.
pub fn bca(
    estimate: f64,
    replicates: &[f64],
    jackknife: &[Vec<f64>],
    confidence: f64,
) -> Result<BcaInterval, StatisticsError> {
    check_share("the confidence", confidence)?;
    check_sample(replicates, 2)?;
    let z = two_sided_z(confidence)?;
    let bias = bias(estimate, replicates)?;
    let acceleration = acceleration(jackknife)?;
    let share_at = |z: f64| {
        let shifted = bias + z;
        let scale = 1.0 - acceleration * shifted;
        // Beyond, the correction has turned around and means nothing.
        let is_usable = scale > 0.0;
        is_usable
            .then(|| normal::cdf(bias + shifted / scale))
            .ok_or(StatisticsError::OutOfRange("the acceleration"))
    };
    let shares = Interval {
        low: share_at(-z)?,
        high: share_at(z)?,
    };
    let mut sorted = replicates.to_vec();
    sorted.sort_by(f64::total_cmp);
    Ok(BcaInterval {
        bias,
        acceleration,
        shares,
        interval: Interval {
            low: of_sorted(&sorted, shares.low),
            high: of_sorted(&sorted, shares.high),
        },
    })
}

/// The normal quantile of the share of replicates below the estimate; equal ones count half.
fn bias(estimate: f64, replicates: &[f64]) -> Result<f64, StatisticsError> {
    let below = replicates.iter().filter(|one| **one < estimate).count();
    let not_above = replicates.iter().filter(|one| **one <= estimate).count();
    let share = count(below + not_above) / (2.0 * count(replicates.len()));
    normal::quantile(share).ok_or(StatisticsError::OneSided)
}

/// `sum d^3 / (6 (sum d^2)^1.5)` of the jackknife's deviations from their mean; over several
/// samples, each sum is weighted by the size of its own.
fn acceleration(jackknife: &[Vec<f64>]) -> Result<f64, StatisticsError> {
    let (mut cubes, mut squares) = (0.0, 0.0);
    for values in jackknife {
        check_sample(values, 2)?;
        let n = count(values.len());
        let mean = values.iter().sum::<f64>() / n;
        let weight = (n - 1.0) / n;
        let deviations = || values.iter().map(|value| weight * (mean - value));
        cubes += deviations().map(|d| d * d * d).sum::<f64>();
        squares += deviations().map(|d| d * d).sum::<f64>();
    }
    if squares <= 0.0 {
        return Err(StatisticsError::NoSpread);
    }
    Ok(cubes / (6.0 * squares * squares.sqrt()))
}
