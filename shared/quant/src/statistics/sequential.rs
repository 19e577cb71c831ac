//! The mixture sequential probability ratio test: a p-value and an interval that stay valid
//! however often one looks (Johari, Pekelis and Walsh, Always Valid Inference).

use super::{Interval, Moments, StatisticsError, check_positive, check_share};

/// The variance is estimated, so that looking begins with so many observations an arm.
pub const PER_ARM_MIN: usize = 20;
/// The expected effect in standard deviations, where nothing else is known.
pub const EFFECT_DEFAULT: f64 = 0.25;

/// A test in progress. Its `effect` is fixed before the first look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlwaysValidTest {
    effect: f64,
    alpha: f64,
    per_arm_min: usize,
    p: f64,
}

/// What a look says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Mean of the variant less mean of the control.
    pub difference: f64,
    /// The squared standard error of the difference.
    pub variance: f64,
    /// The logarithm of the likelihood ratio: the evidence for a difference.
    pub ln_ratio: f64,
    /// The always-valid p-value: it never rises.
    pub p: f64,
    /// The always-valid interval around the difference.
    pub interval: Interval,
}

impl AlwaysValidTest {
    /// A test for an expected `effect` (in the observations' unit) at a level such as 0.05, that
    /// begins with `per_arm_min` observations in each arm, two at least: [`PER_ARM_MIN`], or
    /// better 50.
    pub fn new(effect: f64, alpha: f64, per_arm_min: usize) -> Result<Self, StatisticsError> {
        check_positive("the expected effect", effect)?;
        check_share("alpha", alpha)?;
        Ok(Self {
            effect,
            alpha,
            per_arm_min: per_arm_min.max(2),
            p: 1.0,
        })
    }

    /// Looks at all observations so far. Too few of them leave the test as it is.
    pub fn look(&mut self, control: &[f64], variant: &[f64]) -> Result<Look, StatisticsError> {
        let (control, variant) = (self.moments(control)?, self.moments(variant)?);
        let variances = control.mean_variance().zip(variant.mean_variance());
        let variance = variances.map_or(0.0, |(one, other)| one + other);
        self.look_at(variant.mean() - control.mean(), variance)
    }

    /// The same, at a difference whose squared standard error somebody else has estimated, such
    /// as [`by_day`](super::by_day). That there are enough observations for it is theirs to know.
    pub fn look_at(&mut self, difference: f64, variance: f64) -> Result<Look, StatisticsError> {
        if !difference.is_finite() || !variance.is_finite() {
            return Err(StatisticsError::NotFinite);
        }
        if variance <= 0.0 {
            return Err(StatisticsError::NoSpread);
        }
        let ln_ratio = self.ln_ratio(difference, variance);
        self.p = self.p.min(libm::exp(-ln_ratio));
        Ok(Look {
            difference,
            variance,
            ln_ratio,
            p: self.p,
            interval: Interval::around(difference, self.half_width(variance)),
        })
    }

    /// Whether a look so far has found a difference: then one may stop.
    pub fn has_decided(&self) -> bool {
        self.p < self.alpha
    }

    fn moments(&self, arm: &[f64]) -> Result<Moments, StatisticsError> {
        super::check_sample(arm, self.per_arm_min)?;
        Moments::of(arm)
    }

    /// `ln( sqrt(V / (V + tau^2)) exp(tau^2 d^2 / (2 V (V + tau^2))) )`.
    fn ln_ratio(&self, difference: f64, variance: f64) -> f64 {
        let mixture = self.effect * self.effect;
        let whole = variance + mixture;
        let evidence = difference / variance * (difference / whole) * mixture;
        0.5 * (evidence - libm::log1p(mixture / variance))
    }

    /// Where the likelihood ratio of a difference would reach `1 / alpha`.
    fn half_width(&self, variance: f64) -> f64 {
        let mixture = self.effect * self.effect;
        let whole = variance + mixture;
        let limit = libm::log1p(mixture / variance) - 2.0 * libm::log(self.alpha);
        (variance * (whole / mixture) * limit).sqrt()
    }
}
