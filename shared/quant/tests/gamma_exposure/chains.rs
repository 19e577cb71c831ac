//! Chains to measure.
#![cfg(test)]

use proptest::prelude::*;
use quant::Right;
use quant::gamma_exposure::{GammaExposure, GammaExposureInputs, ListedContract};

/// Minutes of a week.
pub(crate) const WEEK: f64 = 10_080.0;

/// A contract of which 100 are held, a week from expiry.
pub(crate) fn contract(right: Right, strike: f64) -> ListedContract {
    ListedContract {
        expiry: 0,
        minutes_to_expiry: WEEK,
        strike,
        right,
        implied_volatility: Some(0.2),
        open_interest: Some(100.0),
        volume: Some(10.0),
    }
}

/// The measure at a spot, with interest and dividends.
pub(crate) fn measured(spot: f64, contracts: &[ListedContract]) -> GammaExposure {
    inputs(spot, contracts).measure().unwrap()
}

/// What is measured.
pub(crate) fn inputs(spot: f64, contracts: &[ListedContract]) -> GammaExposureInputs<'_> {
    GammaExposureInputs {
        spot,
        rate: 0.04,
        dividend_yield: 0.01,
        contracts,
    }
}

fn right() -> impl Strategy<Value = Right> {
    prop_oneof![Just(Right::Call), Just(Right::Put)]
}

/// Contracts as a market may list them around 100: without some figures, with some that can't be.
pub(crate) fn any_contract() -> impl Strategy<Value = ListedContract> {
    let figure = |range: std::ops::Range<f64>| {
        prop_oneof![
            8 => range.prop_map(Some),
            1 => Just(None),
            1 => prop::sample::select(vec![0.0, -1.0, f64::NAN, f64::INFINITY, 1e300, 1e-300])
                .prop_map(Some),
        ]
    };
    let counted = (0_u32..5_000).prop_map(|count| Some(f64::from(count)));
    (
        0_u32..4,
        prop_oneof![9 => 0.0_f64..60_000.0, 1 => -10.0_f64..2.0],
        prop_oneof![9 => (60_u32..140).prop_map(f64::from), 1 => Just(f64::NAN), 1 => Just(0.0)],
        right(),
        figure(0.01..3.0),
        prop_oneof![3 => counted.clone(), 1 => figure(0.0..1e6)],
        prop_oneof![3 => counted, 1 => Just(None)],
    )
        .prop_map(
            |(expiry, minutes_to_expiry, strike, right, volatility, held, volume)| ListedContract {
                expiry,
                minutes_to_expiry,
                strike,
                right,
                implied_volatility: volatility,
                open_interest: held,
                volume,
            },
        )
}

/// A chain of them.
pub(crate) fn any_chain() -> impl Strategy<Value = Vec<ListedContract>> {
    prop::collection::vec(any_contract(), 0..120)
}
