//! Intervals around a share.

use proptest::prelude::*;
use quant::statistics::proportions::Proportion;

use crate::support::{assert_interval, assert_same, expected, list, number, whole};

#[test]
fn wilson_s_intervals_are_the_reference_s() {
    for case in list(&expected(), "wilson_cases") {
        let share = Proportion::new(whole(&case["wins"]), whole(&case["n"])).unwrap();
        let ours = share.wilson(number(&case["conf"])).unwrap();
        assert_same(&case.to_string(), ours.low, &case["lo"]);
        assert_same(&case.to_string(), ours.high, &case["hi"]);
    }
}

#[test]
fn both_intervals_of_each_arm_are_the_reference_s() {
    let expected = expected();
    for (name, experiment) in expected["ab"].as_object().unwrap() {
        for arm in [&experiment["control"], &experiment["variant"]] {
            let share = Proportion::new(whole(&arm["wins"]), whole(&arm["n"])).unwrap();
            assert_same(name, share.share(), &arm["win_rate"]);
            assert_interval(name, share.wilson(0.95).unwrap(), &arm["wilson95"]);
            let exact = share.clopper_pearson(0.95).unwrap();
            assert_interval(name, exact, &arm["clopper_pearson95"]);
        }
    }
}

/// Closed forms at the ends: 1 - (a/2)^(1/n), and its mirror.
#[test]
fn the_exact_interval_ends_where_the_share_does() {
    let none = Proportion::new(0, 12)
        .unwrap()
        .clopper_pearson(0.95)
        .unwrap();
    let all = Proportion::new(12, 12)
        .unwrap()
        .clopper_pearson(0.95)
        .unwrap();
    let end = 1.0 - libm::pow(0.025, 1.0 / 12.0);
    assert!(none.low <= 0.0 && (none.high - end).abs() < 1e-12);
    assert!(all.high >= 1.0 && (all.low - (1.0 - end)).abs() < 1e-12);
}

proptest! {
    #[test]
    fn every_interval_holds_its_share(n in 1_usize..5_000, of in 0.0_f64..=1.0, conf in 0.5_f64..0.999) {
        let wins = (0..=n).find(|wins| *wins >= percent(n, of)).unwrap_or(n);
        let share = Proportion::new(wins, n).unwrap();
        for interval in [share.wilson(conf).unwrap(), share.clopper_pearson(conf).unwrap()] {
            prop_assert!(interval.low >= 0.0 && interval.high <= 1.0);
            prop_assert!(interval.low <= share.share() && share.share() <= interval.high);
        }
    }

    #[test]
    fn more_trades_are_surer(wins in 1_usize..100, losses in 1_usize..100) {
        let width = |times: usize| {
            let share = Proportion::new(wins * times, (wins + losses) * times).unwrap();
            let interval = share.clopper_pearson(0.95).unwrap();
            interval.high - interval.low
        };
        prop_assert!(width(4) < width(1));
    }
}

/// About this share of `n`.
fn percent(n: usize, of: f64) -> usize {
    let mut wins = 0;
    let one = 1.0 / f64::from(u32::try_from(n).unwrap());
    let mut at = 0.0;
    while at + one <= of {
        at += one;
        wins += 1;
    }
    wins
}
