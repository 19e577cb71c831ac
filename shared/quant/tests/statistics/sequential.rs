//! Tests and intervals that stay valid while one looks.

use proptest::prelude::*;
use quant::statistics::confidence_sequence::ConfidenceSequence;
use quant::statistics::sequential::{AlwaysValidTest, PER_ARM_MIN};
use quant::statistics::{Moments, StatisticsError};

use crate::support::{
    arm, assert_interval, assert_near, assert_same, expected, list, number, whole,
};

/// The reference looks once at eight of each, since its smallest experiment has no more.
const LOOKS_FROM: usize = 2;

#[test]
fn every_look_is_the_reference_s() {
    for case in list(&expected(), "sequential") {
        let name = case["data"].as_str().unwrap();
        let (control, variant) = (arm(name, "control"), arm(name, "variant"));
        let (effect, alpha) = (number(&case["tau"]), number(&case["alpha"]));
        let mut test = AlwaysValidTest::new(effect, alpha, LOOKS_FROM).unwrap();
        for theirs in list(case, "msprt") {
            let n = whole(&theirs["n_per_arm"]);
            let ours = test.look(&control[..n], &variant[..n]).unwrap();
            let scale = effect;
            assert_near(name, ours.difference, &theirs["diff"], 1e-9, scale);
            assert_same(name, ours.variance, &theirs["V"]);
            assert_same(name, libm::exp(ours.ln_ratio), &theirs["Lambda"]);
            assert_same(name, ours.p, &theirs["p_always_valid"]);
            assert_interval(name, ours.interval, &theirs["ci"]);
            assert_eq!(
                test.has_decided(),
                number(&theirs["p_always_valid"]) < alpha
            );
        }
    }
}

#[test]
fn every_confidence_sequence_is_the_reference_s() {
    for case in list(&expected(), "sequential") {
        let name = case["data"].as_str().unwrap();
        let (variant, theirs) = (
            arm(name, "variant"),
            &case["asymptotic_cs_one_sample_variant"],
        );
        let tuned = whole(&theirs["rho2_tuned_for_t"]);
        let sequence = ConfidenceSequence::tuned_for(tuned, number(&case["alpha"])).unwrap();
        assert_same(name, sequence.mixture(), &theirs["rho2"]);
        for point in list(theirs, "points") {
            let sample = &variant[..whole(&point["t"])];
            let (ours, moments) = (
                sequence.interval(sample).unwrap(),
                Moments::of(sample).unwrap(),
            );
            assert_same(name, moments.population_deviation(), &point["sd_pop"]);
            assert_same(name, moments.mean(), &point["mean"]);
            assert_same(name, (ours.high - ours.low) / 2.0, &point["half_width"]);
        }
    }
}

#[test]
fn looking_begins_with_enough_and_with_something_that_varies() {
    let mut test = AlwaysValidTest::new(10.0, 0.05, PER_ARM_MIN).unwrap();
    let few = test.look(&[1.0; PER_ARM_MIN], &[2.0; PER_ARM_MIN - 1]);
    let (given, needed) = (PER_ARM_MIN - 1, PER_ARM_MIN);
    assert_eq!(few, Err(StatisticsError::TooFew { given, needed }));
    let uniform = test.look(&[1.0; PER_ARM_MIN], &[2.0; PER_ARM_MIN]);
    assert_eq!(uniform, Err(StatisticsError::NoSpread));
    assert!(!test.has_decided());
    for effect in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(AlwaysValidTest::new(effect, 0.05, 20).is_err());
    }
}

#[test]
fn an_overwhelming_difference_stays_a_number() {
    let around = |centre: f64| [centre - 1e-6, centre + 1e-6].repeat(20);
    let mut test = AlwaysValidTest::new(1.0, 0.05, 20).unwrap();
    let look = test.look(&around(0.0), &around(1e6)).unwrap();
    assert!(look.p <= 0.0 && look.ln_ratio.is_finite() && test.has_decided());
}

proptest! {
    #[test]
    fn the_p_value_never_rises(trades in prop::collection::vec((-100.0_f64..100.0, -90.0_f64..130.0), 30..80)) {
        let (control, variant): (Vec<_>, Vec<_>) = trades.into_iter().unzip();
        let mut test = AlwaysValidTest::new(15.0, 0.05, 20).unwrap();
        let mut before = 1.0;
        for n in 20..=control.len() {
            let look = test.look(&control[..n], &variant[..n]).unwrap();
            prop_assert!(look.p <= before);
            before = look.p;
            // A look rejects by itself where its interval leaves zero out.
            let excludes_zero = look.interval.low > 0.0 || look.interval.high < 0.0;
            let rejects = look.ln_ratio > -libm::log(0.05);
            prop_assert_eq!(excludes_zero, rejects);
        }
    }
}
