//! How long the exposure of a large chain takes, its flip included: 4,000 contracts of eight
//! expiries from today's to a quarter away, all of them held, no two volatilities alike.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use quant::Right;
use quant::gamma_exposure::{GammaExposureInputs, ListedContract};

const SPOT: f64 = 600.0;
const STRIKES: u32 = 250;
const DAYS: [f64; 8] = [0.2, 1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 90.0];

fn contract(expiry: u32, days: f64, step: u32, right: Right) -> ListedContract {
    let strike = 450.0 + 1.25 * f64::from(step);
    let is_above = strike > SPOT;
    let (skew, often) = match right {
        Right::Call => (0.003, is_above),
        Right::Put => (0.0, !is_above),
    };
    let held = 500 + 900 * ((step * 7 + expiry) % 11) + if often { 2_000 } else { 0 };
    let moneyness = (strike - SPOT) / SPOT;
    ListedContract {
        expiry,
        minutes_to_expiry: days * 1_440.0,
        strike,
        right,
        implied_volatility: Some(0.16 - 0.3 * moneyness + 2.0 * moneyness * moneyness + skew),
        open_interest: Some(f64::from(held)),
        volume: Some(100.0),
    }
}

fn chain() -> Vec<ListedContract> {
    let expiries = (0_u32..).zip(DAYS);
    expiries
        .flat_map(|(expiry, days)| {
            let both =
                move |step| [Right::Call, Right::Put].map(|it| contract(expiry, days, step, it));
            (0..STRIKES).flat_map(both)
        })
        .collect()
}

fn measure(criterion: &mut Criterion) {
    let contracts = chain();
    assert_eq!(contracts.len(), 4_000);
    let inputs = GammaExposureInputs {
        spot: SPOT,
        rate: 0.04,
        dividend_yield: 0.012,
        contracts: &contracts,
    };
    assert!(inputs.measure().is_ok_and(|it| it.flip.nearest.is_some()));
    criterion.bench_function("gamma exposure and flip of 4,000 contracts", |bencher| {
        bencher.iter(|| black_box(inputs).measure());
    });
    criterion.bench_function("profile of 4,000 contracts", |bencher| {
        bencher.iter(|| black_box(inputs).profile());
    });
}

criterion_group!(benches, measure);
criterion_main!(benches);
