//! Delta and theta of a contract: as the chain tells them, else as our own model computes them
//! from the volatility.

use domain::expiration::year_fraction;
use domain::{ListedOption, OptionRight};
use quant::{BlackScholesInputs, Right};

use super::Wanted;

/// Interest per year, continuously compounded, that our own model reckons with. For the short
/// time that entries leave, a percentage point more moves no delta by a hundredth. Dividends are
/// left out for the same reason.
const INTEREST_RATE: f64 = 0.04;

/// How a contract's value changes, per share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sensitivity {
    pub(super) delta: f64,
    pub(super) theta: f64,
    /// Whether we computed them.
    pub(super) modelled: bool,
}

/// The volatility that the chain tells, if it is a number.
pub(super) fn volatility(row: &ListedOption) -> Option<f64> {
    row.implied_volatility
        .filter(|volatility| volatility.is_finite())
}

/// Delta and theta, if they are told or can be computed.
pub(super) fn sensitivity(row: &ListedOption, wanted: &Wanted<'_>) -> Option<Sensitivity> {
    told(row).or_else(|| computed(row, wanted))
}

fn told(row: &ListedOption) -> Option<Sensitivity> {
    let greeks = row.greeks?;
    let known = greeks.delta.is_finite() && greeks.theta.is_finite();
    known.then_some(Sensitivity {
        delta: greeks.delta,
        theta: greeks.theta,
        modelled: false,
    })
}

fn computed(row: &ListedOption, wanted: &Wanted<'_>) -> Option<Sensitivity> {
    let contract = &row.contract;
    let inputs = BlackScholesInputs {
        spot: wanted.underlying_price.to_f64(),
        strike: contract.strike().to_f64(),
        years: year_fraction(wanted.now, contract.expiration()),
        volatility: volatility(row)?,
        rate: INTEREST_RATE,
        dividend_yield: 0.0,
        right: match contract.right() {
            OptionRight::Call => Right::Call,
            OptionRight::Put => Right::Put,
        },
    };
    let value = inputs.value().ok()?;
    Some(Sensitivity {
        delta: value.delta,
        theta: value.theta,
        modelled: true,
    })
}
