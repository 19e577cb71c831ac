//! Comparisons of two arms: means, ranks, win rates.

use proptest::prelude::*;
use quant::statistics::mann_whitney::mann_whitney;
use quant::statistics::proportions::{Proportion, compare};
use quant::statistics::welch::welch;
use serde_json::Value;

use crate::support::{arm, assert_interval, assert_same, expected, whole};

/// Each experiment of the reference: its name and the answers.
fn each_experiment(check: impl Fn(&str, &Value)) {
    let expected = expected();
    let experiments = expected["ab"].as_object().unwrap();
    assert!(!experiments.is_empty());
    experiments.iter().for_each(|(name, one)| check(name, one));
}

#[test]
fn welch_s_test_is_the_reference_s() {
    each_experiment(|name, one| {
        let (theirs, ours) = (
            &one["welch"],
            welch(&arm(name, "control"), &arm(name, "variant"), 0.95),
        );
        let ours = ours.unwrap();
        assert_same(
            name,
            ours.difference,
            &theirs["diff_mean_variant_minus_control"],
        );
        assert_same(name, ours.t, &theirs["t"]);
        assert_same(name, ours.df, &theirs["df"]);
        assert_same(name, ours.p_two_sided, &theirs["p_two_sided"]);
        assert_interval(name, ours.interval, &theirs["ci95"]);
    });
}

#[test]
fn the_test_by_ranks_is_the_reference_s() {
    each_experiment(|name, one| {
        let theirs = &one["mannwhitney_two_sided"];
        let ours = mann_whitney(&arm(name, "control"), &arm(name, "variant")).unwrap();
        assert_same(name, ours.u, &theirs["u"]);
        assert_same(name, ours.p_two_sided, &theirs["p"]);
    });
}

#[test]
fn the_comparison_of_win_rates_is_the_reference_s() {
    each_experiment(|name, one| {
        let share =
            |arm: &str| Proportion::new(whole(&one[arm]["wins"]), whole(&one[arm]["n"])).unwrap();
        let ours = compare(share("control"), share("variant")).unwrap();
        let theirs = &one["two_proportion_ztest_pooled"];
        assert_same(name, ours.z, &theirs["z"]);
        assert_same(name, ours.p_two_sided, &theirs["p"]);
    });
}

fn sample() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-1_000.0_f64..1_000.0, 2..30)
}

proptest! {
    #[test]
    fn exchanged_arms_turn_welch_s_test_around(control in sample(), variant in sample()) {
        let ours = welch(&control, &variant, 0.9).unwrap();
        let turned = welch(&variant, &control, 0.9).unwrap();
        prop_assert!((ours.t + turned.t).abs() < 1e-9);
        prop_assert!((ours.p_two_sided - turned.p_two_sided).abs() < 1e-9);
        prop_assert!((ours.interval.low + turned.interval.high).abs() < 1e-6);
        prop_assert!((0.0..=1.0).contains(&ours.p_two_sided));
    }

    #[test]
    fn the_p_value_and_the_interval_agree(control in sample(), variant in sample()) {
        let ours = welch(&control, &variant, 0.95).unwrap();
        let holds_zero = ours.interval.low <= 0.0 && ours.interval.high >= 0.0;
        prop_assume!((ours.p_two_sided - 0.05).abs() > 1e-9);
        prop_assert_eq!(holds_zero, ours.p_two_sided > 0.05);
    }

    #[test]
    fn ranks_don_t_change_with_the_scale(control in sample(), variant in sample()) {
        let bent = |values: &[f64]| values.iter().map(|v| v * v * v).collect::<Vec<_>>();
        let ours = mann_whitney(&control, &variant).unwrap();
        let other = mann_whitney(&bent(&control), &bent(&variant)).unwrap();
        prop_assert_eq!(ours, other);
    }
}

/// Three of each without ties: 20 arrangements, of which 2 are as extreme as possible.
#[test]
fn a_small_test_by_ranks_counts_arrangements() {
    let ours = mann_whitney(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]).unwrap();
    assert!((ours.u - 9.0).abs() < 1e-12);
    assert!((ours.p_two_sided - 0.1).abs() < 1e-12);
}
