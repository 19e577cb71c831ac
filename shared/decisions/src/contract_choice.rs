//! Which contract an entry buys where no chain can be had, by the simple rule: the first weekly
//! expiration that leaves enough days, and the nearest listed strike out of the money that one
//! position may cost. With a chain, [`crate::strike_selection`] chooses.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::expiration::{expires_at, weekly_expirations};
use domain::quote::{BidAsk, OptionQuote};
use domain::{
    Contracts, OptionContract, OptionRight, Price, Rejection, RejectionReason, Settings, Usd,
};

use crate::sizing::{affordable, too_expensive};

/// How far beyond the wanted days a listed expiration is looked for.
const EXPIRATION_SEARCH_DAYS: i64 = 60;
/// Strikes that are quoted, from the nearest out of the money outwards.
pub const CANDIDATES_MAX: usize = 40;

/// The contract that an entry buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Which.
    pub contract: OptionContract,
    /// How many.
    pub quantity: Contracts,
    /// Its market now.
    pub sides: BidAsk,
    /// Premium at the ask: what is reserved.
    pub cost_usd: Usd,
}

/// Why no contract could be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoChoice {
    /// It will not get better: reject.
    Final(Rejection),
    /// Not one usable quote: try again while the entry is valid.
    NoQuotes,
}

/// The dates between which listed expirations are looked for.
pub fn expiration_window(now: DateTime<Utc>, settings: &Settings) -> (NaiveDate, NaiveDate) {
    let today = domain::calendar::trading_date(now);
    let earliest = today + TimeDelta::days(i64::from(settings.trading_rules.entry_dte_min));
    (earliest, earliest + TimeDelta::days(EXPIRATION_SEARCH_DAYS))
}

/// The listed contracts to quote, nearest to the money first. Empty when nothing suitable is
/// listed. Adjusted contracts are never entered.
pub fn candidates(
    listed: &[OptionContract],
    right: OptionRight,
    underlying_price: Price,
    now: DateTime<Utc>,
    settings: &Settings,
) -> Vec<OptionContract> {
    let suitable: Vec<_> = listed
        .iter()
        .filter(|contract| contract.right() == right && !contract.is_adjusted())
        .collect();
    let dates = suitable.iter().map(|contract| contract.expiration());
    let Some(expiration) = first_weekly(dates, now, settings) else {
        return Vec::new();
    };
    let mut found: Vec<_> = suitable
        .into_iter()
        .filter(|contract| contract.expiration() == expiration)
        .filter(|contract| is_out_of_the_money(contract, underlying_price))
        .cloned()
        .collect();
    found.sort_by_key(OptionContract::strike);
    if right == OptionRight::Put {
        found.reverse();
    }
    found.truncate(CANDIDATES_MAX);
    found
}

/// The first candidate whose quote is usable and which one position may cost.
pub fn choose(
    candidates: &[OptionContract],
    quotes: &BTreeMap<OptionContract, OptionQuote>,
    asked_for: Option<Contracts>,
    now: DateTime<Utc>,
    settings: &Settings,
) -> Result<Choice, NoChoice> {
    if candidates.is_empty() {
        let (from, to) = expiration_window(now, settings);
        let detail = format!("no contract out of the money expires from {from} to {to}");
        return Err(NoChoice::Final(Rejection::new(
            RejectionReason::NotListed,
            detail,
        )));
    }
    let usable: Vec<_> = candidates
        .iter()
        .filter_map(|contract| quotes.get(contract))
        .filter(|quote| is_usable(quote, now, settings))
        .collect();
    let cheapest = usable
        .iter()
        .map(|quote| quote.sides.ask)
        .min()
        .ok_or(NoChoice::NoQuotes)?;
    usable
        .iter()
        .find_map(|quote| affordable(&quote.contract, quote.sides, asked_for, settings))
        .ok_or_else(|| NoChoice::Final(too_expensive(cheapest, asked_for, settings)))
}

/// The expiration that an entry's contract would have, if all weekly ones are listed.
pub fn wanted_expiration(now: DateTime<Utc>, settings: &Settings) -> Option<NaiveDate> {
    let (from, to) = expiration_window(now, settings);
    first_weekly(weekly_expirations(from, to).into_iter(), now, settings)
}

/// The first listed weekly expiration that leaves as many days as the trading rules want.
pub(crate) fn first_weekly(
    listed: impl Iterator<Item = NaiveDate>,
    now: DateTime<Utc>,
    settings: &Settings,
) -> Option<NaiveDate> {
    let (from, to) = expiration_window(now, settings);
    let weekly = weekly_expirations(from, to);
    listed
        .filter(|date| weekly.contains(date) && expires_at(*date) > now)
        .min()
}

fn is_out_of_the_money(contract: &OptionContract, underlying_price: Price) -> bool {
    match contract.right() {
        OptionRight::Call => contract.strike() >= underlying_price,
        OptionRight::Put => contract.strike() <= underlying_price,
    }
}

fn is_usable(quote: &OptionQuote, now: DateTime<Utc>, settings: &Settings) -> bool {
    quote.sides.is_two_sided()
        && quote.provenance.age_ms(now) <= i64::from(settings.trading_rules.quote_age_ms_max)
}
