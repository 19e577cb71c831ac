//! What an account did.

use proptest::prelude::*;
use quant::statistics::StatisticsError;
use quant::statistics::drawdown::{Drawdown, equity_curve};
use quant::statistics::equity::{Basis, DAYS_MIN, EquityPerformance};

use crate::support::{assert_same, assert_same_or_absent, expected, list, number, numbers, whole};

const BASIS: Basis = Basis {
    starting_usd: 100_000.0,
    riskless_rate: 0.04,
    days_per_year: 252.0,
};

#[test]
fn every_account_s_performance_is_the_reference_s() {
    for case in list(&expected(), "performance") {
        let basis = Basis {
            riskless_rate: number(&case["rf_annual"]),
            days_per_year: number(&case["periods"]),
            ..BASIS
        };
        let ours = EquityPerformance::of(&numbers(&case["returns"]), basis).unwrap();
        for (column, ours) in [
            ("sharpe", ours.sharpe),
            ("sortino_target_rf", ours.sortino),
            ("cagr", ours.yearly_growth),
            ("calmar", ours.calmar),
            ("var95_hist", ours.value_at_risk),
            ("skew", ours.skewness),
            ("kurtosis_excess", ours.excess_kurtosis),
        ] {
            assert_same_or_absent(column, ours, &case[column]);
        }
        let fall = ours.drawdown;
        assert_same(
            "deepest share",
            fall.deepest_share,
            &case["max_drawdown_pct"],
        );
        assert_same(
            "deepest fall",
            fall.deepest_usd,
            &case["max_drawdown_dollars"],
        );
        assert_same("ulcer", fall.ulcer, &case["ulcer"]);
        assert_eq!(fall.trough, whole(&case["max_dd_trough_index"]));
        assert_eq!(fall.longest_days, whole(&case["longest_underwater_days"]));
    }
}

#[test]
fn the_start_is_the_first_peak() {
    let fall = Drawdown::of(&equity_curve(100.0, &[-0.5, 0.2]).unwrap()).unwrap();
    assert_eq!((fall.trough, fall.longest_days), (1, 2));
    assert!((fall.deepest_share - 0.5).abs() < 1e-15);
    let never = Drawdown::of(&[100.0, 100.0, 101.0]).unwrap();
    assert!(never.deepest_share <= 0.0 && never.longest_days == 0 && never.trough == 0);
}

#[test]
fn what_days_can_t_tell_is_absent() {
    let ratios = |returns: &[f64]| {
        let ours = EquityPerformance::of(returns, BASIS).unwrap();
        [ours.sharpe, ours.sortino, ours.calmar].map(|ratio| ratio.is_some())
    };
    let swinging = |days: usize| {
        [0.01, -0.02]
            .into_iter()
            .cycle()
            .take(days)
            .collect::<Vec<_>>()
    };
    assert_eq!(ratios(&swinging(DAYS_MIN)), [true; 3]);
    assert_eq!(ratios(&swinging(DAYS_MIN - 1)), [false; 3]);
    for equal in [0.001, 0.0, -0.001] {
        assert_eq!(ratios(&[equal; 40]), [false; 3], "{equal}");
    }
    let rising: Vec<f64> = (1..=40).map(|day| f64::from(day) / 1e4 + 0.001).collect();
    assert_eq!(ratios(&rising), [true, false, false]);
    let few = EquityPerformance::of(&[0.01], BASIS).unwrap();
    assert_eq!(
        (few.yearly_growth, few.value_at_risk, few.skewness),
        (None, None, None)
    );
}

#[test]
fn an_account_can_t_lose_more_than_all() {
    assert!(equity_curve(100.0, &[-1.0, 0.5]).is_ok());
    for returns in [&[-1.01][..], &[f64::NAN], &[f64::INFINITY]] {
        assert!(
            EquityPerformance::of(returns, BASIS).is_err(),
            "{returns:?}"
        );
    }
    let no_days = EquityPerformance::of(&[], BASIS);
    assert_eq!(
        no_days,
        Err(StatisticsError::TooFew {
            given: 0,
            needed: 1
        })
    );
    assert!(Drawdown::of(&[100.0, -1.0]).is_err());
    assert!(Drawdown::of(&[]).is_err());
}

proptest! {
    #[test]
    fn a_flat_day_changes_no_drawdown_but_its_length(
        returns in prop::collection::vec(-0.2_f64..0.2, 1..60)
    ) {
        let of = |returns: &[f64]| Drawdown::of(&equity_curve(1_000.0, returns).unwrap()).unwrap();
        let with_flat = [&returns[..], &[0.0]].concat();
        let (ours, longer) = (of(&returns), of(&with_flat));
        prop_assert!((ours.deepest_share - longer.deepest_share).abs() < 1e-15);
        prop_assert!(longer.longest_days >= ours.longest_days);
        prop_assert!((0.0..=1.0).contains(&ours.deepest_share));
        prop_assert!(ours.ulcer <= ours.deepest_share + 1e-15);
    }
}
