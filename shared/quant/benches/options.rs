//! How many options a second one core prices, and how many implied volatilities it finds.
//!
//! The mix is a market's: strikes from a tenth below the spot to a tenth above, expirations from
//! an hour to half a year, calls and puts, volatilities that smile. `scripts/compare/options.py`
//! asks other libraries the same.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use quant::options::{CashDividend, OptionTerms, american_price, implied_volatility};
use quant::{BlackScholesInputs, Right};

const SPOT: f64 = 600.0;
const YEARS: [f64; 8] = [0.000_2, 0.000_7, 0.003, 0.01, 0.02, 0.08, 0.25, 0.5];
const STRIKES: u32 = 64;

/// 8 expirations of 64 strikes, call and put: 1,024 options.
fn mix() -> Vec<BlackScholesInputs> {
    let expirations = YEARS.into_iter();
    expirations.flat_map(one_expiration).collect()
}

/// Strikes reach as far as a market quotes them: three deviations, and a tenth at most.
fn one_expiration(years: f64) -> impl Iterator<Item = BlackScholesInputs> {
    let reach = (3.0 * 0.2 * years.sqrt()).min(0.1);
    (0..STRIKES).flat_map(move |index| {
        let moneyness = reach * (2.0 * f64::from(index) / f64::from(STRIKES - 1) - 1.0);
        [Right::Call, Right::Put].map(|right| BlackScholesInputs {
            spot: SPOT,
            strike: SPOT * (1.0 + moneyness),
            years,
            volatility: 0.2 - 0.5 * moneyness + 2.0 * moneyness * moneyness,
            rate: 0.043,
            dividend_yield: 0.012,
            right,
        })
    })
}

fn terms(inputs: &BlackScholesInputs) -> OptionTerms {
    OptionTerms {
        spot: inputs.spot,
        strike: inputs.strike,
        years: inputs.years,
        rate: inputs.rate,
        dividend_yield: inputs.dividend_yield,
        right: inputs.right,
    }
}

/// The mix with what its options are worth, where that is a price.
fn priced() -> Vec<(f64, OptionTerms)> {
    let price = |inputs: &BlackScholesInputs| inputs.value().ok().map(|value| value.price);
    mix()
        .iter()
        .filter_map(|inputs| Some((price(inputs)?, terms(inputs))))
        .collect()
}

fn european(criterion: &mut Criterion) {
    let inputs = mix();
    let mut group = criterion.benchmark_group("european");
    group.throughput(Throughput::Elements(inputs.len() as u64));
    group.bench_function("price and Greeks", |bencher| {
        bencher.iter(|| {
            for inputs in black_box(&inputs) {
                let _ = black_box(inputs.value());
            }
        });
    });
    group.finish();
}

fn volatility(criterion: &mut Criterion) {
    let priced = priced();
    let mut group = criterion.benchmark_group("european");
    group.throughput(Throughput::Elements(priced.len() as u64));
    group.bench_function("implied volatility", |bencher| {
        bencher.iter(|| {
            for (price, terms) in black_box(&priced) {
                let _ = black_box(implied_volatility(*price, terms));
            }
        });
    });
    group.finish();
}

fn american(criterion: &mut Criterion) {
    let put = BlackScholesInputs {
        spot: SPOT,
        strike: 620.0,
        years: 45.0 / 365.0,
        volatility: 0.2,
        rate: 0.043,
        dividend_yield: 0.0,
        right: Right::Put,
    };
    let call = BlackScholesInputs {
        strike: 580.0,
        right: Right::Call,
        ..put
    };
    let dividend = [CashDividend {
        years: 30.0 / 365.0,
        amount_usd: 1.8,
    }];
    let mut group = criterion.benchmark_group("american");
    group.bench_function("put", |bencher| {
        bencher.iter(|| american_price(black_box(&put), &[]));
    });
    group.bench_function("call over an ex-date", |bencher| {
        bencher.iter(|| american_price(black_box(&call), black_box(&dividend)));
    });
    group.finish();
}

criterion_group!(benches, european, volatility, american);
criterion_main!(benches);
