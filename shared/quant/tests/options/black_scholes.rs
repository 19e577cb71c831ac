//! Prices and sensitivities against reference values of 60 digits, and the laws that hold
//! between them.
use proptest::prelude::*;
use quant::{BlackScholesError, BlackScholesInputs, OptionValue, Right};

use crate::{any_inputs, inputs, right};

fn assert_close(what: &str, actual: f64, expected: f64) {
    let tolerance = 1e-10 * expected.abs().max(1.0);
    assert!(
        (actual - expected).abs() <= tolerance,
        "{what}: {actual} instead of {expected}"
    );
}

#[test]
fn agrees_with_the_reference_in_every_region() {
    reference_answers::check_every_row("2_options/bsm_european.csv", |row| {
        let value = inputs(row).value().unwrap();
        row.far(
            1e-10,
            &[
                ("price", Some(value.price)),
                ("delta", Some(value.delta)),
                ("gamma", Some(value.gamma)),
                ("theta_per_day_365", Some(value.theta)),
                ("vega_per_1pct", Some(value.vega)),
                ("rho_per_1pct", Some(value.rho)),
            ],
        )
    });
}

/// A price deep in the tail keeps its digits, down to what rounding of its inputs takes.
#[test]
fn keeps_its_digits_in_the_tail() {
    reference_answers::check_every_row("2_options/bsm_european.csv", |row| {
        let (inputs, expected): (_, f64) = (inputs(row), row.value("price"));
        let out = inputs.right == Right::Call && inputs.spot < inputs.strike
            || inputs.right == Right::Put && inputs.spot > inputs.strike;
        let error = inputs.value().unwrap().price / expected - 1.0;
        if out && expected > 1e-280 && error.abs() > 1e-10 {
            vec![format!("the price is off by {error:e} of itself")]
        } else {
            vec![]
        }
    });
}

#[test]
fn is_its_payoff_at_expiry_and_after() {
    reference_answers::check_every_row("2_options/at_expiry_T0.csv", |row| {
        let at = |years| {
            let inputs = BlackScholesInputs {
                spot: row.value("S"),
                strike: row.value("K"),
                years,
                right: right(row),
                ..year_call()
            };
            inputs.value().unwrap()
        };
        let value = at(0.0);
        assert_eq!(value, at(-0.1));
        row.far(
            1e-10,
            &[
                ("price", Some(value.price)),
                ("delta", Some(value.delta)),
                ("gamma", Some(value.gamma)),
                ("theta", Some(value.theta)),
                ("vega", Some(value.vega)),
                ("rho", Some(value.rho)),
            ],
        )
    });
}

fn year_call() -> BlackScholesInputs {
    BlackScholesInputs {
        spot: 100.0,
        strike: 100.0,
        years: 1.0,
        volatility: 0.2,
        rate: 0.05,
        dividend_yield: 0.01,
        right: Right::Call,
    }
}

#[test]
fn is_the_discounted_forward_payoff_without_volatility() {
    for (strike, right) in [
        (90.0, Right::Call),
        (110.0, Right::Call),
        (110.0, Right::Put),
    ] {
        let inputs = BlackScholesInputs {
            strike,
            right,
            volatility: 0.0,
            ..year_call()
        };
        let worth = 100.0 * libm::exp(-0.01) - strike * libm::exp(-0.05);
        let expected = if right == Right::Call { worth } else { -worth }.max(0.0);
        let value = inputs.value().unwrap();
        assert_close("price", value.price, expected);
        assert_close("vega and gamma", value.vega + value.gamma, 0.0);
    }
}

#[test]
fn meets_its_limit_as_volatility_goes_away() {
    let still = BlackScholesInputs {
        strike: 95.0,
        volatility: 0.0,
        ..year_call()
    };
    let calm = BlackScholesInputs {
        volatility: 1e-9,
        ..still
    };
    let pair = |value: OptionValue| [value.price, value.delta, value.theta, value.vega, value.rho];
    let (limit, near) = (pair(still.value().unwrap()), pair(calm.value().unwrap()));
    for (expected, actual) in limit.into_iter().zip(near) {
        assert_close("limit", actual, expected);
    }
}

#[test]
fn refuses_what_no_option_can_have() {
    use BlackScholesError::{NegativeVolatility, NotFinite, NotPositive, NotRepresentable};
    for (inputs, expected) in [
        (
            BlackScholesInputs {
                spot: 0.0,
                ..year_call()
            },
            NotPositive,
        ),
        (
            BlackScholesInputs {
                strike: -1.0,
                ..year_call()
            },
            NotPositive,
        ),
        (
            BlackScholesInputs {
                volatility: -0.1,
                ..year_call()
            },
            NegativeVolatility,
        ),
        (
            BlackScholesInputs {
                years: f64::NAN,
                ..year_call()
            },
            NotFinite,
        ),
        (
            BlackScholesInputs {
                rate: f64::INFINITY,
                ..year_call()
            },
            NotFinite,
        ),
        (
            BlackScholesInputs {
                rate: -1e6,
                ..year_call()
            },
            NotRepresentable,
        ),
    ] {
        assert_eq!(inputs.value(), Err(expected), "{inputs:?}");
    }
}

