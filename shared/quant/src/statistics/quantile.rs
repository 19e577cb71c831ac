//! Quantiles of a sample, with linear interpolation (type 7 of Hyndman and Fan).

use super::{StatisticsError, check_sample, count};

/// The quantile at `share` of 0 to 1. Refuses an empty sample.
pub fn quantile(sample: &[f64], share: f64) -> Result<f64, StatisticsError> {
    check_sample(sample, 1)?;
    if !(0.0..=1.0).contains(&share) {
        return Err(StatisticsError::OutOfRange("the share of a quantile"));
    }
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    Ok(of_sorted(&sorted, share))
}

/// The same of a sorted sample that isn't empty.
pub(super) fn of_sorted(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len() - 1;
    let place = share * count(last);
    let below = whole_part(place).min(last);
    let above = (below + 1).min(last);
    let between = place - count(below);
    sorted[below] + (sorted[above] - sorted[below]) * between
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a sample is neither negative nor beyond it"
)]
fn whole_part(place: f64) -> usize {
    place.floor() as usize
}
