//! Samples that say nothing, and numbers that aren't any.

use quant::statistics::correlation::pearson;
use quant::statistics::mann_whitney::mann_whitney;
use quant::statistics::moments::shape;
use quant::statistics::profit::TradeSummary;
use quant::statistics::proportions::{Proportion, compare};
use quant::statistics::quantile::quantile;
use quant::statistics::sample_ratio::SampleRatio;
use quant::statistics::welch::welch;
use quant::statistics::{Moments, StatisticsError, binomial, chi_square, student};

const FEW: StatisticsError = StatisticsError::TooFew {
    given: 0,
    needed: 1,
};

#[test]
fn an_empty_sample_is_refused() {
    assert_eq!(Moments::of(&[]), Err(FEW));
    assert_eq!(TradeSummary::of(&[]), Err(FEW));
    assert_eq!(quantile(&[], 0.5), Err(FEW));
    assert_eq!(mann_whitney(&[], &[1.0]), Err(FEW));
    assert_eq!(welch(&[], &[1.0, 2.0], 0.95), Err(FEW));
    assert_eq!(Proportion::new(0, 0), Err(FEW));
    assert_eq!(SampleRatio::of(&[0, 0], &[1.0, 1.0]), Err(FEW));
}

#[test]
fn one_of_each_has_no_spread_to_compare_by() {
    let few = StatisticsError::TooFew {
        given: 1,
        needed: 2,
    };
    assert_eq!(welch(&[1.0], &[1.0, 2.0], 0.95), Err(few));
    assert_eq!(pearson(&[(1.0, 2.0)]), Err(few));
    assert_eq!(pearson(&[(0.1, 1.0), (0.1, 2.0), (0.1, 3.0)]), Ok(None));
    assert_eq!(
        welch(&[0.1; 5], &[0.3; 7], 0.95),
        Err(StatisticsError::NoSpread)
    );
    assert_eq!(
        mann_whitney(&[1.0; 9], &[1.0; 9]),
        Err(StatisticsError::NoSpread)
    );
    assert_eq!(Moments::of(&[1.0]).unwrap().sample_deviation(), None);
    assert_eq!(shape(&[0.1; 7]), Ok(None));
    let none = Proportion::new(0, 10).unwrap();
    assert_eq!(compare(none, none), Err(StatisticsError::NoSpread));
}

#[test]
fn what_isn_t_a_number_is_refused() {
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let sample = [1.0, wrong, 2.0];
        assert_eq!(Moments::of(&sample), Err(StatisticsError::NotFinite));
        assert_eq!(TradeSummary::of(&sample), Err(StatisticsError::NotFinite));
        assert_eq!(quantile(&sample, 0.5), Err(StatisticsError::NotFinite));
        assert!(welch(&sample, &[1.0, 2.0], 0.95).is_err());
        assert!(mann_whitney(&[1.0], &sample).is_err());
        assert!(pearson(&[(1.0, 2.0), (wrong, 3.0), (2.0, 1.0)]).is_err());
        assert!(chi_square::upper_tail(wrong, 1).is_err());
        assert!(student::two_sided(1.0, wrong).is_err());
        assert!(SampleRatio::of(&[1, 1], &[1.0, wrong]).is_err());
    }
    assert!(student::two_sided(f64::INFINITY, 3.0).unwrap() <= 0.0);
}

#[test]
fn what_can_t_be_is_refused() {
    assert!(Proportion::new(2, 1).is_err());
    assert!(Proportion::new(1, 2).unwrap().wilson(1.0).is_err());
    assert!(Proportion::new(1, 2).unwrap().clopper_pearson(0.0).is_err());
    assert!(quantile(&[1.0], 1.5).is_err());
    assert!(binomial::probability(3, 2, 0.5).is_err());
    assert!(binomial::exact_test(1, 2, 1.0).is_err());
    assert!(chi_square::upper_tail(1.0, 0).is_err());
    assert!(SampleRatio::of(&[1, 2], &[1.0]).is_err());
    assert!(SampleRatio::of(&[1], &[1.0]).is_err());
    assert!(SampleRatio::of(&[1, 2], &[1.0, 0.0]).is_err());
}
