//! The standard normal distribution. No other distribution belongs here.

use core::f64::consts::FRAC_1_SQRT_2;

/// 1 / sqrt(2 pi).
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// The probability that a standard normal variable is at most `x`.
///
/// By the complementary error function, `N(x) = erfc(-x / sqrt 2) / 2`, which keeps its
/// relative precision far into the lower tail where `1 - N(-x)` would have lost it.
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// The density of a standard normal variable at `x`: `exp(-x^2 / 2) / sqrt(2 pi)`.
pub fn pdf(x: f64) -> f64 {
    DENSITY_AT_ZERO * libm::exp(-0.5 * x * x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn agrees_with_published_values() {
        for (x, expected) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_542_9),
            (-1.959_963_984_540_054, 0.025),
            (-10.0, 7.619_853_024_160_527e-24),
            (-37.0, 5.725_571_222_524_577e-300),
        ] {
            assert!(
                (cdf(x) / expected - 1.0).abs() < 1e-12,
                "N({x}) = {}",
                cdf(x)
            );
        }
    }

    #[test]
    fn ends_at_nothing_and_at_certainty() {
        assert!(cdf(f64::NEG_INFINITY) <= 0.0);
        assert!(cdf(f64::INFINITY) >= 1.0);
        assert!(pdf(f64::INFINITY) <= 0.0);
    }

    proptest! {
        #[test]
        fn the_two_tails_make_one(x in -8.0_f64..8.0) {
            prop_assert!((cdf(x) + cdf(-x) - 1.0).abs() < 1e-15);
        }

        #[test]
        fn the_density_is_the_slope(x in -5.0_f64..5.0) {
            let slope = (cdf(x + 1e-5) - cdf(x - 1e-5)) / 2e-5;
            prop_assert!((slope - pdf(x)).abs() < 1e-9);
        }
    }
}
