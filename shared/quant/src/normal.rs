//! The standard normal distribution. No other distribution belongs here.

use core::f64::consts::{FRAC_1_SQRT_2, LN_2};

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

/// What a standard normal variable is at most with probability `p`; absent unless `p` is strictly
/// between 0 and 1.
///
/// Newton's steps on `ln N(x) = ln p`. The function is concave, and the start is left of the root
/// (`N(-x) <= exp(-x^2 / 2) / 2`), so that the steps come nearer from the left alone.
pub fn quantile(p: f64) -> Option<f64> {
    const STEPS_MAX: usize = 100;
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    if p > 0.5 {
        return quantile(1.0 - p).map(|x| -x);
    }
    let wanted = libm::log(p);
    let mut x = -(-2.0 * (wanted + LN_2)).max(0.0).sqrt();
    for _ in 0..STEPS_MAX {
        let below = cdf(x);
        let step = (wanted - libm::log(below)) * below / pdf(x);
        x += step;
        if step.abs() <= 4.0 * f64::EPSILON * x.abs().max(1.0) {
            break;
        }
    }
    Some(x)
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

    #[test]
    fn the_quantile_agrees_with_published_values() {
        for (p, expected) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.8, 0.841_621_233_572_914_3),
            (1e-12, -7.034_483_825_301_131),
            (1e-300, -37.047_096_299_361_2),
        ] {
            let ours = quantile(p).unwrap();
            assert!(
                (ours - expected).abs() < 1e-12 * expected.abs().max(1.0),
                "{p}: {ours}"
            );
        }
        for p in [0.0, 1.0, -0.1, f64::NAN, f64::INFINITY] {
            assert_eq!(quantile(p), None);
        }
    }

    proptest! {
        #[test]
        fn the_quantile_undoes_the_probability(x in -37.0_f64..5.0) {
            let back = quantile(cdf(x)).unwrap();
            // Near one, a probability keeps less of where it came from.
            let kept = f64::EPSILON / pdf(x).min(1.0) * cdf(x);
            prop_assert!((back - x).abs() < 1e-12 + 4.0 * kept);
        }

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
