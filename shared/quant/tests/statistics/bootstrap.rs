//! The bootstrap: its formula on stored replicates, and its own resampling against scipy's.

use std::collections::BTreeMap;

use fastrand::Rng;
use quant::statistics::StatisticsError;
use quant::statistics::bootstrap::{Plan, REPLICATES_DEFAULT, difference, one_sample, single};
use quant::statistics::bootstrap_interval::bca;
use quant::statistics::profit::profit_factor;
use serde_json::Value;

use crate::support::{arm, assert_interval, assert_same, expected, list, number, numbers};

/// scipy's ends of an interval are off by up to 0.06 standard errors themselves, so there is room for
/// hardly any chance of ours within a tenth.
const MANY: Plan = Plan {
    replicates: 6 * REPLICATES_DEFAULT,
    confidence: 0.95,
};

fn cases() -> Value {
    reference_answers::json("6_stats/bca.json")
}

fn mean(sample: &[f64]) -> Option<f64> {
    let n = u32::try_from(sample.len()).ok().filter(|n| *n > 0)?;
    Some(sample.iter().sum::<f64>() / f64::from(n))
}

/// The sample of a case, such as `exp0.variant`.
fn sample(case: &Value) -> Vec<f64> {
    let (experiment, side) = case["data"].as_str().unwrap().split_once('.').unwrap();
    arm(experiment, side)
}

fn statistic(case: &Value) -> fn(&[f64]) -> Option<f64> {
    match case["statistic"].as_str().unwrap() {
        "mean" => mean,
        "profit_factor" => profit_factor,
        other => panic!("no statistic: {other}"),
    }
}

#[test]
fn the_formula_on_stored_replicates_is_the_reference_s() {
    for case in list(&cases(), "cases") {
        let jackknife = [numbers(&case["jackknife"])];
        let estimate = number(&case["theta"]);
        let ours = bca(estimate, &numbers(&case["replicates"]), &jackknife, 0.95).unwrap();
        let name = format!("{} of {}", case["statistic"], case["data"]);
        assert_same(&name, ours.bias, &case["z0"]);
        assert_same(&name, ours.acceleration, &case["acceleration"]);
        assert_interval(&name, ours.shares, &case["alpha_adjusted"]);
        assert_interval(&name, ours.interval, &case["bca95"]);
    }
}

#[test]
fn our_own_jackknife_is_the_reference_s() {
    for case in list(&cases(), "cases") {
        let plan = Plan {
            replicates: 500,
            confidence: 0.95,
        };
        let mut rng = Rng::with_seed(3);
        let ours = one_sample(&single(&sample(case)), statistic(case), plan, |n| {
            rng.usize(..n)
        });
        let ours = ours.unwrap();
        assert_same("estimate", ours.estimate, &case["theta"]);
        assert_same("acceleration", ours.bca.acceleration, &case["acceleration"]);
    }
}

#[test]
fn our_own_interval_is_scipy_s_within_a_tenth_of_the_standard_error() {
    for case in list(&cases(), "cases")
        .iter()
        .filter(|case| case["scipy_se"].is_number())
    {
        let mut rng = Rng::with_seed(1);
        let ours = one_sample(&single(&sample(case)), statistic(case), MANY, |n| {
            rng.usize(..n)
        });
        let (ours, theirs) = (
            ours.unwrap().bca.interval,
            &case["scipy_bca95_B50000_seed12345"],
        );
        let most = 0.1 * number(&case["scipy_se"]);
        for (ours, theirs) in [(ours.low, &theirs[0]), (ours.high, &theirs[1])] {
            assert!(
                (ours - number(theirs)).abs() < most,
                "{ours} instead of {theirs}"
            );
        }
    }
}