prop_compose! {
    fn any_call()(
        spot in 1.0_f64..2000.0,
        moneyness in 0.3_f64..3.0,
        years in 1e-6_f64..3.0,
        volatility in 0.0_f64..3.0,
        rate in -0.02_f64..0.15,
        dividend_yield in 0.0_f64..0.1,
    ) -> BlackScholesInputs {
        let strike = spot * moneyness;
        BlackScholesInputs { spot, strike, years, volatility, rate, dividend_yield, right: Right::Call }
    }
}

proptest! {
    #[test]
    fn a_call_and_a_put_differ_by_the_forward(call in any_call()) {
        let put = BlackScholesInputs { right: Right::Put, ..call };
        let (call_value, put_value) = (call.value().unwrap(), put.value().unwrap());
        let forward = call.spot * libm::exp(-call.dividend_yield * call.years)
            - call.strike * libm::exp(-call.rate * call.years);
        let scale = call.spot.max(call.strike);
        prop_assert!((call_value.price - put_value.price - forward).abs() < 1e-13 * scale);
        prop_assert!((call_value.gamma - put_value.gamma).abs() < 1e-12);
        prop_assert!((call_value.vega - put_value.vega).abs() < 1e-12);
    }

    #[test]
    fn more_volatility_is_never_worth_less(call in any_call(), more in 0.0_f64..1.0) {
        for right in [Right::Call, Right::Put] {
            let calm = BlackScholesInputs { right, ..call };
            let wild = BlackScholesInputs { volatility: call.volatility + more, ..calm };
            let difference = wild.value().unwrap().price - calm.value().unwrap().price;
            prop_assert!(difference >= -1e-13 * call.spot.max(call.strike));
        }
    }

    #[test]
    fn the_price_stays_within_its_bounds(call in any_call()) {
        let price = call.value().unwrap().price;
        let most = call.spot * libm::exp(-call.dividend_yield * call.years);
        let least = (most - call.strike * libm::exp(-call.rate * call.years)).max(0.0);
        prop_assert!(price >= least && price <= most * (1.0 + 1e-14));
    }

    #[test]
    fn sensitivities_are_slopes(call in near_the_money(), is_call: bool) {
        let right = if is_call { Right::Call } else { Right::Put };
        let inputs = BlackScholesInputs { right, ..call };
        let value = inputs.value().unwrap();
        let spot = |spot| BlackScholesInputs { spot, ..inputs };
        let delta = slope(|s| price(&spot(s)), inputs.spot, 1e-4 * inputs.spot);
        prop_assert!((value.delta - delta).abs() < 1e-6);
        let gamma = slope(|s| spot(s).value().unwrap().delta, inputs.spot, 1e-4 * inputs.spot);
        prop_assert!((value.gamma - gamma).abs() * inputs.spot < 1e-4);
        let vega = slope(|volatility| price(&BlackScholesInputs { volatility, ..inputs }), inputs.volatility, 1e-4);
        prop_assert!((value.vega - vega / 100.0).abs() < 1e-7 * inputs.spot);
        let rho = slope(|rate| price(&BlackScholesInputs { rate, ..inputs }), inputs.rate, 1e-4);
        prop_assert!((value.rho - rho / 100.0).abs() < 1e-7 * inputs.spot);
        let theta = -slope(|years| price(&BlackScholesInputs { years, ..inputs }), inputs.years, 1e-5);
        prop_assert!((value.theta - theta / 365.0).abs() < 1e-6 * inputs.spot);
    }

    #[test]
    fn no_answer_is_anything_but_a_number(inputs in any_inputs()) {
        if let Ok(value) = inputs.value() {
            for part in [value.price, value.delta, value.gamma, value.theta, value.vega, value.rho] {
                prop_assert!(part.is_finite(), "{value:?}");
            }
            prop_assert!(value.price >= 0.0 && value.gamma >= 0.0 && value.vega >= 0.0);
        }
    }
}

fn price(inputs: &BlackScholesInputs) -> f64 {
    inputs.value().unwrap().price
}

fn slope(function: impl Fn(f64) -> f64, at: f64, width: f64) -> f64 {
    (function(at + width) - function(at - width)) / (2.0 * width)
}

prop_compose! {
    fn near_the_money()(
        spot in 10.0_f64..1000.0,
        moneyness in 0.8_f64..1.25,
        years in 0.05_f64..2.0,
        volatility in 0.1_f64..1.0,
        rate in -0.02_f64..0.15,
        dividend_yield in 0.0_f64..0.1,
    ) -> BlackScholesInputs {
        let strike = spot * moneyness;
        BlackScholesInputs { spot, strike, years, volatility, rate, dividend_yield, right: Right::Call }
    }
}
