//! Implied volatility against the reference, there and back, and at its bounds.

use proptest::prelude::*;
use quant::options::{ImpliedVolatilityError, OptionTerms, implied_volatility};
use quant::{BlackScholesInputs, Right};
use reference_answers::Row;

use crate::{any_inputs, any_number, inputs, right, terms};

#[test]
fn finds_each_volatility_that_a_price_determines() {
    reference_answers::check_every_row("2_options/bsm_european.csv", |row| {
        let implied = implied_volatility(row.value("price"), &terms(&inputs(row)));
        match (row.flag("iv_identifiable"), implied) {
            (Some(true), Ok(implied)) => {
                let resolution: f64 = row.value("iv_resolution");
                let mut wrong = row.apart(
                    (5.0 * resolution).max(1e-8),
                    &[
                        ("iv_from_price", implied.volatility),
                        ("sigma", implied.volatility),
                    ],
                );
                if (implied.resolution / resolution - 1.0).abs() > 1e-3 {
                    wrong.push(format!(
                        "resolution {:e}, not {resolution:e}",
                        implied.resolution
                    ));
                }
                wrong
            }
            (Some(false), Err(_)) => vec![],
            (_, other) => vec![format!("{other:?}")],
        }
    });
}

#[test]
fn says_why_there_is_none() {
    use ImpliedVolatilityError::{AboveBound, BelowIntrinsic, Expired, NotFinite, NotPositive};
    let number = |row: &Row, column| row.maybe(column).unwrap_or(f64::NAN);
    reference_answers::check_every_row("2_options/iv_error_cases.csv", |row| {
        let terms = OptionTerms {
            spot: number(row, "S"),
            strike: number(row, "K"),
            years: number(row, "T_years"),
            rate: number(row, "r"),
            dividend_yield: number(row, "q"),
            right: right(row),
        };
        let told = match implied_volatility(number(row, "price"), &terms) {
            Err(BelowIntrinsic) => "error_below_intrinsic",
            Err(AboveBound) => "error_above_bound",
            Err(NotFinite | NotPositive | Expired) => "error_domain",
            other => panic!("{other:?}"),
        };
        row.unequal(&[("expect", told.to_owned())])
    });
}

fn year_call() -> OptionTerms {
    OptionTerms {
        spot: 100.0,
        strike: 110.0,
        years: 1.0,
        rate: 0.04,
        dividend_yield: 0.01,
        right: Right::Call,
    }
}

#[test]
fn names_what_is_wrong_with_an_input() {
    use ImpliedVolatilityError::{Expired, NotFinite, NotPositive};
    let call = year_call();
    for (price, terms, expected) in [
        (f64::NAN, call, NotFinite),
        (f64::INFINITY, call, NotFinite),
        (
            1.0,
            OptionTerms {
                rate: f64::NEG_INFINITY,
                ..call
            },
            NotFinite,
        ),
        (1.0, OptionTerms { spot: 0.0, ..call }, NotPositive),
        (
            1.0,
            OptionTerms {
                strike: -1.0,
                ..call
            },
            NotPositive,
        ),
        (1.0, OptionTerms { years: 0.0, ..call }, Expired),
        (
            1.0,
            OptionTerms {
                years: -1.0,
                ..call
            },
            Expired,
        ),
    ] {
        assert_eq!(
            implied_volatility(price, &terms),
            Err(expected),
            "{price} for {terms:?}"
        );
    }
}

#[test]
fn ends_at_its_bounds() {
    use ImpliedVolatilityError::{AboveBound, BelowIntrinsic, Unidentifiable};
    let deep = OptionTerms {
        strike: 50.0,
        ..year_call()
    };
    let least = 100.0 * libm::exp(-0.01) - 50.0 * libm::exp(-0.04);
    let most = 100.0 * libm::exp(-0.01);
    for (price, expected) in [
        (least, BelowIntrinsic),
        (least.next_up(), Unidentifiable),
        (most.next_down(), Unidentifiable),
        (most, AboveBound),
    ] {
        assert_eq!(implied_volatility(price, &deep), Err(expected), "{price}");
    }
}

