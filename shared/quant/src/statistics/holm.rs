//! Holm's correction: several metrics of one experiment, and still one level for all of them.

use super::{StatisticsError, count};

/// The adjusted p-values, in the order of the raw ones: each may be compared with the level of
/// the whole experiment. Refuses what isn't within 0 to 1.
pub fn adjusted(raw: &[f64]) -> Result<Vec<f64>, StatisticsError> {
    if raw.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(StatisticsError::OutOfRange("a p-value"));
    }
    let mut order: Vec<usize> = (0..raw.len()).collect();
    order.sort_by(|one, other| raw[*one].total_cmp(&raw[*other]));
    let mut adjusted = vec![0.0; raw.len()];
    let mut highest = 0.0_f64;
    for (rank, place) in order.into_iter().enumerate() {
        highest = highest.max(raw[place] * count(raw.len() - rank)).min(1.0);
        adjusted[place] = highest;
    }
    Ok(adjusted)
}
