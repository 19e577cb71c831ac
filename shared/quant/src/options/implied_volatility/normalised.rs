//! The price of an option out of the money in coordinates that know neither dollars nor years.
//!
//! With `F` the forward, `y = |ln(F/K)|` and `s = sigma sqrt(T)`, each option out of the money is
//! worth `sqrt(S exp(-qT) K exp(-rT)) b(y, s)`, where
//! `b = exp(-y/2) N(d1) - exp(y/2) N(d2)`, `d1 = -y/s + s/2`, `d2 = -y/s - s/2`,
//! and where `s` grows without end, `b` grows to `exp(-y/2)`.

use super::super::discounted::Discounted;
use crate::normal::mills_ratio;

/// ln(sqrt(2 pi)).
const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;
/// 1 / sqrt(2 pi).
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// One price, normalised.
pub(super) struct Normalised {
    /// How far out of the money: `y`.
    pub(super) distance: f64,
    /// `b`.
    pub(super) price: f64,
    /// `exp(-y/2)`.
    pub(super) price_max: f64,
    /// Where `b` bends: `sqrt(2 y)`. Below, its slope grows; above, it falls.
    pub(super) bend: f64,
    /// `sqrt(S exp(-qT) K exp(-rT))`, in dollars.
    scale_usd: f64,
}

impl Normalised {
    /// None if spot and strike are so far apart that the one is nothing beside the other.
    pub(super) fn of(price_usd: f64, discounted: &Discounted) -> Option<Self> {
        let (spot, strike) = (discounted.spot, discounted.strike);
        let (lower, upper) = (spot.min(strike), spot.max(strike));
        let price_max = (lower / upper).sqrt();
        let distance = discounted.log_moneyness.abs();
        let is_usable = price_max > 0.0 && upper.is_finite() && distance.is_finite();
        is_usable.then(|| Self {
            distance,
            price: price_usd / lower * price_max,
            price_max,
            bend: (2.0 * distance).sqrt(),
            scale_usd: lower / price_max,
        })
    }

    /// Dollars of a normalised price.
    pub(super) fn dollars(&self, normalised: f64) -> f64 {
        normalised * self.scale_usd
    }

    /// What `b` gains for one of deviation.
    pub(super) fn slope(&self, deviation: f64) -> f64 {
        let (centre, half) = (self.distance / deviation, 0.5 * deviation);
        DENSITY_AT_ZERO * libm::exp(-0.5 * (centre * centre + half * half))
    }

    /// Whether the deviation that belongs to the price lies below the bend.
    pub(super) fn is_below_bend(&self) -> bool {
        let at_bend = self.price_max * (0.5 - DENSITY_AT_ZERO * mills_ratio(self.bend));
        self.price < at_bend
    }

    /// Below the bend: `ln b(s) - ln price`. Mills' ratios take the place of `b`, which may be
    /// as small as numbers get: `b = b' (M(-d1) - M(-d2))`.
    pub(super) fn below_bend(&self, deviation: f64, ln_price: f64) -> Equation {
        let shape = Shape::of(self.distance, deviation);
        let parts = mills_ratio(-shape.d1) - mills_ratio(-shape.d2);
        let inverse = 1.0 / parts;
        Equation {
            value: libm::log(parts) - shape.exponent - LN_SQRT_TAU - ln_price,
            slope: inverse,
            second: shape.second - inverse,
            third: shape.third + inverse * (2.0 * inverse - 3.0 * shape.second),
        }
    }

    /// Above the bend: `ln(rest) - ln(price_max - b(s))`, where `rest = price_max - price`; and
    /// `price_max - b = b' (M(d1) + M(-d2))`.
    pub(super) fn above_bend(&self, deviation: f64, ln_rest: f64) -> Equation {
        let shape = Shape::of(self.distance, deviation);
        let parts = mills_ratio(shape.d1) + mills_ratio(-shape.d2);
        let inverse = 1.0 / parts;
        Equation {
            value: ln_rest + shape.exponent + LN_SQRT_TAU - libm::log(parts),
            slope: inverse,
            second: shape.second + inverse,
            third: shape.third + inverse * (2.0 * inverse + 3.0 * shape.second),
        }
    }
}

/// What both equations are made of at one deviation.
struct Shape {
    d1: f64,
    d2: f64,
    /// `(y/s)^2 / 2 + s^2 / 8`: minus the logarithm of `b'`, but for a constant.
    exponent: f64,
    /// `b'' / b' = y^2/s^3 - s/4`.
    second: f64,
    /// `b''' / b' = (b''/b')^2 - 3 y^2/s^4 - 1/4`.
    third: f64,
}

impl Shape {
    #[inline]
    fn of(distance: f64, deviation: f64) -> Self {
        let inverse = 1.0 / deviation;
        let (centre, half) = (distance * inverse, 0.5 * deviation);
        let steepness = centre * inverse;
        let second = centre * steepness - 0.5 * half;
        Self {
            d1: half - centre,
            d2: -centre - half,
            exponent: 0.5 * (centre * centre + half * half),
            second,
            third: second * second - 3.0 * steepness * steepness - 0.25,
        }
    }
}

/// An equation `value = 0` that grows with the deviation, at one place.
pub(super) struct Equation {
    pub(super) value: f64,
    pub(super) slope: f64,
    /// The second derivative over the slope.
    second: f64,
    /// The third derivative over the slope.
    third: f64,
}

impl Equation {
    /// The way to the root by Householder's method of the third order, whose error is the fourth
    /// power of the one before; by Newton's where that would turn round.
    pub(super) fn step(&self) -> f64 {
        let newton = -self.value / self.slope;
        let above = 1.0 + 0.5 * newton * self.second;
        let below = 1.0 + newton * (self.second + newton * self.third / 6.0);
        let correction = above / below;
        if correction > 0.0 {
            newton * correction
        } else {
            newton
        }
    }
}
