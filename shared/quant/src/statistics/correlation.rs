//! How two samples move together.

use super::{StatisticsError, check_sample, count};

/// A deviation that is smaller than this, beside one or the mean, is what rounding left of none.
const NO_DEVIATION: f64 = 1e-12;

/// Pearson's coefficient of pairs `(x, y)`, from -1 to 1: `Σ dx·dy / √(Σ dx² · Σ dy²)`, where `d`
/// are differences from the means. Absent where one side doesn't vary. Refuses less than two
/// pairs, and what isn't finite.
pub fn pearson(pairs: &[(f64, f64)]) -> Result<Option<f64>, StatisticsError> {
    let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (Some(dx), Some(dy)) = (differences(&xs)?, differences(&ys)?) else {
        return Ok(None);
    };
    let products = dx.iter().zip(&dy).map(|(dx, dy)| dx * dy).sum::<f64>();
    let coefficient = products / length(&dx) / length(&dy);
    Ok(Some(coefficient.clamp(-1.0, 1.0)))
}

/// The differences from the mean; none if the sample doesn't vary.
fn differences(sample: &[f64]) -> Result<Option<Vec<f64>>, StatisticsError> {
    check_sample(sample, 2)?;
    let n = count(sample.len());
    let mean = sample.iter().sum::<f64>() / n;
    let differences: Vec<f64> = sample.iter().map(|value| value - mean).collect();
    let deviation = length(&differences) / n.sqrt();
    let varies = deviation > NO_DEVIATION * mean.abs().max(1.0);
    Ok(varies.then_some(differences))
}

fn length(differences: &[f64]) -> f64 {
    let squares = differences.iter().map(|difference| difference * difference);
    squares.sum::<f64>().sqrt()
}