#[test]
fn the_difference_of_two_arms_is_scipy_s_within_its_tolerance() {
    for case in list(&expected(), "bca_two_sample_tolerance") {
        let name = case["data"].as_str().unwrap();
        let (control, variant) = (single(&arm(name, "control")), single(&arm(name, "variant")));
        let mut rng = Rng::with_seed(2);
        let ours = difference(&control, &variant, mean, MANY, |n| rng.usize(..n)).unwrap();
        let (ours, theirs) = (ours.bca.interval, &case["scipy_bca95_B20000_seed777"]);
        let most = number(&case["suggested_tolerance"]);
        for (ours, theirs) in [(ours.low, &theirs[0]), (ours.high, &theirs[1])] {
            assert!(
                (ours - number(theirs)).abs() < most,
                "{name}: {ours} instead of {theirs}"
            );
        }
    }
}

/// Trades of a day that move together know less than their number says.
#[test]
fn days_that_move_together_are_less_sure_than_their_trades() {
    let mut rng = Rng::with_seed(5);
    let days: Vec<Vec<f64>> = (0..40)
        .map(|_| {
            let day = rng.f64() * 100.0 - 40.0;
            (0..5).map(|_| day + rng.f64()).collect()
        })
        .collect();
    let trades = single(&days.concat());
    let plan = Plan {
        replicates: 4_000,
        confidence: 0.95,
    };
    let width = |clusters: &[Vec<f64>]| {
        let mut rng = Rng::with_seed(7);
        let ours = one_sample(clusters, mean, plan, |n| rng.usize(..n)).unwrap();
        ours.bca.interval.high - ours.bca.interval.low
    };
    let ratio = width(&days) / width(&trades);
    // Five equal trades are worth one: the interval is the root of five times as wide.
    assert!((2.0..2.5).contains(&ratio), "{ratio}");
}

#[test]
fn the_same_draws_give_the_same_interval() {
    let ours = |seed| {
        let mut rng = Rng::with_seed(seed);
        let plan = Plan {
            replicates: 200,
            confidence: 0.9,
        };
        one_sample(&single(&arm("exp0", "control")), mean, plan, |n| {
            rng.usize(..n)
        })
        .unwrap()
    };
    assert_eq!(ours(1), ours(1));
    assert_ne!(ours(1), ours(2));
}

#[test]
fn clusters_are_drawn_whole() {
    let days = [vec![1.0, 2.0], vec![3.0], vec![4.0, 5.0, 6.0]];
    let seen = std::cell::RefCell::new(BTreeMap::<u64, u32>::new());
    let statistic = |sample: &[f64]| {
        for value in sample {
            *seen.borrow_mut().entry(value.to_bits()).or_default() += 1;
        }
        mean(sample)
    };
    let mut rng = Rng::with_seed(4);
    let plan = Plan {
        replicates: 90,
        confidence: 0.5,
    };
    one_sample(&days, statistic, plan, |n| rng.usize(..n)).unwrap();
    let times = |value: f64| seen.borrow()[&value.to_bits()];
    assert_eq!(times(1.0), times(2.0));
    assert_eq!((times(4.0), times(4.0)), (times(5.0), times(6.0)));
}

#[test]
fn a_statistic_that_some_samples_don_t_have_is_no_interval() {
    // Without losses there is no profit factor, and many resamples have none.
    let mut rng = Rng::with_seed(1);
    let ours = one_sample(
        &single(&[10.0, 20.0, -5.0]),
        profit_factor,
        Plan::default(),
        |n| rng.usize(..n),
    );
    assert!(matches!(ours, Err(StatisticsError::Absent(_))), "{ours:?}");
    let equal = one_sample(&single(&[1.0; 9]), mean, Plan::default(), |n| {
        rng.usize(..n)
    });
    assert_eq!(equal, Err(StatisticsError::NoSpread));
    let one = one_sample(&single(&[1.0]), mean, Plan::default(), |n| rng.usize(..n));
    assert!(
        matches!(one, Err(StatisticsError::TooFew { .. })),
        "{one:?}"
    );
    let days = one_sample(&[vec![1.0, 2.0, 3.0]], mean, Plan::default(), |n| {
        rng.usize(..n)
    });
    assert_eq!(
        days,
        Err(StatisticsError::TooFew {
            given: 1,
            needed: 2
        })
    );
    let one_sided = bca(5.0, &[1.0, 2.0, 3.0], &[vec![1.0, 2.0]], 0.95);
    assert_eq!(one_sided, Err(StatisticsError::OneSided));
}
