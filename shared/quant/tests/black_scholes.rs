//! Prices and sensitivities against reference values of 60 digits, and the laws that hold
//! between them.
#![cfg(test)]

use proptest::prelude::*;
use quant::{BlackScholesError, BlackScholesInputs, OptionValue, Right};
use reference_answers::Row;

fn right(row: &Row) -> Right {
    if row.text("cp") == "C" {
        Right::Call
    } else {
        Right::Put
    }
}

fn rows(file: &str) -> Vec<Row> {
    reference_answers::rows(&format!("2_options/{file}"))
}

fn assert_close(what: &str, actual: f64, expected: f64) {
    let tolerance = 1e-10 * expected.abs().max(1.0);
    assert!(
        (actual - expected).abs() <= tolerance,
        "{what}: {actual} instead of {expected}"
    );
}

#[test]
fn agrees_with_the_reference_in_every_region() {
    let rows = rows("bsm_european.csv");
    assert!(rows.len() >= 500);
    for row in rows {
        let value = BlackScholesInputs {
            spot: row.value("S"),
            strike: row.value("K"),
            years: row.value("T_years"),
            volatility: row.value("sigma"),
            rate: row.value("r"),
            dividend_yield: row.value("q"),
            right: right(&row),
        }
        .value()
        .unwrap();
        let id = row.text("id");
        for (column, actual) in [
            ("price", value.price),
            ("delta", value.delta),
            ("gamma", value.gamma),
            ("theta_per_day_365", value.theta),
            ("vega_per_1pct", value.vega),
            ("rho_per_1pct", value.rho),
        ] {
            assert_close(&format!("{column} of case {id}"), actual, row.value(column));
        }
    }
}

#[test]
fn is_its_payoff_at_expiry_and_after() {
    for row in rows("at_expiry_T0.csv") {
        for years in [0.0, -0.1] {
            let value = BlackScholesInputs {
                spot: row.value("S"),
                strike: row.value("K"),
                years,
                volatility: 0.2,
                rate: 0.04,
                dividend_yield: 0.01,
                right: right(&row),
            }
            .value()
            .unwrap();
            for (column, actual) in [
                ("price", value.price),
                ("delta", value.delta),
                ("gamma", value.gamma),
                ("theta", value.theta),
                ("vega", value.vega),
                ("rho", value.rho),
            ] {
                assert_close(column, actual, row.value(column));
            }
        }
    }
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
    use BlackScholesError::{NegativeVolatility, NotFinite, NotPositive};
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
}
