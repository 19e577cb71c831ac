//! A chain's contracts as the mathematics takes them. Where a provider tells no volatility, it is
//! the one at which the middle of the quote would be right.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::expiration::minutes_to_expiry;
use domain::option_chain::ListedOption;
use domain::{OptionChain, OptionRight, Price};
use quant::Right;
use quant::gamma_exposure::ListedContract;
use quant::options::{OptionTerms, Quote, quoted_volatility};

use super::standard;
use crate::assumptions::{DIVIDEND_YIELD, RATE};

/// Minutes of the year of 365 days that option pricing counts by.
const MINUTES_PER_YEAR: f64 = 525_600.0;

/// Contracts, with what their numbers stand for.
pub(super) struct Contracts {
    pub(super) listed: Vec<ListedContract>,
    /// The expirations by their numbers.
    pub(super) expirations: Vec<NaiveDate>,
    /// Volatilities that the provider didn't tell and the quote did.
    pub(super) volatilities_computed: u32,
}

impl Contracts {
    pub(super) fn of(chain: &OptionChain, spot: Price, now: DateTime<Utc>) -> Self {
        let expirations = expirations(chain, now);
        let mut contracts = Self {
            listed: Vec::with_capacity(chain.options.len()),
            expirations: expirations.keys().copied().collect(),
            volatilities_computed: 0,
        };
        for option in standard(chain) {
            if let Some(known) = expirations.get(&option.contract.expiration()) {
                contracts.add(option, *known, spot);
            }
        }
        contracts
    }

    fn add(&mut self, option: &ListedOption, (expiry, minutes_to_expiry): (u32, f64), spot: Price) {
        let mut listed = ListedContract {
            expiry,
            minutes_to_expiry,
            strike: option.contract.strike().to_f64(),
            right: match option.contract.right() {
                OptionRight::Call => Right::Call,
                OptionRight::Put => Right::Put,
            },
            implied_volatility: option.implied_volatility,
            open_interest: option.open_interest.map(number),
            volume: option.volume.map(number),
        };
        if listed.implied_volatility.is_none() {
            listed.implied_volatility = of_the_mid(option, &listed, spot);
            self.volatilities_computed += u32::from(listed.implied_volatility.is_some());
        }
        self.listed.push(listed);
    }
}

/// Each expiration's number, and the minutes to it: reading the calendar once for each.
fn expirations(chain: &OptionChain, now: DateTime<Utc>) -> BTreeMap<NaiveDate, (u32, f64)> {
    let dates = standard(chain).map(|option| option.contract.expiration());
    let mut expirations: BTreeMap<_, _> = dates.map(|date| (date, (0, 0.0))).collect();
    for (number, (date, known)) in (0..).zip(&mut expirations) {
        *known = (number, minutes_to_expiry(now, *date));
    }
    expirations
}

/// The volatility that the middle of the quote implies; absent where nobody bids, and where the
/// price doesn't determine it.
fn of_the_mid(option: &ListedOption, listed: &ListedContract, spot: Price) -> Option<f64> {
    let sides = option.sides?;
    let quote = Quote {
        bid: sides.bid.to_f64(),
        ask: sides.ask.to_f64(),
    };
    let terms = OptionTerms {
        spot: spot.to_f64(),
        strike: listed.strike,
        years: listed.minutes_to_expiry / MINUTES_PER_YEAR,
        rate: RATE,
        dividend_yield: DIVIDEND_YIELD,
        right: listed.right,
    };
    let volatilities = quoted_volatility(quote, &terms).ok()?;
    Some(volatilities.at_mid?.ok()?.volatility)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of contracts are far below 2^53; a wrong one is refused by its size"
)]
fn number(count: u64) -> f64 {
    count as f64
}
