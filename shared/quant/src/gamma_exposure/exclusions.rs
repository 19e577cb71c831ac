//! Which contracts are left out, and why.

use super::{ListedContract, is_price};

/// Most minutes to expiry: a hundred years of them.
const MINUTES_MAX: f64 = 52_560_000.0;
/// Between these a volatility per year is one; nothing that trades is anywhere near either.
const VOLATILITY_MIN: f64 = 1e-6;
const VOLATILITY_MAX: f64 = 100.0;
/// Most contracts of a kind that are held or traded.
const COUNT_MAX: f64 = 1e15;

/// How many contracts were left out, by reason; each is counted once, under the first that holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exclusions {
    /// A figure that no contract can have: not a number, below zero, beyond all bounds.
    pub impossible: u32,
    /// The same expiry, strike and right was there before.
    pub duplicate: u32,
    /// It has expired.
    pub expired: u32,
    /// How many are held isn't known.
    pub no_open_interest: u32,
    /// None are held.
    pub zero_open_interest: u32,
    /// Its volatility isn't known, or not above zero.
    pub no_implied_volatility: u32,
    /// Not left out, but worth knowing: its other right isn't listed at that strike and expiry.
    pub other_right_missing: u32,
}

impl Exclusions {
    /// How many contracts are in no exposure.
    pub fn total(&self) -> u32 {
        self.impossible
            + self.duplicate
            + self.expired
            + self.no_open_interest
            + self.zero_open_interest
            + self.no_implied_volatility
    }

    /// Whether the contract has an exposure; if it hasn't, counts why.
    pub(super) fn admit(&mut self, contract: &ListedContract) -> bool {
        let is_above_zero = |figure: Option<f64>| figure.is_some_and(|figure| figure > 0.0);
        if contract.open_interest.is_none() {
            self.no_open_interest += 1;
        } else if !is_above_zero(contract.open_interest) {
            self.zero_open_interest += 1;
        } else if !is_above_zero(contract.implied_volatility) {
            self.no_implied_volatility += 1;
        } else {
            return true;
        }
        false
    }
}

/// Whether every figure of a contract is one. A volatility at or below zero is a way to say that
/// there is none.
pub(super) fn is_possible(contract: &ListedContract) -> bool {
    let is_volatility = |it: f64| it <= 0.0 || (VOLATILITY_MIN..=VOLATILITY_MAX).contains(&it);
    let is_count = |it: f64| (0.0..=COUNT_MAX).contains(&it);
    is_price(contract.strike)
        && contract.minutes_to_expiry.abs() <= MINUTES_MAX
        && contract.implied_volatility.is_none_or(is_volatility)
        && contract.open_interest.is_none_or(is_count)
        && contract.volume.is_none_or(is_count)
}
