//! How many observations an experiment takes.

use proptest::prelude::*;
use quant::statistics::sample_size::Design;

use crate::support::{assert_near, assert_same, expected, list, number};

#[test]
fn every_size_is_the_reference_s() {
    for case in list(&expected(), "sample_size") {
        let design = Design {
            alpha: number(&case["alpha"]),
            power: number(&case["power"]),
            ratio: case["ratio_variant_to_control"].as_f64().unwrap_or(1.0),
        };
        if case["p1"].is_number() {
            let ours = design
                .for_shares(number(&case["p1"]), number(&case["p2"]))
                .unwrap();
            // The reference's own search stops there.
            assert_near(&case.to_string(), ours, &case["n_per_arm"], 1e-8, 1.0);
        } else {
            let (deviation, effect) = (number(&case["sd"]), number(&case["delta"]));
            let ours = design.for_means(deviation, effect).unwrap();
            assert_same(&case.to_string(), ours, &case["n_control_normal"]);
            assert!((ours.ceil() - number(&case["n_control_ceil"])).abs() < 0.5);
            let by_t = design.for_means_by_t(deviation, effect).unwrap();
            assert_near(
                &case.to_string(),
                by_t,
                &case["n_control_t_statsmodels"],
                1e-4,
                1.0,
            );
        }
    }
}

/// By G*Power and statsmodels: 63.77 in each arm for half a deviation at 80 %.
#[test]
fn a_small_experiment_pays_for_estimating_its_deviation() {
    let ours = Design::default().for_means_by_t(1.0, 0.5).unwrap();
    assert!((ours - 63.7656).abs() < 1e-3, "{ours}");
}

#[test]
fn impossible_designs_are_refused() {
    let design = Design::default();
    assert!(design.for_means(0.0, 1.0).is_err());
    assert!(design.for_means(1.0, 0.0).is_err());
    assert!(design.for_shares(0.5, 0.5).is_err());
    assert!(design.for_shares(0.5, 1.0).is_err());
    for (alpha, power, ratio) in [
        (0.0, 0.8, 1.0),
        (0.05, 1.0, 1.0),
        (0.05, 0.8, 0.0),
        (0.05, f64::NAN, 1.0),
    ] {
        let design = Design {
            alpha,
            power,
            ratio,
        };
        assert!(design.for_means(1.0, 1.0).is_err(), "{design:?}");
    }
}

proptest! {
    #[test]
    fn the_detectable_effect_undoes_the_size(
        deviation in 1.0_f64..500.0, effect in 1.0_f64..100.0, ratio in 0.1_f64..5.0, power in 0.5_f64..0.99
    ) {
        let design = Design { alpha: 0.05, power, ratio };
        let n = design.for_means(deviation, effect).unwrap();
        let back = design.detectable(deviation, n).unwrap();
        prop_assert!((back / effect - 1.0).abs() < 1e-12);
    }
}
