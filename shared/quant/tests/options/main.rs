//! Options, through what the crate offers: against reference answers, and by the laws that hold
//! between prices.
#![cfg(test)]

mod american;
mod black_scholes;
mod early_exercise;
mod implied_volatility;
mod quoted_volatility;

use proptest::prelude::*;
use quant::options::OptionTerms;
use quant::{BlackScholesInputs, Right};
use reference_answers::Row;

fn right(row: &Row) -> Right {
    match row.text("cp") {
        "C" => Right::Call,
        "P" => Right::Put,
        other => panic!("{other} is neither call nor put"),
    }
}

/// The inputs that a row of the reference has.
fn inputs(row: &Row) -> BlackScholesInputs {
    BlackScholesInputs {
        spot: row.value("S"),
        strike: row.value("K"),
        years: row.value("T_years"),
        volatility: row.value("sigma"),
        rate: row.value("r"),
        dividend_yield: row.value("q"),
        right: right(row),
    }
}

/// The inputs without their volatility.
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

/// Numbers of any size, and what is none.
fn any_number() -> impl Strategy<Value = f64> {
    let anything = proptest::num::f64::ANY;
    prop_oneof![anything, -2.0_f64..2.0, 1e-3_f64..1e4]
}

prop_compose! {
    /// Inputs of any size, sensible or not.
    fn any_inputs()(
        [spot, strike, years, volatility] in [any_number(), any_number(), any_number(), any_number()],
        [rate, dividend_yield] in [any_number(), any_number()],
        is_call: bool,
    ) -> BlackScholesInputs {
        let right = if is_call { Right::Call } else { Right::Put };
        BlackScholesInputs { spot, strike, years, volatility, rate, dividend_yield, right }
    }
}
