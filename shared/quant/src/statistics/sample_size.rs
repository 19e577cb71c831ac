//! How many observations an experiment takes, and what it could have seen with those it has.
//!
//! The sizes are those of the control; an unequal variant has `ratio` times as many. They aren't
//! rounded: whoever plans takes the next whole number.

use super::{StatisticsError, bisect, check_positive, check_share, student, two_sided_z};
use crate::normal;

/// Above it nobody waits for an experiment.
const SIZE_MAX: f64 = 1e9;

/// What is asked of an experiment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// The level of the two-sided test, such as 0.05.
    pub alpha: f64,
    /// The probability of seeing the effect if it is there, such as 0.8.
    pub power: f64,
    /// The variant's observations by the control's; 1 for equal arms.
    pub ratio: f64,
}

impl Default for Design {
    fn default() -> Self {
        Self {
            alpha: 0.05,
            power: 0.8,
            ratio: 1.0,
        }
    }
}

impl Design {
    /// Observations of the control that show a difference of `effect` in means, for a standard
    /// deviation in the same unit, if that is known: `s^2 (1 + 1/ratio) (z + z)^2 / effect^2`.
    pub fn for_means(&self, deviation: f64, effect: f64) -> Result<f64, StatisticsError> {
        check_positive("the standard deviation", deviation)?;
        check_positive("the effect", effect)?;
        let scale = deviation / effect * self.distance()?;
        Ok(scale * scale * (1.0 + 1.0 / self.ratio))
    }

    /// The same where the deviation has to be estimated, by the noncentral t distribution.
    pub fn for_means_by_t(&self, deviation: f64, effect: f64) -> Result<f64, StatisticsError> {
        let known = self.for_means(deviation, effect)?;
        let standardized = effect / deviation;
        let falls_short = |n: f64| self.power_by_t(standardized, n) < self.power;
        // Both arms together need more than two for a degree of freedom.
        let least = 3.0 / (1.0 + self.ratio);
        self.search(least.max(0.5 * known), falls_short)
    }

    /// Observations of either arm that show the difference between two shares, by Cohen's effect
    /// size `h = 2 asin(sqrt p2) - 2 asin(sqrt p1)`, for arms in this design's ratio.
    pub fn for_shares(&self, one: f64, other: f64) -> Result<f64, StatisticsError> {
        check_share("a share", one)?;
        check_share("a share", other)?;
        let z = two_sided_z(1.0 - self.alpha)?;
        let angle = |share: f64| 2.0 * libm::asin(share.sqrt());
        let h = (angle(other) - angle(one)).abs();
        let known = self.for_means(1.0, h)?;
        let power = |n: f64| {
            let shift = h * self.root_size(n);
            normal::cdf(shift - z) + normal::cdf(-shift - z)
        };
        self.search(0.5 * known, |n| power(n) < self.power)
    }

    /// The smallest difference in means that `n` observations of the control show with this
    /// power: to be told with every "no difference".
    pub fn detectable(&self, deviation: f64, n: f64) -> Result<f64, StatisticsError> {
        check_positive("the standard deviation", deviation)?;
        check_positive("the observations", n)?;
        Ok(deviation * self.distance()? / self.root_size(n))
    }

    /// The same from the difference's standard error, however that was estimated.
    pub fn detectable_by(&self, standard_error: f64) -> Result<f64, StatisticsError> {
        check_positive("the standard error", standard_error)?;
        Ok(standard_error * self.distance()?)
    }

    /// How many times as many observations of the same kind it takes until a difference of
    /// `effect` is detectable: above one if there are too few.
    pub fn times_as_many(&self, standard_error: f64, effect: f64) -> Result<f64, StatisticsError> {
        check_positive("the effect", effect)?;
        let scale = self.detectable_by(standard_error)? / effect;
        Ok(scale * scale)
    }

    /// How many standard errors apart the two hypotheses have to be.
    fn distance(&self) -> Result<f64, StatisticsError> {
        check_share("alpha", self.alpha)?;
        check_share("the power", self.power)?;
        check_positive("the ratio of the arms", self.ratio)?;
        let z = two_sided_z(1.0 - self.alpha)?;
        let beyond =
            normal::quantile(self.power).ok_or(StatisticsError::OutOfRange("the power"))?;
        check_positive("the power", z + beyond)?;
        Ok(z + beyond)
    }

    /// One over the standard error of the difference, for `n` in the control and a deviation of 1.
    fn root_size(&self, n: f64) -> f64 {
        (n * self.ratio / (1.0 + self.ratio)).sqrt()
    }

    fn search(
        &self,
        start: f64,
        falls_short: impl Fn(f64) -> bool,
    ) -> Result<f64, StatisticsError> {
        let mut enough = start;
        while falls_short(enough) {
            enough *= 2.0;
            if enough > SIZE_MAX {
                return Err(StatisticsError::OutOfRange("the effect"));
            }
        }
        Ok(bisect(3.0 / (1.0 + self.ratio), enough, falls_short))
    }

    /// The power of a two-sided t test for a difference of `effect` standard deviations.
    fn power_by_t(&self, effect: f64, n: f64) -> f64 {
        let df = n * (1.0 + self.ratio) - 2.0;
        let Ok(critical) = student::critical(self.alpha, df) else {
            return 0.0;
        };
        let shift = effect * self.root_size(n);
        mean_over_spread(df, |spread| {
            normal::cdf(shift - critical * spread) + normal::cdf(-shift - critical * spread)
        })
    }
}

/// The mean of a function of the estimated deviation by the true one, whose square is a
/// chi-square variable by its degrees of freedom. Simpson's rule over eight deviations to either
/// side; the weights' own sum takes the place of the density's constant.
fn mean_over_spread(df: f64, of: impl Fn(f64) -> f64) -> f64 {
    const STEPS: u32 = 400;
    let reach = 8.0 / (2.0 * df).sqrt();
    let (low, high) = ((1.0 - reach).max(1e-9), 1.0 + reach);
    let (mut sum, mut weights) = (0.0, 0.0);
    for step in 0..=STEPS {
        let spread = low + (high - low) * f64::from(step) / f64::from(STEPS);
        let simpson = match step {
            0 | STEPS => 1.0,
            odd if odd % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let ln_density = (df - 1.0) * libm::log(spread) - 0.5 * df * (spread * spread - 1.0);
        let weight = simpson * libm::exp(ln_density);
        sum += weight * of(spread);
        weights += weight;
    }
    sum / weights
}
