//! Which options are listed: the expirations by the exchanges' rules, the strikes around where
//! the week began. A contract that was listed once can be quoted until it expires.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc, Weekday};
use domain::calendar::{last_session, session_on, trading_date};
use domain::expiration::{expires_at, is_monthly, weekly_expiration};
use domain::{OptionContract, OptionRight, Price};

use super::{Class, ticks};
use crate::ContractFilter;

/// How far ahead of the week's Monday dailies are listed: to the Friday after the coming week's.
const DAILIES_DAYS: u64 = 18;
/// The same for weeklies: this week's and the eight after it.
const WEEKLIES_DAYS: u64 = 7 * 9 - 1;
/// The same for monthlies: those of twelve months.
const MONTHLIES_DAYS: u64 = 365;
/// The part of the week's first price within which strikes are listed, either way.
const STRIKES_WITHIN: f64 = 0.2;

/// The options on one stock, without its price.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    root: String,
    class: Class,
    strike_step_cents: u32,
}

impl Listing {
    /// The options listed under `root`, with strikes this far from each other.
    pub(crate) fn of(root: &str, class: Class, strike_step_cents: u32) -> Self {
        Self {
            root: root.to_owned(),
            class,
            strike_step_cents,
        }
    }

    /// Whether a contract is a standard one whose expiration is listed at `now`. Its strike is
    /// not looked at: it may have been listed when the price was elsewhere.
    pub(crate) fn lists(&self, contract: &OptionContract, now: DateTime<Utc>) -> bool {
        !contract.is_adjusted() && self.lists_expiration(contract.expiration(), now)
    }

    /// The listed contracts that a filter admits, where the week began at `anchor_usd`.
    pub(crate) fn contracts(
        &self,
        filter: &ContractFilter,
        anchor_usd: f64,
        now: DateTime<Utc>,
    ) -> Vec<OptionContract> {
        let rights = filter
            .right
            .map_or(vec![OptionRight::Call, OptionRight::Put], |r| vec![r]);
        let strikes = self.strikes(anchor_usd);
        let mut contracts = Vec::new();
        for expiration in self.expirations(filter, now) {
            for &right in &rights {
                contracts.extend(strikes.iter().filter_map(|&strike| {
                    OptionContract::new(&self.root, expiration, right, strike).ok()
                }));
            }
        }
        contracts
    }

    fn expirations(&self, filter: &ContractFilter, now: DateTime<Utc>) -> Vec<NaiveDate> {
        let today = trading_date(now);
        let first = filter.expires_from.max(today);
        let horizon = later(monday_of(today), MONTHLIES_DAYS);
        let last = filter.expires_to.min(horizon);
        first
            .iter_days()
            .take_while(|date| *date <= last)
            .filter(|date| self.lists_expiration(*date, now))
            .collect()
    }

    /// The window of each kind counts from the Monday of the week, so that the list changes on
    /// Mondays only; once an expiration is within it, it stays.
    fn lists_expiration(&self, expiration: NaiveDate, now: DateTime<Utc>) -> bool {
        if session_on(expiration).is_none() || expires_at(expiration) <= now {
            return false;
        }
        let monday = monday_of(trading_date(now));
        let within = |days| expiration <= later(monday, days);
        let daily = self.class == Class::IndexFund;
        (daily && within(DAILIES_DAYS))
            || (is_weekly(expiration) && within(WEEKLIES_DAYS))
            || (is_monthly(expiration) && within(MONTHLIES_DAYS))
    }

    /// The strikes within a fifth of the price at which the week began.
    fn strikes(&self, anchor_usd: f64) -> Vec<Price> {
        let step_cents = self.strike_step_cents;
        let lowest = ticks::ceil_to(anchor_usd * (1.0 - STRIKES_WITHIN), step_cents);
        let highest = ticks::floor_to(anchor_usd * (1.0 + STRIKES_WITHIN), step_cents);
        let steps = (lowest / step_cents)..=(highest / step_cents);
        steps.map(|step| Price::cents(step * step_cents)).collect()
    }
}

/// Whether an expiration is that of its week: the Friday, or where a holiday moves that.
fn is_weekly(expiration: NaiveDate) -> bool {
    weekly_expiration(later(monday_of(expiration), 4)) == expiration
}

/// The close from which a week's strikes are counted: the last one before its Monday.
pub(crate) fn week_began(now: DateTime<Utc>) -> DateTime<Utc> {
    let monday = monday_of(trading_date(now));
    last_session(monday.and_time(NaiveTime::MIN).and_utc()).close
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    date.week(Weekday::Mon).checked_first_day().unwrap_or(date)
}

fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}
