//! American prices against the reference, and against what they can't be.

use proptest::prelude::*;
use quant::options::{AmericanError, CashDividend, american_price};
use quant::{BlackScholesError, BlackScholesInputs, Right};

use crate::{any_inputs, any_number, inputs, right};

const DAYS_PER_YEAR: f64 = 365.0;

#[test]
fn agrees_with_the_reference_under_a_dividend_yield() {
    reference_answers::check_every_row("2_options/american_continuous_yield.csv", |row| {
        let price = american_price(&inputs(row), &[]).unwrap();
        row.apart(5e-3, &[("american", price)])
    });
}

#[test]
fn agrees_with_the_reference_over_an_ex_date() {
    let days = |row: &reference_answers::Row, column| row.value::<f64>(column) / DAYS_PER_YEAR;
    reference_answers::check_every_row("2_options/american_discrete_dividend.csv", |row| {
        let inputs = BlackScholesInputs {
            spot: row.value("S"),
            strike: row.value("K"),
            years: days(row, "days"),
            volatility: row.value("sigma"),
            rate: row.value("r"),
            dividend_yield: 0.0,
            right: right(row),
        };
        let dividend = CashDividend {
            years: days(row, "ex_div_day"),
            amount_usd: row.value("dividend"),
        };
        let price = american_price(&inputs, &[dividend]).unwrap();
        row.apart(5e-3, &[("american_fd", price)])
    });
}

fn year_put() -> BlackScholesInputs {
    BlackScholesInputs {
        spot: 100.0,
        strike: 100.0,
        years: 1.0,
        volatility: 0.2,
        rate: 0.05,
        dividend_yield: 0.0,
        right: Right::Put,
    }
}

fn dividend(years: f64, amount_usd: f64) -> CashDividend {
    CashDividend { years, amount_usd }
}

#[test]
fn a_call_without_dividends_is_kept() {
    let call = BlackScholesInputs {
        right: Right::Call,
        ..year_put()
    };
    let european = call.value().unwrap().price;
    assert_eq!(american_price(&call, &[]), Ok(european));
}

#[test]
fn only_dividends_before_expiry_count() {
    let call = BlackScholesInputs {
        right: Right::Call,
        ..year_put()
    };
    let plain = american_price(&call, &[]).unwrap();
    let others = [
        dividend(-0.1, 5.0),
        dividend(0.0, 5.0),
        dividend(1.0, 5.0),
        dividend(2.0, 5.0),
    ];
    assert_eq!(american_price(&call, &others), Ok(plain));
    let before = american_price(&call, &[dividend(0.5, 5.0)]).unwrap();
    assert!(before < plain - 1.0, "{before} and {plain}");
}

#[test]
fn dividends_count_in_any_order_and_also_on_one_day() {
    let two = [dividend(0.25, 1.0), dividend(0.75, 2.0)];
    let turned = [two[1], two[0]];
    assert_eq!(
        american_price(&year_put(), &two),
        american_price(&year_put(), &turned)
    );
    let halves = [dividend(0.5, 1.0), dividend(0.5, 1.0)];
    let parts = american_price(&year_put(), &halves).unwrap();
    let whole = american_price(&year_put(), &[dividend(0.5, 2.0)]).unwrap();
    assert!((parts - whole).abs() < 2e-3, "{parts} and {whole}");
}

/// Exercise just before the ex-date is the only one that can pay for a call, so the price is at
/// least that of the option that ends there, and that of the one that is kept.
#[test]
fn a_call_is_worth_more_than_either_way_to_hold_it() {
    let call = BlackScholesInputs {
        strike: 95.0,
        right: Right::Call,
        ..year_put()
    };
    let price = american_price(&call, &[dividend(0.4, 4.0)]).unwrap();
    let ends = BlackScholesInputs { years: 0.4, ..call }
        .value()
        .unwrap()
        .price;
    let escrowed = 100.0 - 4.0 * libm::exp(-0.05 * 0.4);
    let kept = BlackScholesInputs {
        spot: escrowed,
        ..call
    }
    .value()
    .unwrap()
    .price;
    assert!(price > ends && price > kept, "{price}, {ends}, {kept}");
}

