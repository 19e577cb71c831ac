//! Whether an experiment's arms are filled as they should be.

use proptest::prelude::*;
use quant::statistics::binomial;
use quant::statistics::sample_ratio::SampleRatio;

use crate::support::{assert_same, assert_same_or_absent, expected, list, numbers, whole};

#[test]
fn every_case_is_the_reference_s() {
    for case in list(&expected(), "srm") {
        let observed: Vec<usize> = list(case, "observed").iter().map(whole).collect();
        let ours = SampleRatio::of(&observed, &numbers(&case["weights"])).unwrap();
        let name = case.to_string();
        for (ours, theirs) in ours.expected.iter().zip(list(case, "expected")) {
            assert_same(&name, *ours, theirs);
        }
        assert_same(&name, ours.chi_square, &case["chi2"]);
        assert_eq!(ours.df, whole(&case["df"]));
        assert_same(&name, ours.chi_square_p, &case["p"]);
        assert_same_or_absent(&name, ours.exact_p, &case["binom_p"]);
        assert_eq!(ours.is_chi_square_valid(), case["valid_min_expected_5"]);
        if ours.is_chi_square_valid() {
            assert_eq!(ours.is_mismatch(), case["srm_at_0_001"].as_bool());
        }
    }
}

#[test]
fn few_observations_are_judged_exactly_or_not_at_all() {
    let two = SampleRatio::of(&[8, 0], &[50.0, 50.0]).unwrap();
    assert!(!two.is_chi_square_valid());
    assert!((two.p().unwrap() - 2.0 / 256.0).abs() < 1e-12);
    assert_eq!(two.is_mismatch(), Some(false));
    let three = SampleRatio::of(&[3, 0, 1], &[1.0, 1.0, 1.0]).unwrap();
    assert_eq!((three.p(), three.is_mismatch()), (None, None));
}

proptest! {
    #[test]
    fn the_outcomes_of_a_binomial_make_one(n in 1_usize..2_000, share in 0.001_f64..0.999) {
        let all: f64 = (0..=n).map(|k| binomial::probability(k, n, share).unwrap()).sum();
        prop_assert!((all - 1.0).abs() < 1e-11);
    }

    #[test]
    fn wanted_counts_are_no_mismatch(size in 5_usize..1_000, arms in 2_usize..5) {
        let ours = SampleRatio::of(&vec![size; arms], &vec![1.0; arms]).unwrap();
        prop_assert!((ours.p().unwrap() - 1.0).abs() < 1e-12);
    }
}
