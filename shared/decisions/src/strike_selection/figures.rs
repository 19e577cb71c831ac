//! Volatility, delta and theta of a contract: as the chain tells them, else as our own model reads
//! them off the quote's mid, under the platform's assumptions.

use domain::ListedOption;
use domain::quote::BidAsk;
use quant::BlackScholesInputs;
use quant::options::{OptionTerms, implied_volatility};

use super::Wanted;
use crate::marking;

/// How a contract's value changes, per share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sensitivity {
    pub(super) delta: f64,
    pub(super) theta: f64,
}

/// A figure, and whether we computed it.
pub(super) type Known<T> = (T, bool);

/// The volatility per year that the chain tells, else the one that the mid implies, if it implies
/// one.
pub(super) fn volatility(
    row: &ListedOption,
    sides: BidAsk,
    wanted: &Wanted<'_>,
) -> Option<Known<f64>> {
    let told = row.implied_volatility;
    if let Some(told) = told.filter(|it| it.is_finite() && *it > 0.0) {
        return Some((told, false));
    }
    let mid = sides.mid().to_f64();
    let implied = implied_volatility(mid, &terms(row, wanted)).ok()?;
    Some((implied.volatility, true))
}

/// Delta and theta as the chain tells them, else those at the volatility.
pub(super) fn sensitivity(
    row: &ListedOption,
    volatility: Option<f64>,
    wanted: &Wanted<'_>,
) -> Option<Known<Sensitivity>> {
    let told = told(row).map(|told| (told, false));
    told.or_else(|| Some((computed(row, volatility?, wanted)?, true)))
}

fn told(row: &ListedOption) -> Option<Sensitivity> {
    let greeks = row.greeks?;
    let known = greeks.delta.is_finite() && greeks.theta.is_finite();
    known.then_some(Sensitivity {
        delta: greeks.delta,
        theta: greeks.theta,
    })
}

fn computed(row: &ListedOption, volatility: f64, wanted: &Wanted<'_>) -> Option<Sensitivity> {
    let terms = terms(row, wanted);
    let inputs = BlackScholesInputs {
        spot: terms.spot,
        strike: terms.strike,
        years: terms.years,
        volatility,
        rate: terms.rate,
        dividend_yield: terms.dividend_yield,
        right: terms.right,
    };
    let value = inputs.value().ok()?;
    Some(Sensitivity {
        delta: value.delta,
        theta: value.theta,
    })
}

fn terms(row: &ListedOption, wanted: &Wanted<'_>) -> OptionTerms {
    marking::terms(&row.contract, wanted.underlying_price, wanted.now)
}