#[test]
fn ex_dates_at_the_very_ends_are_no_cliffs() {
    let call = BlackScholesInputs {
        strike: 90.0,
        right: Right::Call,
        ..year_put()
    };
    for (early, late) in [(1e-9, 1e-4), (0.9999, 1.0 - 1e-9)] {
        let [one, other] =
            [early, late].map(|years| american_price(&call, &[dividend(years, 1.0)]).unwrap());
        assert!((one - other).abs() < 0.02, "{one} and {other}");
    }
}

#[test]
fn a_dividend_of_the_whole_spot_leaves_a_put_its_strike() {
    let put = american_price(&year_put(), &[dividend(1e-6, 150.0)]).unwrap();
    assert!((put - 100.0).abs() < 0.01, "{put}");
}

#[test]
fn refuses_what_is_no_option_and_no_dividend() {
    use AmericanError::{Inputs, InvalidDividend, TooManyDividends};
    let put = year_put();
    let broken = BlackScholesInputs {
        spot: f64::NAN,
        ..put
    };
    assert_eq!(
        american_price(&broken, &[]),
        Err(Inputs(BlackScholesError::NotFinite))
    );
    for wrong in [
        dividend(f64::NAN, 1.0),
        dividend(0.5, f64::INFINITY),
        dividend(0.5, -1.0),
    ] {
        assert_eq!(
            american_price(&put, &[wrong]),
            Err(InvalidDividend),
            "{wrong:?}"
        );
    }
    assert_eq!(
        american_price(&put, &[dividend(0.5, 0.1); 65]),
        Err(TooManyDividends)
    );
    assert!(american_price(&put, &[dividend(0.5, 0.1); 64]).is_ok());
}

prop_compose! {
    fn some_option()(
        spot in 10.0_f64..800.0,
        moneyness in 0.6_f64..1.6,
        years in 1e-3_f64..2.0,
        volatility in 0.0_f64..1.5,
        rate in -0.01_f64..0.1,
        dividend_yield in 0.0_f64..0.08,
        is_call: bool,
    ) -> BlackScholesInputs {
        let right = if is_call { Right::Call } else { Right::Put };
        BlackScholesInputs { spot, strike: spot * moneyness, years, volatility, rate, dividend_yield, right }
    }
}

fn payoff(inputs: &BlackScholesInputs) -> f64 {
    let difference = inputs.spot - inputs.strike;
    if inputs.right == Right::Call {
        difference.max(0.0)
    } else {
        (-difference).max(0.0)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn is_worth_at_least_its_european_twin_and_its_payoff(inputs in some_option()) {
        let american = american_price(&inputs, &[]).unwrap();
        prop_assert!(american >= inputs.value().unwrap().price);
        prop_assert!(american >= payoff(&inputs));
        let most = if inputs.right == Right::Call { inputs.spot } else { inputs.strike * libm::exp(0.01 * inputs.years) };
        prop_assert!(american <= most * (1.0 + 1e-9), "{american}");
    }

    #[test]
    fn over_an_ex_date_it_is_worth_at_least_its_payoff(inputs in some_option(), part in 0.0_f64..1.0, share in 0.0_f64..0.1) {
        let dividends = [dividend(part * inputs.years, share * inputs.spot)];
        let american = american_price(&inputs, &dividends).unwrap();
        prop_assert!(american.is_finite() && american >= payoff(&inputs));
    }

    #[test]
    fn more_volatility_is_never_worth_less(inputs in some_option(), more in 0.0_f64..0.5) {
        let wild = BlackScholesInputs { volatility: inputs.volatility + more, ..inputs };
        let [calm, wild] = [inputs, wild].map(|inputs| american_price(&inputs, &[]).unwrap());
        prop_assert!(wild - calm >= -1e-5 * inputs.spot, "{wild} and {calm}");
    }

    #[test]
    fn no_answer_is_anything_but_a_number(inputs in any_inputs(), years in any_number(), amount_usd in any_number()) {
        if let Ok(price) = american_price(&inputs, &[CashDividend { years, amount_usd }]) {
            prop_assert!(price.is_finite() && price >= 0.0);
        }
    }
}
