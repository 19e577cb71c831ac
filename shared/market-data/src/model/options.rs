//! What a modelled option is worth, and how it is quoted.

use domain::quote::{OptionQuote, Provenance};
use domain::{OptionContract, OptionRight, expiration};
use quant::{BlackScholesInputs, Right};

use super::hash::{keyed, keyed_by_text, unit};
use super::{Class, smile, ticks};
use crate::MarketError;

/// Interest per year, continuously compounded.
const RATE: f64 = 0.04;
/// How long a displayed size stands, in seconds.
const SIZE_STANDS_S: i64 = 15;
/// The largest size that is displayed, in contracts, less ten.
const SIZE_RANGE: f64 = 290.0;

/// What an option's value follows from, besides the contract and the time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Underlying {
    /// The stock's price, in dollars per share.
    pub(crate) spot_usd: f64,
    /// Volatility per year: 0.2 is 20 %.
    pub(crate) volatility: f64,
    /// Dividends per year as a share of the price, paid continuously.
    pub(crate) dividend_yield: f64,
    /// How its options are quoted.
    pub(crate) class: Class,
}

/// The quote of a contract at the instant that its provenance names.
pub(crate) fn quote(
    underlying: &Underlying,
    contract: &OptionContract,
    provenance: Provenance,
) -> Result<OptionQuote, MarketError> {
    let value = inputs(underlying, contract, &provenance)
        .value()
        .map_err(|fault| MarketError::Malformed {
            provider: provenance.provider.clone(),
            detail: format!("{fault} ({contract})"),
        })?;
    let sides = ticks::option_sides(value.price, underlying.class);
    let [bid_size, ask_size] = sizes(contract, provenance.at.timestamp());
    let bid_size = if sides.bid.is_zero() { 0 } else { bid_size };
    Ok(OptionQuote {
        contract: contract.clone(),
        sides,
        bid_size,
        ask_size,
        provenance,
    })
}

/// What the model prices a contract from.
pub(super) fn inputs(
    underlying: &Underlying,
    contract: &OptionContract,
    provenance: &Provenance,
) -> BlackScholesInputs {
    let spot = underlying.spot_usd;
    let strike = contract.strike().to_f64();
    let years = expiration::year_fraction(provenance.at, contract.expiration()).max(0.0);
    BlackScholesInputs {
        spot,
        strike,
        years,
        volatility: smile::implied_volatility(underlying.volatility, spot, strike, years),
        rate: RATE,
        dividend_yield: underlying.dividend_yield,
        right: match contract.right() {
            OptionRight::Call => Right::Call,
            OptionRight::Put => Right::Put,
        },
    }
}

/// The contracts wanted and offered: 10 to 300, changing every few seconds.
fn sizes(contract: &OptionContract, unix_s: i64) -> [u32; 2] {
    let moment = unix_s.div_euclid(SIZE_STANDS_S).cast_unsigned();
    let key = keyed(keyed_by_text(moment, &contract.to_string()), moment);
    [1, 2].map(|side| 10 + ticks::floor_to(unit(keyed(key, side)) * SIZE_RANGE / 100.0, 1))
}
