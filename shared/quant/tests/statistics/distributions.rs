//! The distributions that the statistics rest on, at points that scipy was asked for.

use proptest::prelude::*;
use quant::normal;
use quant::statistics::quantile::quantile;
use quant::statistics::{binomial, chi_square, student};

fn assert_relative(what: &str, ours: f64, theirs: f64) {
    assert!(
        (ours / theirs - 1.0).abs() < 1e-11,
        "{what}: {ours} instead of {theirs}"
    );
}

#[test]
fn student_s_tails_keep_their_precision() {
    for (t, df, theirs) in STUDENT {
        assert_relative("two sides", student::two_sided(t, df).unwrap(), theirs);
        assert_relative("two sides", student::two_sided(-t, df).unwrap(), theirs);
    }
}

#[test]
fn chi_square_s_tail_keeps_its_precision() {
    for (x, df, theirs) in CHI_SQUARE {
        assert_relative("upper tail", chi_square::upper_tail(x, df).unwrap(), theirs);
    }
}

#[test]
fn large_binomials_keep_their_precision() {
    for (k, n, share, theirs) in BINOMIAL {
        assert_relative(
            "probability",
            binomial::probability(k, n, share).unwrap(),
            theirs,
        );
    }
}

proptest! {
    #[test]
    fn a_critical_value_is_exceeded_that_often(share in 0.0001_f64..0.99, df in 0.5_f64..5_000.0) {
        let t = student::critical(share, df).unwrap();
        let back = student::two_sided(t, df).unwrap();
        prop_assert!((back / share - 1.0).abs() < 1e-10);
    }

    #[test]
    fn many_degrees_of_freedom_are_normal(t in 0.0_f64..5.0) {
        let ours = student::two_sided(t, 1e9).unwrap();
        prop_assert!((ours / (2.0 * normal::cdf(-t)) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn quantiles_lie_between_neighbours(mut values in prop::collection::vec(-1e3_f64..1e3, 1..40), share in 0.0_f64..=1.0) {
        let ours = quantile(&values, share).unwrap();
        values.sort_by(f64::total_cmp);
        prop_assert!(values[0] <= ours && ours <= values[values.len() - 1]);
        let reversed: Vec<f64> = values.iter().map(|value| -value).collect();
        let mirrored = quantile(&reversed, 1.0 - share).unwrap();
        prop_assert!((ours + mirrored).abs() < 1e-9);
    }
}

/// t, degrees of freedom, the probability beyond on both sides (mpmath, 50 digits).
const STUDENT: [(f64, f64, f64); 7] = [
    (0.001, 1.0, 0.999_363_380_439_838_9),
    (1.0, 1.5, 0.451_135_367_276_710_33),
    (3.0, 5.3, 0.027_982_954_564_791_21),
    (12.0, 19.0, 2.590_894_637_222_199e-10),
    (6.0, 117.1, 2.257_484_067_009_087_2e-08),
    (12.0, 998.7, 4.348_841_039_067_182e-31),
    (2.0, 10_000.0, 0.045_527_260_661_435_44),
];

/// The statistic, its degrees of freedom, the probability beyond.
const CHI_SQUARE: [(f64, usize, f64); 6] = [
    (0.001, 1, 0.974_772_879_369_960_4),
    (3.84, 1, 0.050_043_521_248_705_106),
    (18.0, 2, 0.000_123_409_804_086_679_56),
    (100.0, 3, 1.554_159_431_389_605e-21),
    (4.0, 5, 0.549_415_951_352_780_2),
    (900.0, 10, 6.367_822_044_752_746e-187),
];

/// Successes, trials, their share, the probability.
const BINOMIAL: [(usize, usize, f64, f64); 5] = [
    (3, 10, 0.3, 0.266_827_932),
    (0, 100, 0.01, 0.366_032_341_273_229_5),
    (100, 100, 0.97, 0.047_552_507_925_405_63),
    (5170, 10_000, 0.5, 2.463_056_586_537_002_7e-05),
    (499_000, 1_000_000, 0.5, 0.000_107_981_978_018_915_16),
];