/// The square root of what a price so near its bounds leaves is all that can be asked for.
#[test]
fn finds_the_least_and_the_largest_volatilities() {
    let money = OptionTerms {
        strike: 100.0,
        rate: 0.0,
        dividend_yield: 0.0,
        ..year_call()
    };
    for volatility in [1e-6, 1e-4, 0.01, 1.0, 4.0, 8.0] {
        let price = price(&money, volatility);
        let implied = implied_volatility(price, &money).unwrap();
        assert!(
            (implied.volatility - volatility).abs() < 20.0 * implied.resolution,
            "{volatility}: {implied:?}"
        );
    }
}

fn price(terms: &OptionTerms, volatility: f64) -> f64 {
    let inputs = BlackScholesInputs {
        spot: terms.spot,
        strike: terms.strike,
        years: terms.years,
        volatility,
        rate: terms.rate,
        dividend_yield: terms.dividend_yield,
        right: terms.right,
    };
    inputs.value().unwrap().price
}

prop_compose! {
    fn any_terms()(
        spot in 1.0_f64..2000.0,
        moneyness in 0.3_f64..3.0,
        years in 1e-6_f64..3.0,
        rate in -0.02_f64..0.15,
        dividend_yield in 0.0_f64..0.1,
        is_call: bool,
    ) -> OptionTerms {
        let right = if is_call { Right::Call } else { Right::Put };
        OptionTerms { spot, strike: spot * moneyness, years, rate, dividend_yield, right }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn a_price_leads_back_to_its_volatility(terms in any_terms(), volatility in 0.01_f64..5.0) {
        match implied_volatility(price(&terms, volatility), &terms) {
            Ok(implied) => {
                let allowed = (20.0 * implied.resolution).max(1e-14);
                prop_assert!((implied.volatility - volatility).abs() <= allowed, "{implied:?}");
            }
            Err(error) => {
                let noise = 1e-15 * terms.spot.max(terms.strike);
                let vega = (price(&terms, volatility + 1e-4) - price(&terms, volatility - 1e-4)) / 2e-4;
                prop_assert!(vega * 1e-7 < 10.0 * noise, "{error} with a vega of {vega}");
            }
        }
    }

    #[test]
    fn a_volatility_leads_back_to_its_price(terms in any_terms(), part in 0.0_f64..1.0) {
        let least = price(&terms, 0.0);
        let most = match terms.right {
            Right::Call => terms.spot * libm::exp(-terms.dividend_yield * terms.years),
            Right::Put => terms.strike * libm::exp(-terms.rate * terms.years),
        };
        let paid = least + part * (most - least);
        if let Ok(implied) = implied_volatility(paid, &terms) {
            let back = price(&terms, implied.volatility);
            prop_assert!((back - paid).abs() <= 1e-13 * terms.spot.max(terms.strike), "{back} for {paid}");
        }
    }

    #[test]
    fn a_higher_price_never_implies_less(terms in any_terms(), volatility in 0.05_f64..3.0, more in 0.0_f64..0.2) {
        let low = price(&terms, volatility);
        let high = low * (1.0 + more);
        if let (Ok(low), Ok(high)) = (implied_volatility(low, &terms), implied_volatility(high, &terms)) {
            prop_assert!(high.volatility >= low.volatility - 5.0 * low.resolution);
        }
    }

    #[test]
    fn call_and_put_imply_the_same(terms in any_terms(), volatility in 0.05_f64..3.0) {
        let [call, put] = [Right::Call, Right::Put].map(|right| OptionTerms { right, ..terms });
        let implied = |terms| implied_volatility(price(terms, volatility), terms);
        if let (Ok(call), Ok(put)) = (implied(&call), implied(&put)) {
            let allowed = 20.0 * (call.resolution + put.resolution) + 1e-14;
            prop_assert!((call.volatility - put.volatility).abs() <= allowed);
        }
    }

    #[test]
    fn no_answer_is_anything_but_a_number(inputs in any_inputs(), price in any_number()) {
        if let Ok(implied) = implied_volatility(price, &terms(&inputs)) {
            prop_assert!(implied.volatility.is_finite() && implied.volatility > 0.0);
            prop_assert!(implied.resolution > 0.0 && implied.resolution <= 1e-7);
        }
    }
}
