//! What a modelled option is worth, and how it is quoted.

use chrono::{DateTime, Datelike, Utc};
use domain::quote::{BidAsk, OptionQuote, Provenance};
use domain::{OptionContract, OptionRight, expiration};
use quant::{BlackScholesInputs, OptionValue, Right};

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

/// What the model says of a contract.
pub(super) struct Priced {
    /// What it is worth, and how that changes.
    pub(super) value: OptionValue,
    /// The volatility that this follows from.
    pub(super) volatility: f64,
    /// How it is quoted.
    pub(super) sides: BidAsk,
    /// Contracts wanted and offered.
    pub(super) sizes: [u32; 2],
}

/// The quote of a contract at the instant that its provenance names.
pub(crate) fn quote(
    underlying: &Underlying,
    contract: &OptionContract,
    provenance: Provenance,
) -> Result<OptionQuote, MarketError> {
    let years = years_left(contract, provenance.at);
    let priced = priced(underlying, contract, years, &provenance)?;
    let [bid_size, ask_size] = priced.sizes;
    Ok(OptionQuote {
        contract: contract.clone(),
        sides: priced.sides,
        bid_size,
        ask_size,
        provenance,
    })
}

/// The years that a contract has left at an instant; it's the same for its whole expiration.
pub(super) fn years_left(contract: &OptionContract, at: DateTime<Utc>) -> f64 {
    expiration::year_fraction(at, contract.expiration()).max(0.0)
}

/// What the model says of a contract that has so many years left.
pub(super) fn priced(
    underlying: &Underlying,
    contract: &OptionContract,
    years: f64,
    provenance: &Provenance,
) -> Result<Priced, MarketError> {
    let inputs = inputs(underlying, contract, years);
    let value = inputs.value().map_err(|fault| MarketError::Malformed {
        provider: provenance.provider.clone(),
        detail: format!("{fault} ({contract})"),
    })?;
    let sides = ticks::option_sides(value.price, underlying.class);
    let mut sizes = sizes(contract, provenance.at.timestamp());
    if sides.bid.is_zero() {
        sizes[0] = 0;
    }
    Ok(Priced {
        value,
        volatility: inputs.volatility,
        sides,
        sizes,
    })
}

fn inputs(underlying: &Underlying, contract: &OptionContract, years: f64) -> BlackScholesInputs {
    let (spot, strike) = (underlying.spot_usd, contract.strike().to_f64());
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
    let key = keyed_by_contract(moment, contract);
    [1, 2].map(|side| 10 + ticks::floor_to(unit(keyed(key, side)) * SIZE_RANGE / 100.0, 1))
}

/// A key with a contract mixed into it, without writing its name for that.
pub(super) fn keyed_by_contract(key: u64, contract: &OptionContract) -> u64 {
    let days = u64::from(contract.expiration().num_days_from_ce().unsigned_abs());
    let series = days << 1 | u64::from(contract.right() == OptionRight::Call);
    let key = keyed(keyed_by_text(key, contract.root()), series);
    keyed(key, contract.strike().to_f64().to_bits())
}
