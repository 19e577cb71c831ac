//! An asymptotic confidence sequence for one mean: intervals that hold at all times together
//! (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas).

use super::{Interval, Moments, StatisticsError, check_positive, check_share, count};

/// A sequence that is narrowest around a chosen number of observations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConfidenceSequence {
    alpha: f64,
    mixture: f64,
}

impl ConfidenceSequence {
    /// For a level such as 0.05, tuned for `observations`.
    pub fn tuned_for(observations: usize, alpha: f64) -> Result<Self, StatisticsError> {
        check_share("alpha", alpha)?;
        check_positive("the observations to tune for", count(observations))?;
        let doubled = -2.0 * libm::log(alpha);
        let mixture = (doubled + libm::log(doubled + 1.0)) / count(observations);
        Ok(Self { alpha, mixture })
    }

    /// The squared scale of the mixture (rho squared).
    pub fn mixture(&self) -> f64 {
        self.mixture
    }

    /// The interval around the mean of all observations so far, two at least, that differ.
    pub fn interval(&self, sample: &[f64]) -> Result<Interval, StatisticsError> {
        super::check_sample(sample, 2)?;
        let moments = Moments::of(sample)?;
        let deviation = moments.population_deviation();
        if deviation <= 0.0 {
            return Err(StatisticsError::NoSpread);
        }
        let t = count(sample.len());
        let grown = t * self.mixture + 1.0;
        let log = 0.5 * libm::log(grown) - libm::log(self.alpha);
        let half = deviation * (2.0 * grown / (t * t * self.mixture) * log).sqrt();
        Ok(Interval::around(moments.mean(), half))
    }
}
