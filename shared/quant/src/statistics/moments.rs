//! Mean and spread of a sample.

use super::{StatisticsError, check_sample, count};

/// Mean and spread of a sample of at least one observation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    n: usize,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Those of a sample. Refuses an empty one, and what isn't finite.
    pub fn of(sample: &[f64]) -> Result<Self, StatisticsError> {
        check_sample(sample, 1)?;
        let n = sample.len();
        let mean = sample.iter().sum::<f64>() / count(n);
        // Equal observations don't differ by what the mean was rounded.
        let differ = sample
            .iter()
            .any(|value| value.total_cmp(&sample[0]).is_ne());
        let squares = |value: &f64| (value - mean) * (value - mean);
        Ok(Self {
            n,
            mean,
            squares: if differ {
                sample.iter().map(squares).sum()
            } else {
                0.0
            },
        })
    }

    /// How many observations.
    pub fn n(&self) -> usize {
        self.n
    }

    /// Their mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance of the population that they are a sample of, by `n - 1`; absent for one.
    pub fn sample_variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.squares / count(self.n - 1))
    }

    /// The standard deviation by `n - 1`; absent for one observation.
    pub fn sample_deviation(&self) -> Option<f64> {
        self.sample_variance().map(f64::sqrt)
    }

    /// The standard deviation of the observations themselves, by `n`.
    pub fn population_deviation(&self) -> f64 {
        (self.squares / count(self.n)).sqrt()
    }

    /// The squared standard error of the mean; absent for one observation.
    pub fn mean_variance(&self) -> Option<f64> {
        self.sample_variance()
            .map(|variance| variance / count(self.n))
    }
}

/// Skewness and excess kurtosis of the observations themselves (the biased forms); absent where
/// they don't differ.
pub fn shape(sample: &[f64]) -> Result<Option<(f64, f64)>, StatisticsError> {
    let moments = Moments::of(sample)?;
    let deviation = moments.population_deviation();
    if deviation <= 0.0 {
        return Ok(None);
    }
    let standardized = || {
        sample
            .iter()
            .map(|value| (value - moments.mean) / deviation)
    };
    let n = count(sample.len());
    let third = standardized().map(|z| z * z * z).sum::<f64>() / n;
    let fourth = standardized().map(|z| (z * z) * (z * z)).sum::<f64>() / n;
    Ok(Some((third, fourth - 3.0)))
}
