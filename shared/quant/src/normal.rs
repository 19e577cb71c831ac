//! The standard normal distribution. No other distribution belongs here.

use core::f64::consts::LN_2;

mod mills;

pub use mills::mills_ratio;

/// 1 / sqrt(2 pi).
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;
/// Beyond so many deviations neither density nor tail is a number above zero.
const NOWHERE: f64 = 40.0;
/// 2^27 + 1: what splits a number of 53 bits into two halves whose products are exact.
const SPLITTER: f64 = 134_217_729.0;

/// The probability that a standard normal variable is at most `x`.
///
/// The tail on the side of `x` is the density times Mills' ratio, and keeps its relative
/// precision to the last number above zero; the other side is what is left of one.
pub fn cdf(x: f64) -> f64 {
    let tail = tail(pdf(x), x);
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// The density of a standard normal variable at `x`: `exp(-x^2 / 2) / sqrt(2 pi)`.
///
/// What rounding took from `x^2` is put back, since far out one unit of its last place is
/// a thousand of the density's.
pub fn pdf(x: f64) -> f64 {
    let x = clamped(x.abs());
    let square = x * x;
    let head = SPLITTER * x - (SPLITTER * x - x);
    let rest = x - head;
    let lost = ((head * head - square) + 2.0 * head * rest) + rest * rest;
    DENSITY_AT_ZERO * libm::exp(-0.5 * square) * (1.0 - 0.5 * lost)
}

/// The probability beyond `x` on its own side of zero, from the density there.
#[inline]
pub(crate) fn tail(density: f64, x: f64) -> f64 {
    density * mills_ratio(clamped(x.abs()))
}

/// At most [`NOWHERE`]; what isn't a number stays none, as it wouldn't through `min`.
#[inline]
fn clamped(distance: f64) -> f64 {
    if distance > NOWHERE {
        NOWHERE
    } else {
        distance
    }
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
            (-0.3, 0.382_088_577_811_047_4),
            (1.7, 0.955_434_537_241_457),
            (-2.5, 0.006_209_665_325_776_135),
            (-5.0, 2.866_515_718_791_939e-7),
            (-10.0, 7.619_853_024_160_527e-24),
            (-20.0, 2.753_624_118_606_233_7e-89),
            (-37.0, 5.725_571_222_524_577e-300),
        ] {
            assert!(
                (cdf(x) / expected - 1.0).abs() < 2e-15,
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
        assert!(cdf(f64::NAN).is_nan() && pdf(f64::NAN).is_nan());
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
        fn agrees_with_the_library_s_error_function(x in -37.0_f64..37.0) {
            let expected = 0.5 * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2);
            // What rounding of the argument does to the library's tail.
            let rounding = 2e-16 * x * x + 2e-15;
            prop_assert!((cdf(x) - expected).abs() <= 5e-16_f64.min(rounding * expected));
        }

        #[test]
        fn the_density_is_the_slope(x in -5.0_f64..5.0) {
            let slope = (cdf(x + 1e-5) - cdf(x - 1e-5)) / 2e-5;
            prop_assert!((slope - pdf(x)).abs() < 1e-9);
        }
    }
}
