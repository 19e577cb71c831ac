//! Which contract an entry buys, by the simple rule: the first weekly expiration that leaves
//! enough days, and the nearest listed strike out of the money that one position may cost.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::expiration::{expires_at, weekly_expirations};
use domain::quote::{BidAsk, OptionQuote};
use domain::settings::Sizing;
use domain::{
    Contracts, OptionContract, OptionRight, Price, Rejection, RejectionReason, Settings, Usd,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

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
    let Some(expiration) = first_weekly(&suitable, now, settings) else {
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
        .find_map(|quote| affordable(quote, asked_for, settings))
        .ok_or_else(|| NoChoice::Final(too_expensive(cheapest, asked_for, settings)))
}

fn first_weekly(
    suitable: &[&OptionContract],
    now: DateTime<Utc>,
    settings: &Settings,
) -> Option<NaiveDate> {
    let (from, to) = expiration_window(now, settings);
    let weekly = weekly_expirations(from, to);
    suitable
        .iter()
        .map(|contract| contract.expiration())
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

fn affordable(
    quote: &OptionQuote,
    asked_for: Option<Contracts>,
    settings: &Settings,
) -> Option<Choice> {
    let quantity = quantity(quote.sides.ask, asked_for, settings)?;
    let cost_usd = quote.sides.ask.value(quantity);
    let fits = cost_usd <= settings.risk_limits.max_position_usd;
    fits.then(|| Choice {
        contract: quote.contract.clone(),
        quantity,
        sides: quote.sides,
        cost_usd,
    })
}

fn quantity(ask: Price, asked_for: Option<Contracts>, settings: &Settings) -> Option<Contracts> {
    let most = settings.risk_limits.max_position_size;
    let wanted = match (asked_for, settings.trading_rules.sizing) {
        (Some(contracts), _) | (None, Sizing::Quantity(contracts)) => contracts.count(),
        (None, Sizing::PremiumBudget(budget)) => contracts_for(budget, ask, most),
    };
    Contracts::try_from(wanted.min(most)).ok()
}

/// As many as the budget buys, but at least one: what a position may cost is another limit.
fn contracts_for(budget: Usd, ask: Price, most: u32) -> u32 {
    let bought = budget.0.checked_div(ask.value(Contracts::ONE).0);
    let bought = bought.unwrap_or_default().floor();
    bought
        .clamp(Decimal::ONE, Decimal::from(most.max(1)))
        .to_u32()
        .unwrap_or(1)
}

fn too_expensive(
    cheapest_ask: Price,
    asked_for: Option<Contracts>,
    settings: &Settings,
) -> Rejection {
    let wanted = quantity(cheapest_ask, asked_for, settings).unwrap_or(Contracts::ONE);
    let cost = cheapest_ask.value(wanted);
    let limit = settings.risk_limits.max_position_usd;
    let detail = format!(
        "the cheapest contract asks {cheapest_ask} a share, so {wanted} of it cost ${cost}; \
         a position may cost ${limit}"
    );
    Rejection::new(RejectionReason::Unaffordable, detail)
}
